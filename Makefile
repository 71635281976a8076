# The commands of this project. They need Python 3.11 or newer and make; everything else goes into .venv/.
#   make run    serves the app (PORT=8501 unless given); the first start makes the demo company
#   make test   runs all tests, in a real browser too
#   make quick  make lint and the fast tests, for while you work; pyproject.toml has the markers of the others
#   make lint   style, format, types, which package imports which
#   make bench  speed on generated data
PYTHON ?= python3
PORT ?= 8501
# How many test processes. A warehouse file belongs to one process; each test process makes its own copies.
JOBS ?= 2
BIN = .venv/bin

SLOW = browser or wire or training or company or process

.PHONY: run test quick lint bench clean

run: .venv/ready
	@$(BIN)/python -m jobrec_ui run --port $(PORT)

test: .venv/ready-dev
	@$(BIN)/python .ci/chromium.py
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(TESTS)

quick: lint
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m 'not ($(SLOW))' --hypothesis-profile=quick $(TESTS)

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready
	$(BIN)/python -m bench $(BENCH)

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python cannot make environments here. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

# Installed anew only when the list changes.
.venv/ready: .venv/bin/python requirements.txt
	@echo "Installing what the app needs (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
