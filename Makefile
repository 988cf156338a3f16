# Every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test fuzz check format bench docs-shots contact-sheet docs catalogue lock codemirror browser

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
FUZZ_SECONDS ?= 3600
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --require-hashes --only-binary :all:
UV_LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command "make lock" $(UPGRADE)

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

run: .venv/runtime ## serve on http://127.0.0.1:8000 (PORT=8080 HOST=0.0.0.0 make run)
	@exec $(BIN)/uvicorn --factory app.main:create_app --host $(HOST) --port $(PORT)

test: check browser ## check, then run every test, including those in a browser
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

fuzz: .venv/development ## search for code that crashes the reader, then for differences from Keras (hours)
	@$(BIN)/python -m scripts.fuzz_reader $(FUZZ_SECONDS)
	@$(BIN)/python -m pytest --hypothesis-profile fuzz tests/report/test_applications.py
	@$(BIN)/python -m pytest --hypothesis-profile fuzz -m hypothesis

check: .venv/development ## check format, lint, types, direction of imports and templates
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --check --lint templates

format: .venv/development ## format code and templates
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/djlint --quiet --reformat templates

bench: .venv/development browser ## measure against plain Keras, and write bench/RESULTS.md
	@$(BIN)/python -m bench

docs-shots: .venv/development browser ## take the README's screenshot
	@$(BIN)/python -m scripts.make_screenshot

contact-sheet: .venv/development browser ## put every golden picture on one page
	@$(BIN)/python -m scripts.contact_sheet contact-sheet

docs: .venv/development ## write the README's settings table
	@$(BIN)/python -m scripts.write_settings_table

catalogue: .venv/development ## generate the lists of layers and operations from the installed Keras
	@$(BIN)/python -m scripts.make_catalogue
	@$(BIN)/python -m scripts.make_operations

lock: .venv/development ## pin the dependencies in pyproject.toml (UPGRADE=--upgrade: newest versions)
	@$(UV_LOCK) --extra postgres --output-file requirements.lock pyproject.toml
	@$(UV_LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock

codemirror: ## build static/vendor/codemirror-* (needs Node 20; versions are in scripts/codemirror/package.json)
	@cd scripts/codemirror && npm ci --silent && npm run --silent build

browser: .venv/development
	@scripts/install_browser.sh

# An empty marker file: the lock file is installed, so a second run starts at once.
.venv/runtime: requirements.lock
	@$(PYTHON) scripts/check_python.py
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(PIP_INSTALL) --requirement requirements.lock
	@touch $@

.venv/development: requirements-dev.lock .venv/runtime
	@$(PIP_INSTALL) --requirement requirements.lock --requirement requirements-dev.lock
	@touch $@
