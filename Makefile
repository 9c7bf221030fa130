# What you need: Python 3.11 or newer, and make. Everything else goes into .venv, by itself.
#
#   make lab      open the first notebook in JupyterLab
#   make test     check everything: style, data, measures, exercises, every notebook, the widgets in a browser
#   make browser  of these only the tests in a browser
#   make worked   build the worked editions in notebooks/instructor/ again
#   make site     build the course as a static site, to read without Python, in build/site/
#   make paper    build the course on paper in build/paper/: sheets, materials, a table to type into
#   make lite     build the course for the browser alone in build/lite/; it needs npm
#   make bench    measure time and memory, and print one table
#
# To use another Python: make lab PYTHON=python3.12
# To use another browser for the tests: make test CHROMIUM=/path/to/chromium

PYTHON ?= python3
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium || \
  command -v chromium-browser || command -v google-chrome)
RUN := .venv/bin/python -m
INSTALL := -m pip install --quiet --disable-pip-version-check
FIRST := 01_meet_the_sources.ipynb
# What each kernel begins with goes where IPython looks for it.
START_UP := mkdir -p .venv/etc/ipython/startup && cp binder/kernel_start.py .venv/etc/ipython/startup/
ROOT_USER := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test browser worked site paper lite bench

lab: .venv/ready
	cd notebooks && ../$(RUN) jupyterlab $(FIRST) $(ROOT_USER) --LabApp.default_url=/doc/tree/$(FIRST)

test: .venv/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) pytest --numprocesses=2 --dist=loadfile -rs
	@$(MAKE) --no-print-directory browser

# The tests in a real browser, with a worker for each stack: the versions pinned here, Binder's, and
# Notebook 7. They need a process of their own (tests/browser/__init__.py says why) and a Chromium;
# without one they are skipped, loudly. At the end stands what was skipped for want of something else.
ifneq ($(CHROMIUM),)
browser: .venv/ready .venv-binder/ready .venv-lite/ready \
  $(if $(shell command -v npm),build/virtual-screen-reader.js)
	CHROMIUM="$(CHROMIUM)" $(RUN) pytest tests/browser --numprocesses=3 -rs
else
browser:
	@echo
	@echo "!!! SKIPPED: the tests in a browser did not run, because there is no Chromium here."
	@echo "!!! Install one (Debian, Ubuntu: sudo apt install chromium), or name yours:"
	@echo "!!!   make test CHROMIUM=/path/to/chromium"
endif

worked: .venv/ready
	$(RUN) editions.worked

site: .venv/ready
	$(RUN) editions.site

paper: .venv/ready
	$(RUN) editions.paper

lite: .venv-lite/ready
	.venv-lite/bin/python -m editions.lite build/lite

bench: .venv/ready
	$(RUN) benchmarks

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
	@.venv/bin/python $(INSTALL) --requirement requirements.txt
	@.venv/bin/python $(INSTALL) --no-deps --editable .
	@$(START_UP)
	@$(RUN) jupyterlab.labextensions disable "@jupyterlab/apputils-extension:announcements" >/dev/null 2>&1 || \
	  echo "JupyterLab will ask about its news once; answer as you like."
	@touch $@

.venv-binder/ready: tests/browser/binder-stack.txt pyproject.toml | .venv/ready
	@echo "Setting up .venv-binder, with Binder's versions, for the tests in a browser (once)"
	@.venv/bin/python -m venv .venv-binder
	@.venv-binder/bin/python $(INSTALL) --no-compile --requirement tests/browser/binder-stack.txt
	@.venv-binder/bin/python $(INSTALL) --no-deps --editable .
	@touch $@

.venv-lite/ready: editions/lite/requirements.txt | .venv/ready
	@echo "Setting up .venv-lite, which builds the browser-only edition (once)"
	@.venv/bin/python -m venv .venv-lite
	@.venv-lite/bin/python $(INSTALL) --no-compile --requirement editions/lite/requirements.txt
	@touch $@

# The screen reader of the tests: MIT, one script for the page, as its makers publish it on npm.
build/virtual-screen-reader.js:
	@mkdir -p build
	@cd build && tar -xzOf "$$(npm pack --silent @guidepup/virtual-screen-reader@0.33.0)" \
	  package/lib/esm/index.browser.js > part && mv part $(@F) && rm guidepup-*.tgz
