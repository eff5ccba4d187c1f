"""How well we know who speaks in a widget, and how they show us who they are."""
