"""What stands in for programs that are not ours, so that their faults can be ordered."""
