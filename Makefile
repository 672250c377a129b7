# `make demo` does the main job on the sample minutes; `make test` passes the tests.
# Both set up everything they need in .venv on a machine with bare Python 3.11.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= ket_qua

.PHONY: demo test lint benchmark clean

demo: $(VENV)/ready
	$(BIN)/ykien run data/minutes -o $(OUT)

test: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pytest

benchmark: $(VENV)/ready-dev
	$(BIN)/python -m benchmarks

# A marker file is written last, so that a broken installation is done again.
$(VENV)/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) $(OUT) dist build
