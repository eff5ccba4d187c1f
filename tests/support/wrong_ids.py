"""Ids that name nothing of anybody's."""

NO_ID = "00000000-0000-4000-8000-000000000000"
WRONG_IDS = (NO_ID, "", "#1", "\0", "x" * 5000, "\ud800")
MALFORMED = ("", "HF-10432", "\x00", "' OR 1=1", "\ud800", "0" * 36, 7, None)
