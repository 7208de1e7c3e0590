# Everything a person or a machine does with this repository. Needs Python 3.11 or newer (with venv and pip) and make.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SAMPLE ?= yes
# How many tests run at once, and what is handed to pytest besides: make test PYTEST_ARGS="-k receipt"
WORKERS ?= auto
PYTEST_ARGS ?=
# What `make bench` measures: all of it, or as `python -m benchmarks --help` says.
BENCH ?=
PGBIN ?=

VENV := .venv
BIN := $(VENV)/bin
# A stamp holds when it is newer than what it was made from: a second `make setup` does nothing.
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev

# No dependency is built here, and none is installed that does not match its hash. The lock names everything, so nothing
# is resolved again: a release that came out after it was written changes nothing.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps
INSTALL_SELF := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

# What the tests open written files with (the fonts have the measures of Times New Roman), and what records system calls.
OFFICE := libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-liberation strace

# The resolver that `make lock` uses; it is needed for nothing else.
UV := .venv-lock/bin/uv
UV_VERSION := 0.13.8
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

##@ Using it

.PHONY: help
help: ## List all targets.
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@printf '\nVariables: PYTHON=%s HOST=%s PORT=%s SAMPLE=%s WORKERS=%s PYTEST_ARGS PGBIN, and every DONDOC_* setting\n' \
		'$(PYTHON)' '$(HOST)' '$(PORT)' '$(SAMPLE)' '$(WORKERS)'

.PHONY: setup
setup: $(RUN_STAMP) ## Make the environment .venv with the command .venv/bin/dondoc.

.PHONY: run
run: $(RUN_STAMP) ## Migrate, load the sample on the first start (SAMPLE=no: start empty), serve on HOST:PORT.
	@exec $(BIN)/dondoc serve --host '$(HOST)' --port '$(PORT)' --prepare $(if $(filter no,$(SAMPLE)),--no-sample,--sample)

.PHONY: scaled
scaled: $(DEV_STAMP) ## Start a scaled installation on this machine: PostgreSQL, Prefect, two of each process; in var/scaled.
	@$(BIN)/python deploy/scaled.py up var/scaled

.PHONY: scaled-down
scaled-down: ## Stop it cleanly.
	@$(BIN)/python deploy/scaled.py down var/scaled

##@ Checking it

.PHONY: test
test: lint types contracts office test-zones ## Everything a commit must pass; the tests run on SQLite and on PostgreSQL.
	@$(PYTEST)

.PHONY: office
office: ## Make sure of LibreOffice, poppler and strace, which the tests look with (Debian: installs them as root).
	@for program in soffice pdftotext strace; do command -v $$program >/dev/null || missing=1; done; \
	if test -n "$$missing"; then \
		if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
			echo 'Installing LibreOffice, poppler and strace …'; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(OFFICE) >/dev/null; \
		else \
			echo 'The tests need soffice, pdftotext and strace. As root on Debian: apt-get install $(OFFICE)' >&2; exit 2; \
		fi; \
	fi

.PHONY: test-pg
test-pg: $(DEV_STAMP) ## Run the tests on an installed PostgreSQL: make test-pg PGBIN=/usr/lib/postgresql/15/bin
	@test -x '$(PGBIN)/postgres' || { echo 'make test-pg needs PGBIN=<folder that holds initdb and postgres>; "$(PGBIN)" does not.' >&2; exit 2; }
	@DONDOC_TEST_PGBIN='$(PGBIN)' $(PYTEST)

.PHONY: test-zones
test-zones: $(DEV_STAMP) ## No due date may depend on the machine's time zone: the deadlines' tests under two of them.
	@for zone in America/Los_Angeles Asia/Ho_Chi_Minh; do \
		echo "time zone $$zone"; \
		TZ=$$zone $(BIN)/python -m pytest --quiet -n $(WORKERS) -m 'not db and not api and not faults' -k deadlines || exit 1; \
	done

.PHONY: test-faults
test-faults: $(DEV_STAMP) office ## Kill, stop and starve real processes as often as promised (about an hour); says what was reached.
	@DONDOC_TEST_SIZES=promised $(PYTEST) tests/faults tests/journeys/test_limits_of_a_summer_match_an_independent_count.py

.PHONY: lint
lint: $(DEV_STAMP) ## Lint and check the format.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: $(DEV_STAMP) ## Check the types, strictly.
	@$(BIN)/mypy

.PHONY: contracts
contracts: $(DEV_STAMP) ## Check that imports run downwards and libraries stay in their rooms.
	@$(BIN)/lint-imports

.PHONY: bench
bench: $(DEV_STAMP) ## Measure everything beside the bare SQL floor (an hour); some: make bench BENCH="--only moves sweeps --open 100000"
	@$(BIN)/python -m benchmarks $(BENCH)

##@ Changing it

.PHONY: format
format: $(DEV_STAMP) ## Format the code and mend what the linter can mend.
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

.PHONY: docs
docs: $(RUN_STAMP) ## Write docs/lifecycles/*.md and docs/letters.md anew from the tables.
	@$(BIN)/dondoc lifecycle --write docs/lifecycles
	@$(BIN)/dondoc template fields --write docs/letters.md

.PHONY: lock
lock: $(UV) ## Resolve the dependencies anew (LOCK=--upgrade: to their newest versions) and lock them with hashes.
	@$(COMPILE) $(LOCK) --extra build --extra dev --output-file requirements-dev.lock
	@$(COMPILE) $(LOCK) --extra build --constraint requirements-dev.lock --output-file requirements.lock

.PHONY: clean
clean: ## Remove the environment, caches and what building leaves; the data of an installation stays.
	rm -rf .venv .venv-lock build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Dondoc needs Python 3.11 or newer; "$(PYTHON)" is $(shell $(PYTHON) --version 2>/dev/null || echo 'not there').' >&2; \
		echo 'Name another one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12' >&2; exit 2; }
	@echo 'Making the environment in $(VENV) …'
	@$(PYTHON) -m venv $(VENV)

# An __init__.py counts because an installed project knows its packages by name.
$(RUN_STAMP): $(VENV)/pyvenv.cfg requirements.lock pyproject.toml $(wildcard */__init__.py)
	@echo 'Installing what Dondoc runs on …'
	@$(INSTALL) -r requirements.lock
	@$(INSTALL_SELF)
	@$(BIN)/python -m compileall -q api deadlines models states workflows
	@touch $@

$(DEV_STAMP): $(RUN_STAMP) requirements-dev.lock
	@echo 'Installing what its tests need …'
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

$(UV):
	@$(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
