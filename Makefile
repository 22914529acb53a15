# The ledger's own commands. `make` alone lists them.
# Debian's own Python is built with what a version manager's mostly lacks, and does the same in three quarters of the time.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	echo /usr/bin/python3 || echo python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/runtime-installed
DEV := $(VENV)/dev-installed
STATIC := var/static-collected
PLOTLY := var/plotly-asked
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
SUITE ?= not stress and not sweep and not datasets
PYTEST_ARGS ?= -n auto --dist worksteal

# The demo speaks plain HTTP on the loopback, with a key of its own that never leaves var/.
DEMO_ENV = DEBUG=false HTTPS=false SECRET_KEY="$$(cat var/secret-key)"

.PHONY: help demo site setup test stress coverage mutants lint format bench fixtures messages screenshots readme-pictures graphs lock clean

help:  ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(RUNTIME) $(STATIC) $(CATALOGUES)  ## set up and serve the filled site at http://127.0.0.1:8000 (PORT= for another)
	@$(DEMO_ENV) $(BIN)/python manage.py migrate --verbosity 0
	@$(DEMO_ENV) $(BIN)/python manage.py load_demo
	@$(BIN)/python -c 'import socket, sys; taken = socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0; sys.exit("Port $(PORT) is taken: make demo PORT=8080 serves on another." if taken else 0)'
	@echo "Serving http://127.0.0.1:$(PORT)/ (the admin at /admin/; Ctrl+C ends it)"
	@$(DEMO_ENV) $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 1 --blocking-threads 4 \
		--blocking-threads-idle-timeout 600 --log-level warning conflict.wsgi:application

site: $(RUNTIME) $(STATIC) $(CATALOGUES)  ## install what a site needs: packages, languages, static files (docs/operations.md)

setup: $(DEV) $(CATALOGUES)  ## make the virtual environment with everything that tests and lint need

# Compiling the tests, and the site for each process they start, takes a third of the time where nothing may be kept.
test stress coverage: export PYTHONDONTWRITEBYTECODE :=

test: $(DEV) $(PLOTLY) $(CATALOGUES)  ## set up and run the tests, but for what `make stress` goes through
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m "$(SUITE)" tests

stress: $(DEV) $(STATIC) $(CATALOGUES)  ## run the rest: every page and link, whole datasets, properties at length, millions of rows
	$(BIN)/python -m pytest $(PYTEST_ARGS) --hypothesis-profile=stress -m "stress or sweep or datasets or hypothesis" tests

coverage: $(DEV) $(PLOTLY) $(CATALOGUES)  ## run every test and print which lines and branches none of them takes
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m "not stress" --cov --cov-report=term tests

mutants: $(DEV)  ## change the code in small ways and see which changes no test notices (ROOM=, SAMPLE=, ONLY=)
	@$(BIN)/python -c 'import mutmut' 2>/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check "mutmut~=3.8"
	SECRET_KEY=mutants DATABASE_URL=sqlite://:memory: $(BIN)/python -m tests.mutants $(ROOM) \
		$(if $(SAMPLE),--sample $(SAMPLE)) $(if $(ONLY),--only $(ONLY))

lint: $(DEV)  ## style, types, layers, migrations, deployment checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	SECRET_KEY=lint $(BIN)/mypy conflict
	SECRET_KEY=lint $(BIN)/lint-imports
	SECRET_KEY=lint DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" DATABASE_URL=sqlite://:memory: \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(DEV)  ## put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV)  ## measure, and print ratios
	for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python -m tests.benchmarks.$$(basename $$file .py); done

fixtures: $(DEV)  ## make fixtures/*.json anew from fixtures/tables
	$(BIN)/python fixtures/build.py

messages: $(DEV)  ## gather the texts of the interface into locale/*/LC_MESSAGES/django.po (needs gettext)
	SECRET_KEY=messages $(BIN)/python manage.py makemessages --all --no-location --no-obsolete --ignore=.venv --ignore=var --ignore=tests --ignore=mutants

screenshots: $(DEV) $(STATIC) $(CATALOGUES)  ## photograph every page into var/screenshots (WIDTHS=390,1440)
	$(BIN)/python -m tests.browser.screenshots --widths $(or $(WIDTHS),390,1440)

readme-pictures: $(DEV) $(STATIC) $(CATALOGUES)  ## take the README's pictures anew (docs/pictures/*.png)
	$(BIN)/python -m tests.browser.screenshots --readme

graphs: $(DEV)  ## draw which room imports which, and which table points at which (docs/pictures/*.svg)
	$(BIN)/python -m docs.graphs

# --no-strip-extras: pip refuses a lock in which "coverage[toml]" is asked for and only "coverage" is pinned.
LOCK := uv pip compile pyproject.toml --extra postgres --extra redis --python-version 3.11 --universal --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links --no-annotate --no-strip-extras --quiet

lock:  ## choose the newest packages that pyproject.toml allows, and lock them (needs uv)
	$(LOCK) -o requirements.txt >/dev/null
	$(LOCK) --extra parquet --group dev -o requirements-dev.txt >/dev/null

clean:  ## remove what the commands above made, the database included
	rm -rf var mutants $(VENV)

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements.txt | $(VENV)/bin/pip
	@echo "Installing the locked packages ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt | $(VENV)/bin/pip
	@echo "Installing the locked packages for development ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(RUNTIME)

# Without -f an entry that somebody still has to look over would be compiled as no translation at all.
%.mo: %.po | $(RUNTIME)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

var/secret-key:
	@mkdir -p var
	@umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(48))' > $@

# Once: `manage.py fetch_plotly` tries again where npm was missing then.
$(PLOTLY): conflict/staticfiles.py | $(RUNTIME) var/secret-key
	@$(DEMO_ENV) $(BIN)/python manage.py fetch_plotly || echo "The Python package's own plotly.js is served."
	@touch $@

$(STATIC): $(RUNTIME) var/secret-key $(PLOTLY) $(shell find static var/plotly -type f 2>/dev/null) conflict/staticfiles.py
	@echo "Collecting and compressing static files (once, about 10 seconds) ..."
	@rm -rf var/static
	@$(DEMO_ENV) $(BIN)/python manage.py collectstatic --noinput
	@touch $@
