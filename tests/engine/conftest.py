"""Tests of what runs inside Rasa: `.venv-rasa/bin/python -m pytest -c tests/engine/pytest.ini tests/engine`."""

from importlib.util import find_spec

# In the other environment there is no Rasa, and nothing here can run
collect_ignore_glob = [] if find_spec("rasa") else ["test_*.py"]
