# Every target sets up what it needs in a virtual environment of its own, once. Needed: make and Python >= 3.11.
#   make demo PYTHON=/path/to/python3.12   takes that Python;   make demo VENV=/elsewhere   puts the environment there.

VENV ?= .venv
CANDIDATES = python3.13 python3.12 python3.11 python3 python
PYTHON ?= $(shell for p in $(CANDIDATES); do "$$p" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && { command -v "$$p"; break; }; done)
BIN = $(VENV)/bin
RUNTIME = $(VENV)/.gammastar-runtime
DEV = $(VENV)/.gammastar-dev
DOCS = $(VENV)/.gammastar-docs
# A Python without pip (Debian's, without python3-venv) lends its own pip to the environment.
PIP = $(shell test -x $(BIN)/pip && echo $(BIN)/pip || echo $(PYTHON) -m pip --python $(BIN)/python)
VERSIONS = --constraint constraints.txt --editable
INSTALL = $(PIP) install --quiet --quiet --disable-pip-version-check $(VERSIONS)
NEWEST = build/newest
TRIAL = build/trial
DIST = build/dist
CLEAN = build/clean
ARTIFACT = build/artifact
LEAK = $(CURDIR)/examples/training-leak.toml
CAMPAIGNS = $(filter-out %/mutants.py,$(shell grep -l __main__ tests/campaigns/*.py))

.PHONY: demo test lint types examples conformance coverage newest command dist package docs artifact smoke bench campaigns mutants \
  gallery clean
.DEFAULT_GOAL := demo

demo: $(RUNTIME)
	@mkdir -p build
	$(BIN)/gammastar verify examples/corridor-3.toml --certificate build/corridor-3.json
	$(BIN)/gammastar check examples/corridor-3.toml build/corridor-3.json

test: $(DEV)
	$(BIN)/python -m pytest -n 2

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy --strict exact gammastar proofs tests

examples: $(RUNTIME)
	$(BIN)/python -m tests.examples --certificates build

# The kernel against the corpus of certificates, and every line and branch of it.
conformance: $(DEV)
	$(BIN)/python -m pytest tests/proofs/kernel/test_corpus.py

coverage: $(DEV)
	@mkdir -p build
	COVERAGE_FILE=build/coverage $(BIN)/python -m pytest -n 2 tests/proofs/kernel \
	  --cov=proofs/kernel --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

# The command with the newest versions that pyproject.toml allows, from a wheel, in an environment of its own.
newest:
	@rm -rf build/lib $(NEWEST)/.gammastar-dev
	@$(MAKE) --no-print-directory command VENV=$(NEWEST) VERSIONS="--upgrade --upgrade-strategy eager"

command: $(DEV)
	$(BIN)/python -m pytest -n 2 tests/proofs/cli tests/proofs/report tests/exact/linear/test_silence.py
	@rm -rf $(TRIAL) && mkdir -p $(TRIAL)
	cd $(TRIAL) && $(abspath $(BIN))/gammastar verify --json --certificate c.json $(LEAK) > report.json; test $$? -eq 1
	$(BIN)/python -m json.tool $(TRIAL)/report.json /dev/null
	cd $(TRIAL) && $(abspath $(BIN))/gammastar check --quiet $(LEAK) c.json

# The source distribution, and the wheel built from it.
dist: $(DEV)
	@rm -rf $(DIST)
	$(BIN)/python -m build --no-isolation --outdir $(DIST) > build/dist.log 2>&1 || { cat build/dist.log; exit 1; }
	@ls $(DIST)

# Both of them installed in an environment of its own: the data is there, verify and the kernel work.
package: dist
	@rm -rf $(CLEAN)
	@$(MAKE) --no-print-directory VENV=$(CLEAN) $(CLEAN)/bin/python
	@$(MAKE) --no-print-directory VENV=$(CLEAN) VERSIONS="--constraint constraints.txt" installed FILE=$(DIST)/*.whl
	@$(MAKE) --no-print-directory VENV=$(CLEAN) VERSIONS="--force-reinstall --no-deps" installed FILE=$(DIST)/*.tar.gz

installed:
	@echo "Installing $(FILE) into $(VENV)"
	@$(INSTALL) $(FILE)
	cd $(VENV) && $(abspath $(BIN))/python -I $(CURDIR)/tests/installed.py

# A folder that needs no network: wheels of everything, the sources, a smoke test, each claim of the README with its command.
artifact: dist
	@rm -rf $(ARTIFACT) && mkdir -p $(ARTIFACT)/wheels
	@cp artifact/README.md artifact/claims.py artifact/claims.toml artifact/smoke $(ARTIFACT)
	@tar -xzf $(DIST)/*.tar.gz -C $(ARTIFACT)
	@$(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' > $(ARTIFACT)/python-version
	$(PIP) wheel --quiet --quiet --disable-pip-version-check --constraint constraints.txt --wheel-dir $(ARTIFACT)/wheels pip \
	  "$$(ls $(DIST)/*.whl)[dev,docs,dask,storm]"
	@du -sh $(ARTIFACT)

# In a namespace without a network, where the system has them.
smoke: artifact
	@if unshare -rn ip link set lo up 2>/dev/null; then unshare -rn sh -c 'ip link set lo up; exec $(ARTIFACT)/smoke'; \
	  else $(ARTIFACT)/smoke; fi

docs: $(DOCS)
	$(BIN)/python -m sphinx -q -W --keep-going -b html -c docs -d build/doctrees . build/docs

bench: $(DEV)
	$(BIN)/python -m tests.benchmarks.closed_forms
	$(BIN)/python -m tests.benchmarks.universal
	$(BIN)/python -m tests.benchmarks.corridors
	$(BIN)/python -m tests.benchmarks.verify
	$(BIN)/python -m tests.benchmarks.sweep
	$(BIN)/python -m tests.benchmarks.orbits --counts
	$(BIN)/python -m tests.benchmarks.phases

gallery: $(DEV)
	$(BIN)/python -m examples.paper.build

campaigns: $(DEV)
	@for m in $(subst /,.,$(CAMPAIGNS:.py=)); do echo "python -m $$m"; $(BIN)/python -m $$m || exit 1; done

mutants: $(DEV)
	$(BIN)/python -m tests.campaigns.mutants

clean:
	rm -rf build

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 among: $(CANDIDATES). Give one: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) (once)"
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --clear --without-pip $(VENV)

$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing gammastar and what it needs into $(VENV)"
	@$(INSTALL) .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing gammastar and its development tools into $(VENV)"
	@$(INSTALL) ".[dev]"
	@touch $@ $(RUNTIME)

$(DOCS): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing gammastar and Sphinx into $(VENV)"
	@$(INSTALL) ".[docs]"
	@touch $@ $(RUNTIME)
