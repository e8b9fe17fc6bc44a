"""The table of recall, or with --show NAME what was planted and found."""

import argparse
import tempfile
from pathlib import Path

from mutations.operators import OPERATORS
from mutations.recall import Ground, shown, table

parser = argparse.ArgumentParser(prog="mutations")
parser.add_argument("--show", metavar="OPERATOR", choices=[*OPERATORS], nargs="+", default=[])
asked = parser.parse_args()
with tempfile.TemporaryDirectory() as folder:
    ground = Ground(Path(__file__).resolve().parents[2], Path(folder))
    results = {name: ground.planted(OPERATORS[name]) for name in asked.show or OPERATORS}
for name in asked.show:
    for planted in results[name]:
        print("FOUND " if planted.findings else "MISSED", *map(shown, planted.change), sep="\n    ")
        print(*(f"      → {finding}" for finding in planted.findings), sep="\n")
print(table(results), end="")
