"""Ways to pay, gift cards, and money on its way there and back."""
