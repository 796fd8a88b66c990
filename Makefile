# What can be done here, each from a fresh clone with nothing but Python, pip and make. `make help` lists it.

PYTHON ?= python3
JOBS ?= auto
VENV := .venv
RUN := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test check bench docs pages dist clean
.DELETE_ON_ERROR:

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/core ## subtitles of the embedded example, corrected and cut, on the screen and in demo-output/
	@PATH="$$PWD/$(VENV)/bin:$$PATH" sh examples/demo.sh

test: $(VENV)/dev ## all tests
	@$(RUN) -m pytest -n $(JOBS) -rs

check: $(VENV)/dev ## style, types, and the examples in the docstrings
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest toolkit

bench: $(VENV)/dev ## speed and quality, measured on this machine and put into docs/benchmarks.md
	$(RUN) -m benchmarks

docs: pages $(VENV)/docs ## the pages as a searchable site, in site/
	$(RUN) -m mkdocs build --strict

pages: $(VENV)/dev ## write docs/reference.md anew from the code, and type the sessions of all pages again
	$(RUN) docs/make_reference.py
	$(RUN) docs/retype_sessions.py

dist: $(VENV)/dev ## wheel and sdist in dist/, each tried in a clean environment, alone and with every extra
	$(RUN) -m release.dist

clean: ## remove everything that was made here
	rm -rf $(VENV) demo-output dist build site .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: later runs install nothing, and need no network, until pyproject.toml changes.

$(VENV)/core: pyproject.toml | $(VENV)/pip
	$(RUN) -m pip install --quiet --editable .
	@touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/pip
	$(RUN) -m pip install --quiet --editable . --group dev
	@touch $(VENV)/core $@

$(VENV)/docs: pyproject.toml | $(VENV)/pip
	$(RUN) -m pip install --quiet --group docs
	@touch $@

# pip reads dependency groups from 25.1 on; Python 3.10 to 3.13 bring an older one.
$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
	  echo "Zimu needs Python 3.10 or newer; '$(PYTHON)' is older or missing. Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments; install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@
