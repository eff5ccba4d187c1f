"""Cases: what went wrong, until somebody has seen to it."""
