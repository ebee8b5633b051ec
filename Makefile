# Two targets are all a newcomer needs: `make site` and `make test`.
# PYTHON names the interpreter that makes the environment; everything is installed below .venv/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CONSTRAINTS ?= constraints.txt
# The site as the finished demo shows it; set AS_OF=2026-11-22 for another day.
AS_OF ?=

.PHONY: site serve test lint bench bench-search bench-search-peers renderers newest clean

site: $(READY)
	$(BIN)/helpcenter build $(if $(AS_OF),--as-of $(AS_OF))
	@echo
	@echo "The demo is in site/. To look at it:"
	@echo "    $(BIN)/python -m http.server -d site 8000"
	@echo "and open http://localhost:8000/"

serve: $(READY)
	$(BIN)/helpcenter serve --open

test: $(READY) lint
	$(BIN)/pytest -n auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python tests/benchmarks/build.py

bench-search: site
	$(BIN)/python tests/benchmarks/search_speed.py

# Needs Node, npm and Chromium.
bench-search-peers: site
	$(BIN)/python tests/benchmarks/search_peers/compare.py

renderers: $(READY)
	$(BIN)/python tests/renderers/compare.py

# Made anew when what it depends on is named otherwise.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev \
		--constraint $(CONSTRAINTS)
	@touch $@

# Takes the newest releases of everything; what the tests then say of them is read before constraints.txt is committed.
newest:
	rm -rf $(VENV)
	$(MAKE) $(READY) CONSTRAINTS=/dev/null
	$(BIN)/python -m pip freeze --disable-pip-version-check --exclude-editable > $(VENV)/constraints.txt
	mv $(VENV)/constraints.txt constraints.txt
	@touch $(READY)
	$(MAKE) test

clean:
	rm -rf $(VENV) .build site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
