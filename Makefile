# Two commands for a fresh machine (python3 >= 3.11 and make):
#   make guide    a real guide into out/        make test    everything that must pass
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PAIR   ?= examples/procurement-stablecoin.yaml
TOPIC  ?= crypto
MINUTES ?= 60
SESSION ?= first
ON     ?= 2027-01-14
PLACE  ?= room
OUT    ?= out

.PHONY: guide test check lint types house tests corpus lock vectors schemas docs examples images serve clean

guide: $(VENV)/installed
	@$(BIN)/guidegen guide "$(PAIR)" --topic "$(TOPIC)" --minutes "$(MINUTES)" --session "$(SESSION)" --on "$(ON)" \
		--place "$(PLACE)" --view shared,mentor,executive --format md,html,pdf,json --out "$(OUT)"

test: check

# The gate. With REQUIRE_ALL=1 nothing may be skipped for want of a tool (.ci/run sets it).
check: lint types house corpus tests

lint: $(VENV)/installed
	@echo "== lint";  $(BIN)/ruff check .

types: $(VENV)/installed
	@echo "== types"; $(BIN)/mypy

house: $(VENV)/installed
	@echo "== house"; $(BIN)/lint-imports --no-cache

corpus: $(VENV)/installed
	@echo "== corpus"; $(BIN)/guidegen corpus check

tests: $(VENV)/installed
	@echo "== tests"; $(BIN)/pytest -n auto

# The lock carries hashes and no addresses; pip refuses whatever does not match.
$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 3.11 or newer is needed"; exit 1; }
	@echo "Setting up $(VENV) (once, a few minutes) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Written anew when dependencies or the corpus change; a test says when they are behind.
lock:
	uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--universal --python-version 3.11 --output-file requirements.lock

vectors: $(VENV)/installed
	$(BIN)/guidegen corpus vectors

schemas: $(VENV)/installed
	$(BIN)/guidegen corpus schema

# Written from the code: docs/cli.md, docs/json.md, docs/corpus-keys.md; examples/*.json; docs/images/*.png.
docs: $(VENV)/installed
	$(BIN)/python -m tools.pages

examples: $(VENV)/installed
	$(BIN)/python -m tools.examples

images: $(VENV)/installed
	$(BIN)/python -m tools.images

serve: $(VENV)/installed
	$(BIN)/guidegen serve

clean:
	rm -rf $(VENV) out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
