"""What runs inside the Rasa process. Imports rasa, never support: it lives in an environment of its own."""
