# Two commands do it all: `make audit` and `make test`. Both set up .venv first, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
WORKERS ?= 2

.PHONY: help audit test campaigns mutants torture shuffled versions lab notebooks definitions lint format bench steps clean
.DEFAULT_GOAL := help

help:
	@echo "make audit      rehearse the migration on the sample; prints the verdict and the report"
	@echo "make test       run the tests (real PostgreSQL, real kernels, a real browser if there)"
	@echo "make campaigns  run the rest of the long families, of which make test takes a fixed part"
	@echo "make mutants    plant thousands of faults and count those that the audit finds (an hour and a half)"
	@echo "make torture    stop apply, rollback (--carry) and retire at every statement they send (hours)"
	@echo "make shuffled   run all tests in random order, whose seed it prints"
	@echo "make versions   run a part of the tests on PostgreSQL 15, 16, 17 and 18 (npm downloads them)"
	@echo "make lab        open JupyterLab on the notebooks"
	@echo "make notebooks  execute the notebooks on the sample and store their outputs"
	@echo "make definitions  store what a rebuild makes in schema/target/definitions.csv"
	@echo "make lint       ruff, mypy, sqlfluff, squawk, zizmor"
	@echo "make format     let ruff format the code"
	@echo "make bench      time whole audits beside their floors; writes BENCHMARKS.md (BIG=1: to 10,000,000)"
	@echo "make steps      time each step beside its own floor (minutes)"
	@echo "make clean      remove .venv, runs, build, dist and the tools' caches"

# uv installs in a third of the time; where it can't reach its index, pip does the same
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "python: expected 3.11 or newer, found $$($(PYTHON) -V); set PYTHON=python3.12" >&2; exit 2; }
	@echo "installing into $(VENV), once: the packages of constraints.txt, PostgreSQL among them" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "python: expected the module venv; on Debian install python3-venv" >&2; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv || true
	@$(BIN)/uv pip install -q --python $(BIN)/python --compile-bytecode -c constraints.txt -e '.[dev]' || \
	  $(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

audit: $(STAMP)
	@$(BIN)/motomind audit --source sample

test: $(STAMP)
	@MOTOMIND_PART=fixed $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope -q --junitxml=junit.xml

campaigns: $(STAMP)
	@MOTOMIND_PART=rest $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope -q \
	  --junitxml=campaigns.xml

mutants: $(STAMP)
	@$(BIN)/python tests/mutants/mutants.py --workers $(WORKERS)

torture: $(STAMP)
	@MOTOMIND_TORTURE=1 $(BIN)/python -m pytest -q tests/apply/test_stopped.py

shuffled: $(STAMP)
	@$(BIN)/python -m pytest -o addopts="-ra --strict-markers" -p randomly \
	  -n $(WORKERS) --dist loadscope

versions: $(STAMP)
	@$(BIN)/python tests/versions.py --workers $(WORKERS)

lab: $(STAMP)
	@$(BIN)/motomind lab

notebooks: $(STAMP)
	@$(BIN)/python -m motomind_nb.commands.store

definitions: $(STAMP)
	@$(BIN)/python -m motomind_nb.commands.definitions

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q motomind_nb tests
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint -q schema motomind_nb
	@rm -rf build/target && $(BIN)/motomind sql --to build/target >/dev/null
	@$(BIN)/squawk --config .squawk.toml build/target/*.sql
	@$(BIN)/zizmor --offline -q .github/workflows

format: $(STAMP)
	@$(BIN)/ruff check --fix-only -q .
	@$(BIN)/ruff format -q motomind_nb tests

bench: $(STAMP)
	@$(BIN)/python tests/benchmarks/bench_audit.py $(if $(BIG),100000 1000000 10000000)

steps: $(STAMP)
	@for script in $(filter-out %/bench_audit.py,$(wildcard tests/benchmarks/bench_*.py)); do echo "== $$script"; $(BIN)/python $$script; done

clean:
	rm -rf $(VENV) runs build dist junit.xml campaigns.xml .pytest_cache .mypy_cache .ruff_cache .hypothesis
