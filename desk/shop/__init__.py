"""The API of the shop's own systems: what they tell us, and what we hold."""
