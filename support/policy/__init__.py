"""The shop's own rules, from business.yml: what they are, and when people are there."""
