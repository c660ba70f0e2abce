# baophu: everything a person or a machine runs. Needs Python 3.11 or later and make, nothing else.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
LAKE := .venv-lake
LAKE_READY := $(LAKE)/.ready
.PHONY: help setup lake nightly test check desk bench docs lock clean

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
UV := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2

help: ## Show what can be made
	@echo "baophu: from provincial workbooks to a warehouse that analysts trust."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "First time: 'make nightly' sets everything up and reads the sample workbooks."

setup: $(READY) ## Make .venv with the locked packages (only when the lock changed)

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/uv --version 2>/dev/null | grep -qF "uv $(UV) " || \
		$(BIN)/python -m pip install -qq --disable-pip-version-check "uv==$(UV)"
	@echo "Installing the locked packages ..."
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

lake: $(LAKE_READY) ## Make .venv-lake, the environment that writes to a DuckLake

$(LAKE_READY): requirements-lake.lock | $(READY)
	@test -x $(LAKE)/bin/python || $(PYTHON) -m venv --without-pip $(LAKE)
	@VIRTUAL_ENV=$(CURDIR)/$(LAKE) $(BIN)/uv pip install --quiet --require-hashes --compile-bytecode -r requirements-lake.lock
	@touch $@

nightly: $(READY) ## Run one night; on a fresh checkout it reads the sample workbooks
	@$(BIN)/baophu nightly --samples

test: $(READY) ## Everything that must hold: format, lint, types, layers, tests, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/yamllint --strict .
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

check: $(READY) ## Read and judge workbooks without storing them: make check FILES="a.xlsx b.xlsx"
	@test -n "$(FILES)" || { echo 'Say which: make check FILES="report.xlsx"' >&2; exit 2; }
	@$(BIN)/baophu check $(FILES)

desk: $(READY) ## Open the stewards' pages on this machine
	@$(BIN)/baophu desk

bench: $(READY) ## List the benches and run one: make bench BENCH="night --workbooks 100"
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench $(or $(BENCH),night)

docs: $(READY) ## Write what is generated anew: pages under docs/, suites of the rules
	@$(BIN)/python -m docs.generate

lock: $(READY) ## Resolve pyproject.toml into requirements.lock, and the lake's (needs the network)
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		-o requirements.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command "make lock" -o requirements-lake.lock requirements-lake.in

clean: ## Remove .venv and caches; data and workbooks stay
	rm -rf $(VENV) $(LAKE) .ruff_cache .mypy_cache .import_linter_cache build dist
