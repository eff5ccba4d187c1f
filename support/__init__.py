"""The domain: models and use cases, shared by the desk and the actions."""
