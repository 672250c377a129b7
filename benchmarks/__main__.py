"""Measures speed and memory and prints one table; `results.json` keeps the figures.

Run: python -m benchmarks [--quick] [--only floor,startup] [--output benchmarks/results.json]
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

from benchmarks.measuring import machine
from benchmarks.rows import ALL


def main() -> None:
    """Measure the chosen parts, print each row as it comes, and write the JSON file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Few texts, for a first look.")
    parser.add_argument("--only", default=",".join(ALL), help="Parts, divided by commas.")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("results.json"))
    options = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    here = machine()
    print(f"{here['cores']} cores, {here['cpu']}, Python {here['python']}")
    print("| part | what | figure | unit | ratio |\n|---|---|---|---|---|")
    parts = _earlier(options.output)
    for part in options.only.split(","):
        rows = []
        for row in ALL[part](options.quick):
            ratio = "" if row.ratio is None else f"{row.ratio:.2f} of {row.baseline}"
            print(f"| {part} | {row.name} | {row.value:.4g} | {row.unit} | {ratio} |", flush=True)
            rows.append(asdict(row))
        parts[part] = {"quick": options.quick, "machine": here, "rows": rows}
        options.output.write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n")


def _earlier(path: Path) -> dict[str, object]:
    """Parts that were measured before and are not measured now stay in the file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


if __name__ == "__main__":
    main()
