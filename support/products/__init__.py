"""What the shop sells, for anybody who asks."""
