"""The agents' API and socket: what the console talks to."""
