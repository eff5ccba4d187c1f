"""Rasa custom actions: slots in, one use case, a response out. They ask `support`, and change nothing yet."""
