"""What leaves for others: mail to customers, events to the shop's back end."""
