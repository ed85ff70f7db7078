# `make` lists the commands. Nothing but python3, make and a package index is needed.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := UV_PROJECT_ENVIRONMENT=$(VENV) UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never $(BIN)/uv

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# uv reads the lock, with the certificates of the system; where it cannot reach an index as pip can, pip reads it.
$(VENV)/.ready: pyproject.toml uv.lock hatch_build.py
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	@test -x $(BIN)/pip || python3 -m venv $(VENV)
	@$(PIP) 'uv>=0.9'
	@$(UV) sync --quiet --frozen --inexact --all-extras || ( \
	  $(UV) export --quiet --frozen --no-cache --no-emit-project --all-extras --output-file $(VENV)/locked.txt && \
	  $(PIP) --requirement $(VENV)/locked.txt && $(PIP) --no-deps --editable . )
	@$(BIN)/python -m compileall -q src
	@$(BIN)/python -m indicated.reading.stored_patterns
	@touch $@

setup: $(VENV)/.ready  ## make .venv with everything

demo: setup  ## decide a real kind of case and print the answer
	@$(BIN)/indicated assess examples/2-overlap-denied.txt --policy examples/2-overlap-denied.policy.txt

serve: setup  ## the pages in a browser, with the examples loaded
	@$(BIN)/indicated serve --demo

test: setup  ## run the tests
	@$(BIN)/python -m pytest

properties: setup  ## run the property tests of the rules for long
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest tests/properties tests/engine

spec: setup  ## write the manual of the rule language anew from its tests
	@$(BIN)/python -m tests.spec.manual

check: setup  ## format, lint, types, layers, content
	@$(BIN)/ruff format --check src tests bench hatch_build.py
	@$(BIN)/ruff check src tests bench hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/indicated content check
	@$(UV) lock --check --quiet --no-cache

fix: setup  ## format and mend what can be mended
	@$(BIN)/ruff format src tests bench hatch_build.py
	@$(BIN)/ruff check --fix src tests bench hatch_build.py

peers:  ## make the environments of the programs that the benchmarks run beside ours (1 GB)
	@for peer in medspacy==1.3.1 negspacy==1.1.0; do name=$${peer%%==*}; \
	  test -f .peers/$$name/.ready || { python3 -m venv .peers/$$name && \
	  .peers/$$name/bin/pip install --quiet --disable-pip-version-check $$peer && \
	  touch .peers/$$name/.ready; }; done

bench: setup  ## print every figure beside its peer or floor
	@$(BIN)/python -m bench

.PHONY: help setup demo serve test properties spec check fix peers bench
