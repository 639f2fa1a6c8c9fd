# The two commands of the README are `make run` and `make test`; `make help` tells the rest.
# Every target brings the machine into the state it needs first: system packages, .venv, locked packages.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
RUN_READY := .venv/.ready-run
DEV_READY := .venv/.ready-dev
JOBS ?= 2
SCHEDULES ?= 100000

.PHONY: help
help: ## Say what every target does
	@echo "接待台 (desk): make TARGET"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 16

.PHONY: run
run: $(RUN_READY) ## Set up and open the desk; with no display, play the demo into demo-out/ instead
	@bash tools/run.sh

.PHONY: test
test: lint check ## Set up, lint and run every test but the long proofs, the long counts and the measurements

.PHONY: check
check: $(DEV_READY) ## Run the tests alone, without the linters
	$(BIN)/python -m pytest -n $(JOBS) -m "not slow and not bench and not proof"

.PHONY: lint
lint: $(DEV_READY) ## Style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: prove
prove: $(DEV_READY) ## 2,000 fault schedules in one process, every wrong rule found, 50 schedules of real processes
	$(BIN)/python -m pytest -n $(JOBS) -m proof --timeout 1800

.PHONY: torture
torture: $(DEV_READY) ## The long counts: kills, full-size stores, every seed
	$(BIN)/python -m pytest -m slow --timeout 3600

.PHONY: simulate
simulate: $(DEV_READY) ## 100,000 random fault schedules of desks and a hub (SCHEDULES=n for another number)
	$(BIN)/python -m tests.sync.simulate --schedules $(SCHEDULES) --jobs $(JOBS)

.PHONY: bench
bench: $(DEV_READY) ## The measurements, each beside its floor
	$(BIN)/python -m pytest -m bench --timeout 3600 -s

.PHONY: demo
demo: $(RUN_READY) ## Play a morning at the desk into demo-out/
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m desk demo --out demo-out

.PHONY: bundle
bundle: $(DEV_READY) ## Freeze the program into dist/desk/
	$(BIN)/pyinstaller --noconfirm --clean --log-level WARN build.spec
	$(BIN)/python tools/bundle.py dist/desk

.PHONY: bundle-check
bundle-check: ## Let the frozen program play the demo and look at what it left
	rm -rf build/bundle-demo
	QT_QPA_PLATFORM=offscreen dist/desk/desk demo --out build/bundle-demo
	test -s build/bundle-demo/summary.json

.PHONY: openapi
openapi: $(DEV_READY) ## Write the description of the hub's routes anew: docs/openapi.json
	$(BIN)/python tools/openapi.py

.PHONY: lock
lock: $(DEV_READY) ## Write the three lock files anew from pyproject.toml
	$(BIN)/python tools/lock.py

.PHONY: resolve
resolve: $(DEV_READY) ## Prove that the lock resolves for UOS, Kylin and Windows, and check the C library each wheel needs
	$(BIN)/python tools/resolve.py

.PHONY: setup
setup: $(DEV_READY) ## Make .venv with everything a developer needs

$(RUN_READY): requirements.lock pyproject.toml tools/setup.sh tools/system_packages.sh
	@bash tools/setup.sh run

$(DEV_READY): requirements-dev.lock requirements-hub.lock requirements.lock pyproject.toml tools/setup.sh tools/system_packages.sh
	@bash tools/setup.sh dev
