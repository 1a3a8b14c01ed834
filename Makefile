# make demo and make test do all the set-up they need: a virtual environment with pinned dependencies.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test faults bench lint docs requirements clean

demo: $(READY)
	$(BIN)/tracker demo --folder demo

test: $(READY) lint
	$(BIN)/pytest -n 2

# Breaks the program on purpose, in a reduced form; the whole takes hours: make faults FAULTS=--full
faults: $(READY)
	$(BIN)/python -m faults $(FAULTS)

# What things cost, side by side with floor programs and peers (docs/performance.md); in part: make bench BENCH="reads 1000"
bench: $(READY)
	$(BIN)/python -m compileall -q $(VENV)/lib tracker
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m benchmarks $(BENCH)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(READY)
	$(BIN)/python docs/generate.py

$(READY): pyproject.toml .ci/requirements.txt
	python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

# Pins every dependency anew; run with uv on the PATH.
requirements:
	uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-header \
		--python-version 3.11 --universal --upgrade -q -o .ci/requirements.txt

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
