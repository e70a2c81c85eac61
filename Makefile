# What a newcomer types first: `make run`, then `make test`. Both install what they need.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install -q --no-compile --disable-pip-version-check --require-hashes
UV := $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes
VAR ?= $(CURDIR)/var
PORT ?= 8000
# One more than there are cores where most builds run: tests wait for servers and browsers too.
JOBS ?= 3

# Some machines are told to throw away what Python compiles: then each of the many processes
# that tests begin compiles the program and its libraries again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test tests check soak bench lock clean browser judges layout

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installer: installer.lock $(VENV)/.made
	$(PIP) -r $<
	@touch $@

# The installer takes seconds; pip does it where the installer does not reach the packages.
$(VENV)/.run: requirements.lock $(VENV)/.installer
	$(UV) -r $< || $(PIP) -r $<
	@touch $@

$(VENV)/.test: tests/requirements.lock $(VENV)/.run
	$(UV) -r $< || $(PIP) -r $<
	@touch $@

run: $(VENV)/.run  ## Serve the fictional county on this machine
	DIVERSION_PORT=$(PORT) $(BIN)/python -m diversion rehearse --folder "$(VAR)" --serve

test: $(VENV)/.test  ## Run every check and every test
	@$(MAKE) --no-print-directory -j2 check tests

tests: browser judges layout
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not soak"

check: $(VENV)/.test  ## Lint, types, and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

browser: $(VENV)/.test
	@sh tests/browser/install.sh

judges: $(VENV)/.test
	@sh tests/ledger/install.sh

layout: $(VENV)/.test
	@sh tests/web/install.sh $(BIN)/python

soak: $(VENV)/.test browser judges layout  ## The long runs: histories, kills, fuzz
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m soak

bench: $(VENV)/.test  ## Measure each target beside its limit
	$(BIN)/python -m benchmarks

lock: $(VENV)/.test  ## Pin the requirements anew
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --extra pdf -c requirements.lock pyproject.toml -o pdf.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --extra postgresql --extra pdf --group test -c requirements.lock -c pdf.lock pyproject.toml -o tests/requirements.lock
	echo uv | $(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 -c tests/requirements.lock - -o installer.lock

clean:  ## Remove what was made here, the fictional county included
	rm -rf $(VENV) $(VAR) .mypy_cache .ruff_cache .hypothesis
