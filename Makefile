# The two commands that matter: `make run` and `make test`.
.PHONY: run test environments bench-answers bench-nlu

run: environments
	@exec .venv/bin/rapport run

test: environments
	@exec .venv/bin/python tests/run_all.py

environments:
	@python3 rapport/environments.py

# The figures in the docs
bench-answers: environments
	@.venv/bin/python benchmarks/bot_answers.py

bench-nlu: environments
	@.venv-rasa/bin/python benchmarks/nlu.py
