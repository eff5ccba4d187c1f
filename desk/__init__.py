"""The gateway: the only process that faces a network."""
