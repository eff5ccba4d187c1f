"""The visitor's API and socket: what the widget talks to."""
