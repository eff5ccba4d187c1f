"""Invoices: numbered, written as a PDF, sent."""
