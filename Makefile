# A fresh clone needs only Python 3.11, 3.12 or 3.13 and make. All else is a verb of .venv/bin/samspil.
#   make demo     install, create, fill and serve the demo municipality (PORT=8000, CITIZENS=…)
#   make test     install what the tests need, and run them all (PYTEST_ARGS=…)
#   make check    linters, types, contracts, templates, migrations, catalogue, generated documents
#   make fix      let the tools mend what they can
#   make docs     write docs/generated again
#   make browser  only the tests that drive a browser
#   make battery  the test battery of docs/assurance.md at full size (hours; PYTEST_ARGS='-k restore' for one)
#   make screenshots  take the pictures in docs/screenshots again (about five minutes)
#   make audit    ask whether a locked package has a known hole; says so aloud when nobody could be asked
#   make examples  write the letters in docs/examples and their page again
#   make setup    install everything, run nothing

VENV := .venv
PYTHON_IN := $(VENV)/bin/python
SAMSPIL := $(PYTHON_IN) -m samspil.config.cli
PYTEST := $(PYTHON_IN) -m pytest
TEMPLATES = $$(find src -path '*/templates/*' -name '*.html')
SYSTEM_PYTHON = $(shell for name in python3.13 python3.12 python3.11 python3; do \
	if "$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; then \
	echo "$$name"; break; fi; done)
CITIZENS ?=
PYTEST_ARGS ?=

# One line per check; each can be run alone.
CHECKS := \
	check-style \
	check-types \
	check-imports \
	check-templates \
	check-migrations \
	check-deploy \
	check-translations \
	check-asvs \
	check-rules \
	check-docs

# One line per generated document: the Django command that writes it into docs/generated.
DOCS := docs_states docs_permissions docs_rules

.PHONY: demo test check fix docs browser battery screenshots audit examples setup $(CHECKS)

demo: $(VENV)/.run
	@$(SAMSPIL) demo $(if $(CITIZENS),--citizens $(CITIZENS))

test: $(VENV)/.test
	@.ci/all-tests $(PYTHON_IN) $(PYTEST_ARGS)

browser: $(VENV)/.test
	@.ci/install-chromium
	@$(PYTEST) -m browser $(PYTEST_ARGS)

battery: $(VENV)/.test
	@$(PYTEST) -m battery -s $(PYTEST_ARGS)

setup: $(VENV)/.test
	@.ci/install-chromium || echo 'Uden Chromium kører alt undtagen prøverne i en browser.' >&2

screenshots: $(VENV)/.test
	@SAMSPIL_SCREENSHOTS=1 $(PYTEST) tests/browser/test_screenshots.py

examples: $(VENV)/.test
	@SAMSPIL_EXAMPLES=1 $(PYTEST) -p no:randomly tests/contexts/letters/test_examples.py

audit: $(VENV)/.test
	@$(PYTHON_IN) -m tests.structure.audit

check: $(CHECKS)
	@echo 'make check: alt er i orden.'

check-style: $(VENV)/.test
	$(PYTHON_IN) -m ruff check .
	$(PYTHON_IN) -m ruff format --check .

check-types: $(VENV)/.test
	$(PYTHON_IN) -m mypy

check-imports: $(VENV)/.test
	$(VENV)/bin/lint-imports --no-logo

check-templates: $(VENV)/.test
	$(VENV)/bin/djade --target-version 5.2 --check $(TEMPLATES)
	$(VENV)/bin/djangofmt --check $(TEMPLATES)

check-migrations: $(VENV)/.test
	$(SAMSPIL) manage makemigrations --check --dry-run

check-deploy: $(VENV)/.test
	@set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; cp docs/identity.example.toml "$$place"; \
	export SAMSPIL_MODE=production SAMSPIL_HOSTS=samspil.example DJANGO_SETTINGS_MODULE=samspil.config.settings; \
	export SAMSPIL_SECRET_KEY=$$($(PYTHON_IN) -c 'import secrets; print(secrets.token_urlsafe(64))'); \
	export SAMSPIL_CPR_KEY=$$($(PYTHON_IN) -c 'import secrets; print(secrets.token_urlsafe(64))'); \
	$(PYTHON_IN) -m django login_key "$$place/medarbejder.pem" > "$$place/mitid.secret"; \
	SAMSPIL_IDENTITY="$$place/identity.example.toml" $(PYTHON_IN) -m django check --deploy --fail-level WARNING

check-translations: $(VENV)/.test
	$(PYTHON_IN) -m samspil.config.translations --check

check-asvs: $(VENV)/.test
	$(PYTHON_IN) -m tests.structure.asvs

check-rules: $(VENV)/.test
	$(PYTHON_IN) -m tests.structure.rules

check-docs: docs
	@git diff --exit-code --stat -- docs/generated && test -z "$$(git ls-files --others docs/generated)" \
	|| { echo 'docs/generated er ikke opdateret. Kør: make docs' >&2; exit 1; }

docs: $(VENV)/.test
	@set -e; for command in $(DOCS); do $(SAMSPIL) manage $$command; done

fix: $(VENV)/.test
	$(PYTHON_IN) -m ruff check --fix .
	$(PYTHON_IN) -m ruff format .
	$(VENV)/bin/djangofmt $(TEMPLATES)
	$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES)

$(PYTHON_IN):
	@.ci/make-environment $(VENV) $(SYSTEM_PYTHON)

define install
	@echo 'Henter det, Samspil bygger på …'
	@$(PYTHON_IN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/build.txt -r $(1)
	@$(PYTHON_IN) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
endef

# The stamps make a second start skip pip altogether. What the tests need includes what running needs.
$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml | $(PYTHON_IN)
	$(call install,requirements/run.txt)
	@touch $@

$(VENV)/.test: requirements/build.txt requirements/run.txt requirements/test.txt pyproject.toml | $(PYTHON_IN)
	$(call install,requirements/test.txt)
	@touch $(VENV)/.run $@
