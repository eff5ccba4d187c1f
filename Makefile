# The two commands that matter: `make run` and `make test`.
.PHONY: run test environments check lint types conversations bench

run: environments
	@exec .venv/bin/rapport run

test: environments
	@exec .venv/bin/python tests/run_all.py

environments:
	@python3 rapport/environments.py
