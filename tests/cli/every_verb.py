"""Every verb that answers, run in one process with all that it writes: `python -m tests.cli.every_verb DIR`.

For tests that hold the files of two processes against each other.
"""

from __future__ import annotations

import sys
from pathlib import Path

from oshopt.cli import application

ENTERPRISE, PLANT = "scenarios/conditional-enterprise", "scenarios/food-plant"
VERBS = {
    "plan": ["plan", ENTERPRISE, "--explain", "--workbook", "--lang", "uk"],
    "compare": ["compare", ENTERPRISE, "--workbook", "--replications", "20"],
    "frontier": ["frontier", ENTERPRISE, "--points", "3"],
    "simulate": ["simulate", ENTERPRISE, "--replications", "20", "--jobs", "1", "--log"],
    "report": ["report", ENTERPRISE, "--replications", "20", "--jobs", "1", "--workbook"],
    "survey": ["survey", PLANT],
    "forecast": ["forecast", PLANT],
    "assess": ["assess", PLANT],
}
"""What is run with every file that it can write, by the name of its folder."""
UNDRAWN = {"report"}
"""Verbs whose figures are those of others."""
DRAWN_AGAIN = {"plan", "frontier"}
"""Verbs whose figures the second of two processes draws too."""
JSON = {
    "check-enterprise": ["check", ENTERPRISE],
    "check-plant": ["check", PLANT],
    "plan-plant": ["plan", PLANT],
    "compare-plant": ["compare", PLANT],
    "frontier-plant": ["frontier", PLANT, "--points", "2", "--no-entries"],
    "simulate-plant": ["simulate", PLANT, "--replications", "5", "--jobs", "1"],
}
"""What is run for its JSON alone."""


def run_all(folder: Path, *, both: bool) -> None:
    """Run everything into a folder, `both` tables, or the first with few figures; names are those of the tables."""
    app = application()
    for name, words in VERBS.items():
        own = folder / name
        own.mkdir()
        parts = ["--out", own / "out", "--tables", own / "tables"]
        drawn = name not in UNDRAWN if both else name in DRAWN_AGAIN
        parts += ["--figures", own / "figures"] if drawn else []
        app([*words, *map(str, parts), "--json", str(folder / f"{name}.json")], standalone_mode=False)
    for name, words in JSON.items() if both else ():
        app([*words, "--json", str(folder / f"{name}.json")], standalone_mode=False)


if __name__ == "__main__":
    run_all(Path(sys.argv[1]), both=len(sys.argv) < 3)
