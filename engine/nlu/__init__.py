"""How the bot understands: pattern entities, the sentence encoder, the intent classifier."""
