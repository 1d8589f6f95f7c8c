# Everything a newcomer needs: `make run` plays, `make test` proves. Needs Python 3.11, make and git only.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run demo test test-long bench lint types contracts fmt lock clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/made: requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Needs Python 3.11: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/made-dev: $(VENV)/made tests/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

run: $(VENV)/made ## Serve on 127.0.0.1:8000 with a contest that is open now (PORT=… for another port)
	@$(BIN)/python -m quizsvc serve --port $(PORT)

demo: $(VENV)/made ## A whole contest with synthetic citizens on a throw-away database
	@$(BIN)/python -m quizsvc demo

test: $(VENV)/made-dev ## Every test; on PostgreSQL and Redis too where they answer
	@$(BIN)/python -m pytest -n $${TEST_WORKERS:-2} --dist loadgroup

test-long: $(VENV)/made-dev ## The same with more races, entries and examples, before a release
	@TEST_LONG=1 $(BIN)/python -m pytest -n $${TEST_WORKERS:-2} --dist loadgroup

bench: $(VENV)/made-dev ## Speed, as ratios within one run
	@$(BIN)/python -m tests.bench

lint: $(VENV)/made-dev ## Style and forbidden calls
	@$(BIN)/ruff check quizsvc tests gunicorn.conf.py wsgi.py
	@$(BIN)/ruff format --check quizsvc tests gunicorn.conf.py wsgi.py

types: $(VENV)/made-dev ## mypy, strict
	@$(BIN)/mypy

contracts: $(VENV)/made-dev ## Which package may import which
	@$(BIN)/lint-imports

fmt: $(VENV)/made-dev ## Format
	@$(BIN)/ruff check --fix quizsvc tests && $(BIN)/ruff format quizsvc tests gunicorn.conf.py wsgi.py

lock: ## Compile the pinned requirements from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --generate-hashes --python-version 3.11 --no-header -o requirements.txt
	uv pip compile pyproject.toml --extra dev --generate-hashes --python-version 3.11 --no-header -c requirements.txt -o tests/requirements.txt

clean: ## Remove the environment and the local database
	rm -rf $(VENV) var build *.egg-info
