# Everything a newcomer needs: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test lint bench accuracy lock clean picture

demo: $(STAMP)
	@$(BIN)/detente code examples/strait.txt

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The table of docs/benchmarks.md; the page is left alone when the benchmark data is not there.
bench: $(STAMP)
	$(BIN)/detente bench --out docs/benchmarks.md

# The tables of docs/accuracy.md for one part of the labels; some minutes.
PART ?= dev
accuracy: $(STAMP)
	$(BIN)/python scripts/accuracy.py --part $(PART) --out docs/accuracy.md

picture: $(STAMP)
	$(BIN)/python scripts/make_picture.py examples/strait.txt --out docs/picture.svg

# Exact versions and hashes, no index addresses. Needs `uv`.
lock:
	uv pip compile pyproject.toml --all-extras --generate-hashes --universal --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -o requirements/lock.txt

$(STAMP): requirements/lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "detente needs Python 3.11 or newer; try: make PYTHON=python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { echo "No venv module: run 'apt-get install python3-venv' and try again." >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lock.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
