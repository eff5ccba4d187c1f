"""The command line: what an operator types, and what keeps the processes running."""
