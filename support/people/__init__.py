"""Customers: who they are, what they are worth to the shop, what they want kept and erased."""
