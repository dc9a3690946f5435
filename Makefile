# toex: `make demo` and `make test` set everything up by themselves. Needs python3.11 with venv, make and git.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.ONESHELL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
TOEX_HOME ?= var
PEOPLE ?= 20000
SEED ?= 2026
SERVE ?= yes
E2E ?= tests/e2e
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo test test-postgres e2e test-office pictures check fix slow fuzz bench docs migrations lock bundle test-bundle clean

help:  ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

PAGES := src/toex/web/static/toex/manifest.json

setup: $(VENV)/ready $(PAGES)  ## install everything into .venv, build the pages

$(PAGES): $(VENV)/ready $(shell find frontend '(' -name node_modules -o -name __pycache__ ')' -prune -o -type f -print)
	@began=$$SECONDS; echo "Building the pages and the basemap: half a minute the first time ..."
	$(BIN)/python frontend/build.py
	touch $@
	echo "Built in $$((SECONDS-began)) s."

$(VENV)/ready: requirements/uv.txt requirements/dev.txt pyproject.toml
	@began=$$SECONDS; echo "Setting up (.venv): once, about half a minute ..."
	command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is missing. On Debian 12: sudo apt-get install python3.11 python3.11-venv"; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. On Debian 12: sudo apt-get install python3.11-venv"; exit 1; }
	[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt requirements/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@
	echo "Set up in $$((SECONDS-began)) s."

demo: setup  ## a fictional operation: on one bench to the package, then in a unit with its people, grants and log
	@$(BIN)/toex --home $(TOEX_HOME)/demo demo --people $(PEOPLE) --seed $(SEED) --fresh
	echo; echo "The same in a unit: people, terms of reference, grants, a log"; echo
	$(BIN)/toex --home $(TOEX_HOME)/unit unit-demo $(TOEX_HOME)/demo/files
	serve="$(BIN)/toex --home $(TOEX_HOME)/unit serve"
	if [ -t 0 ] && [ -t 1 ] && [ "$(SERVE)" != no ]; then echo; exec $$serve; else echo "The workbench in a browser: $$serve"; fi

test: setup  ## pass the tests
	@$(BIN)/python -m pytest -n 2 -m "not slow"

test-postgres: setup  ## pass the work plane's tests on Debian's PostgreSQL, installed and started for it
	@tests/postgres.sh $(BIN)/python -m pytest -n 2 -m "not slow" tests/unit/work tests/spec tests/unit/api tests/acceptance/unit tests/integration/test_worker_kills.py

e2e: setup  ## the pages in a real Chromium (Debian's, installed by this where it is missing)
	@[ -x /usr/bin/chromium ] || { apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium fonts-dejavu-core >/dev/null; }
	$(BIN)/python -m pytest $(E2E)

test-office: setup  ## open our Word, Excel and CSV files in LibreOffice (Debian's, installed by this where it is missing)
	@command -v soffice >/dev/null || { apt-get -qq update && apt-get -qq install --yes --no-install-recommends libreoffice-writer libreoffice-calc fonts-dejavu-core >/dev/null; }
	$(BIN)/python -m pytest tests/office

pictures: setup  ## take the docs' pictures of the pages anew
	@PICTURES=yes $(BIN)/python -m pytest tests/e2e/test_pictures.py

check: setup  ## format, lint, types, contracts
	@$(BIN)/ruff format --check --quiet . || { echo "Run make fix."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo | tail -n 12
	@$(BIN)/mypy

fix: setup  ## mend what can be mended by itself
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

slow: setup  ## the long suites: kills, traces, unseen seeds
	@$(BIN)/python -m pytest -m slow

fuzz: setup  ## give the readers of strangers' files any bytes at all, an hour each (SECONDS_EACH=60 for less)
	@PYTHONPATH=tests $(BIN)/python -m fuzz

migrations: setup  ## write what the models' changes mean for the tables
	@DJANGO_SETTINGS_MODULE=toex.wiring.settings $(BIN)/python -m django makemigrations

bench: setup  ## measure, side by side with what one would use instead
	@$(BIN)/python -m benchmarks

docs: setup  ## write the documentation site into site/
	@$(BIN)/python -m tests.spec.rulebook docs/reference/rules.md
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

lock: setup  ## pin the requirements anew, two weeks behind today
	@since=$$(date -u -d '14 days ago' +%F); \
	pin() { $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --exclude-newer $$since "$$@"; }; \
	pin pyproject.toml -o requirements/run.txt; pin pyproject.toml --group dev -o requirements/dev.txt; echo uv | pin - -o requirements/uv.txt

bundle: setup  ## pack toex and all it needs, signed, for a machine without internet: dist/toex-VERSION-bundle.zip
	@$(BIN)/python bundle/pack.py

test-bundle: bundle  ## install the bundle in an empty home with the network cut, and try to install altered ones
	@bundle/trial.sh dist

clean:  ## remove what was set up and made
	@rm -rf $(VENV) var site dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
