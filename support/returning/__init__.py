"""What comes back from a delivered order, for money or for something else."""
