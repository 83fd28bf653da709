# Two commands do nearly everything:  make demo   and   make test
# They set up what they need by themselves, and only when a lock has changed since.

VENV    := .venv
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check -qq
# What is never imported is never compiled: that halves the time an installation takes.
INSTALL := $(PIP) install --no-deps --no-build-isolation --no-compile
LOCKS   := requirements
WORKERS ?= auto
ARGS    ?=

# Workers and commands are processes of their own: without compiled modules each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

# What pytest, ruff and the type checker look at; a folder counts from the moment it exists.
TREES   := $(wildcard dxassets tests bench)

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test windows accept bench lint format types clean run-libs test-libs test-data test-web

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: run-libs $(VENV)/run.stamp $(VENV)/package.stamp ## build the bundled campaign and its web site into output/
	@$(BIN)/dxassets build --out output $(ARGS)
	@$(BIN)/dxassets site --built output --out output/site --agency so-thong-tin-va-truyen-thong
	@$(BIN)/dxassets report forms -o output/bieu-so-lieu

test: test-libs test-data test-web lint types ## everything CI runs: lint, types, then all tests; ARGS="-k qr" for some of them
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --maxprocesses 8 $(ARGS)

windows: $(VENV)/dev.stamp $(VENV)/package.stamp ## everything for a Windows PC in one zip, into dist/
	@$(BIN)/python tools/windows-bundle

accept: run-libs $(VENV)/dev.stamp $(VENV)/package.stamp ## take today's layouts as right, after you have looked at the diff
	@$(BIN)/python tools/accept-layouts

bench: run-libs $(VENV)/dev.stamp $(VENV)/package.stamp ## how long each stage takes, beside a reference; ARGS="--quick spine" for a part of it
	@$(BIN)/python -m bench $(ARGS)

lint: $(VENV)/dev.stamp $(VENV)/package.stamp ## ruff, formatting, and the floors of the house
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/lint-imports --no-logo

types: $(VENV)/dev.stamp $(VENV)/package.stamp ## pyright, strict
	$(BIN)/pyright --pythonversion $$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])') $(TREES)

format: $(VENV)/dev.stamp ## let ruff put the code in order
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

clean: ## throw away what was made: output/, caches, built packages, .venv
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage \
	    .cache bench/peers/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete

# --- what pip can't install; only a look when it is there ------------------------------------------

# What makes the environment is looked for with the rest, so that all that is missing is named at once.
NEW_VENV := $(if $(wildcard $(VENV)/made.stamp),,python)

run-libs:
	@tools/system-libs run $(NEW_VENV)

test-libs:
	@tools/system-libs test $(NEW_VENV)

test-data:
	@tools/test-data

test-web:
	@tools/web-tests

# --- the environment, remade when a lock changes ------------------------------------------------

$(VENV)/made.stamp: $(LOCKS)/build.lock
	@tools/make-venv $(VENV)
	@$(PIP) install --require-hashes --no-deps -r $(LOCKS)/build.lock
	@touch $@

$(VENV)/run.stamp: $(LOCKS)/run.lock $(VENV)/made.stamp
	@echo "$(VENV): installing $(LOCKS)/run.lock"
	@$(INSTALL) --require-hashes -r $(LOCKS)/run.lock
	@touch $@

# The development lock holds the run lock whole, so it does for both.
$(VENV)/dev.stamp: $(LOCKS)/dev.lock $(LOCKS)/run.lock $(VENV)/made.stamp
	@echo "$(VENV): installing $(LOCKS)/dev.lock"
	@$(INSTALL) --require-hashes -r $(LOCKS)/dev.lock
	@touch $@ $(VENV)/run.stamp

$(VENV)/package.stamp: pyproject.toml dxassets/_version.py $(VENV)/made.stamp
	@$(INSTALL) --editable .
	@touch $@
