# `make` lists the commands. Nothing but python3, make and a package index is needed.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.ready: pyproject.toml uv.lock hatch_build.py
	@test -d $(VENV) || python3 -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --quiet --frozen --inexact
	@touch $@

setup: $(VENV)/.ready  ## make .venv with everything

demo: setup  ## decide a real kind of case and print the answer
	@$(BIN)/indicated assess examples/2-overlap-denied.txt --policy examples/2-overlap-denied.policy.txt

test: setup  ## run the tests
	@$(BIN)/python -m pytest

check: setup  ## format, lint, types, layers, content
	@$(BIN)/ruff format --check src tests bench hatch_build.py
	@$(BIN)/ruff check src tests bench hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/indicated content check
	@$(BIN)/uv lock --check --quiet

fix: setup  ## format and mend what can be mended
	@$(BIN)/ruff format src tests bench hatch_build.py
	@$(BIN)/ruff check --fix src tests bench hatch_build.py

bench: setup  ## print every figure beside its peer or floor
	@$(BIN)/python -m bench

.PHONY: help setup demo test check fix bench
