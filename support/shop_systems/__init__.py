"""What the shop's own systems tell us and ask of us, by its API."""
