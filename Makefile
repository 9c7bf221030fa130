# What you need: Python 3.11 or newer, and make. Everything else goes into .venv, by itself.
#
#   make lab      open the first notebook in JupyterLab
#   make test     check everything: style, data, measures, exercises, every notebook
#   make worked   build the worked editions in notebooks/instructor/ again
#   make bench    measure time and memory, and print one table
#
# To use another Python: make lab PYTHON=python3.12

PYTHON ?= python3
RUN := .venv/bin/python -m
FIRST := 01_meet_the_sources.ipynb
ROOT_USER := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test worked bench

lab: .venv/ready
	cd notebooks && ../$(RUN) jupyterlab $(FIRST) $(ROOT_USER) --LabApp.default_url=/lab/tree/$(FIRST)

test: .venv/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) pytest

worked: .venv/ready
	$(RUN) tests.build_worked

bench: .venv/ready
	$(RUN) tests.benchmarks

# Announcements are JupyterLab's pop-up about news, and its look for a newer version; the course
# asks nothing of the network.
# The file .venv/ready is written last: an interrupted set-up starts again, a finished one is not
# repeated until the versions or the package change.
.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This course needs Python 3.11 or newer, and '$(PYTHON)' is not that." >&2; \
	  echo "Install it from https://www.python.org/downloads/ or name it: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@echo "Setting up .venv (once; a minute or two)"
	@$(PYTHON) -m venv .venv
	@$(RUN) pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@$(RUN) pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(RUN) jupyterlab.labextensions disable "@jupyterlab/apputils-extension:announcements" >/dev/null 2>&1 || \
	  echo "JupyterLab will ask about its news once; answer as you like."
	@touch $@
