"""How long a person waits before anything happens: `oshopt --help` and `oshopt plan` in a process of their own.

Usage: python -m benchmarks.startup [--runs N]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "scenarios" / "conditional-enterprise"
OSHOPT = [sys.executable, "-c", "from oshopt.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Command:
    """A command line to time."""

    name: str
    line: list[str]
    goal: float | None = None
    """Seconds that the best run should stay under, beyond bare Python where `beyond_bare`."""
    beyond_bare: bool = False


COMMANDS = (
    Command("bare Python", [sys.executable, "-c", "pass"]),
    Command("import oshopt", [sys.executable, "-c", "import oshopt"]),
    Command("oshopt --help", [*OSHOPT, "--help"], goal=0.3, beyond_bare=True),
    Command("oshopt plan, reference case", [*OSHOPT, "plan", str(REFERENCE), "--json", "plan.json"], goal=1.5),
)


def seconds(line: list[str], runs: int) -> list[float]:
    """Return wall-clock seconds of each run, after one that is not counted; raise where the command fails."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs + 1):
            begin = time.perf_counter()
            subprocess.run(line, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            taken.append(time.perf_counter() - begin)
    return taken[1:]


def main() -> None:
    """Time every command and print a table."""
    parser = argparse.ArgumentParser(description="Time the start of the command line.")
    parser.add_argument("--runs", type=int, default=7, help="runs of each command that count")
    runs = parser.parse_args().runs
    print(f"{'command':<30}{'best':>9}{'median':>9}{'beyond bare':>13}  goal")
    bare = 0.0
    for command in COMMANDS:
        taken = seconds(command.line, runs)
        best = min(taken)
        bare = bare or best
        goal = ""
        if command.goal is not None:
            reached = best - (bare if command.beyond_bare else 0.0) < command.goal
            unit = "s beyond bare" if command.beyond_bare else "s"
            goal = f"< {command.goal:g} {unit}: {'met' if reached else 'MISSED'}"
        print(f"{command.name:<30}{best:>8.3f}s{median(taken):>8.3f}s{best - bare:>12.3f}s  {goal}")


if __name__ == "__main__":
    main()
