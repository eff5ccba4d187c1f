"""What `make check-data` finds in the training data before Rasa is asked to learn it: docs/maintainers.md."""
