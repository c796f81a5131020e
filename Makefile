# Everything runs in .venv, which is made, or brought up to date, when pyproject.toml or requirements.txt change.

PYTHON ?= $(firstword $(shell command -v python3.11 python3))
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.up-to-date
BROWSER := tests/browser
TOOLS := $(BROWSER)/node_modules/.up-to-date
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check bench language schemas lock clean
.DELETE_ON_ERROR:

demo: $(STAMP)
	$(BIN)/oshopt plan scenarios/conditional-enterprise --explain --out out/conditional-enterprise

test: $(STAMP) $(TOOLS)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_imports.py

bench: $(STAMP)
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.enterprise
	$(BIN)/python -m benchmarks.run_simulation
	$(BIN)/python -m benchmarks.allocation
	$(BIN)/python -m benchmarks.forecast --histories 100 --coverage 500

language: $(STAMP)
	$(BIN)/python -m tests.language.catalogue

schemas: $(STAMP)
	$(BIN)/python -m tests.cli.schemas

lock:
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra excel --extra dev --quiet --output-file requirements.txt pyproject.toml

clean:
	rm -rf $(VENV) $(BROWSER)/node_modules build dist out .benchmarks .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(TOOLS): $(BROWSER)/package.json $(BROWSER)/package-lock.json
	@if command -v npm >/dev/null; then \
		cd $(BROWSER) && npm ci --ignore-scripts --no-audit --no-fund --silent && touch node_modules/.up-to-date; \
	else echo "npm is missing: the accessibility tests are skipped"; fi
