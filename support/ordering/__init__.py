"""A customer's orders: shown, changed while they are pending, cancelled."""
