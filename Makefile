# The commands that matter: `make run`, `make test`, and after a change of training data `make check-data`.
.PHONY: run test check-data environments bench-answers bench-nlu bench-turns

run: environments
	@exec .venv/bin/rapport run

test: environments
	@exec .venv/bin/python tests/run_all.py

check-data: environments
	@.venv/bin/python -m rapport.data_checks

environments:
	@python3 rapport/environments.py

# The figures in the docs
bench-answers: environments
	@.venv/bin/python benchmarks/bot_answers.py

bench-nlu: environments
	@.venv-rasa/bin/python benchmarks/nlu.py

bench-turns: environments
	@.venv/bin/python benchmarks/turns.py
