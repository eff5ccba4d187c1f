"""Live delivery: sockets that read the log and wait to be woken."""
