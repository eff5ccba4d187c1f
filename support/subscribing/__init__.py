"""What comes to a customer again and again."""
