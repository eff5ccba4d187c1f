"""Conversations: their messages, whose they are, the bot's turns, and the people who take over."""
