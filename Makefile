.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8080

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: ## a virtual environment with everything
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -e '.[demo,test,browser,lint]'

demo: ## the cabinet on this machine
	$(BIN)/python run.py demo --port $(PORT)

test: ## all tests but the browser's
	$(BIN)/pytest

browser: ## tests in Chromium (apt-get install chromium default-jre-headless npm)
	bash .ci/checkers
	$(BIN)/pytest tests/browser

lint: ## what CI will say of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fix: ## put the code in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: ## the figures: pages, imports, papers, payments
	$(BIN)/python -m tests.bench.pages
	$(BIN)/python -m tests.bench.imports
	$(BIN)/python -m tests.bench.papers
	$(BIN)/python -m tests.bench.webhooks
	$(BIN)/python -m tests.bench.logins

shots: ## pictures of the pages; the demo must be running
	$(BIN)/python -m tests.browser.shots http://127.0.0.1:$(PORT) docs/screenshots

ci: ## what CI does
	bash .ci/run

.PHONY: help install demo test browser lint fix bench shots ci
