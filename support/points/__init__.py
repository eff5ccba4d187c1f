"""Loyalty: the points ledger, and what points earn and buy."""
