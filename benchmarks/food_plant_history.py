"""Makes the history of the illustrative food plant: 18 years of collinear, noisy indicators and two outcomes.

Two hidden courses drive everything: how well safety is organised (rising, with setbacks) and the load of work. Eight
indicators show them with errors of measurement; the injuries of a year are a Poisson count and the days of incapacity
a figure with noise, both driven by the hidden courses of the year before. Every figure comes from seed 20.

Usage: python -m benchmarks.food_plant_history [FILE]   (standard output by default)
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import numpy as np

SEED = 20
YEARS = range(2008, 2026)
_SOURCE = "made up by a script, see about.md"


def series() -> dict[str, np.ndarray]:
    """Return every series over `YEARS`, rounded as a plant would write it down."""
    rng = np.random.default_rng(SEED)
    count = len(YEARS)
    order = np.linspace(-1.3, 1.3, count) + _wander(rng, count, 0.35)
    wave = 0.5 * np.sin(np.arange(count) * 2 * np.pi / 7.0)
    load = wave - 0.35 * np.linspace(-1, 1, count) + _wander(rng, count, 0.3)

    def shown(level: float, by_order: float, by_load: float, error: float) -> np.ndarray:
        return level + by_order * order + by_load * load + error * rng.normal(size=count)

    found = {
        "turnover": shown(14, -1.8, 1.2, 0.6).round(1),
        "overtime": shown(12, -1.5, 3, 0.6).round(1),
        "training-hours": shown(14, 2.4, -0.6, 0.5).round(1),
        "equipment-wear": shown(48, -7, 0, 1.5).round(1),
        "violations": shown(5, -1.4, 0.4, 0.35).round(1),
        "inspections": shown(11, 2.6, -0.5, 0.6).round(1),
        "newcomers": shown(17, -1.5, 2.5, 0.7).round(1),
        "ppe-cover": shown(86, 4, -1, 1.2).round(1),
    }
    people = (800 + 12 * load + 5 * rng.normal(size=count)).round()
    hours = (people * 1800 * (1 + found["overtime"] / 400)).round(-3)
    before = np.concatenate([[order[0]], order[:-1]]), np.concatenate([[load[0]], load[:-1]])
    rate = 23.0 * np.exp(-0.24 * before[0] + 0.16 * before[1])
    found["hours"] = hours
    found["lost-time-injuries"] = rng.poisson(rate * hours / 1e6).astype(float)
    found["incapacity"] = (760 - 70 * before[0] + 55 * before[1] + 28 * rng.normal(size=count)).round()
    return found


def _wander(rng: np.random.Generator, count: int, size: float) -> np.ndarray:
    """Return a course that forgets half of its past each year."""
    steps = rng.normal(size=count)
    course = np.zeros(count)
    for i, step in enumerate(steps):
        course[i] = 0.5 * (course[i - 1] if i else 0.0) + np.sqrt(0.75) * step
    return size * course


def as_csv() -> str:
    """Return the table `history` as a matrix, a column for each series."""
    found = series()
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["year", *found, "source"])
    for i, year in enumerate(YEARS):
        writer.writerow([year, *(f"{values[i]:.15g}" for values in found.values()), _SOURCE])
    return stream.getvalue()


def main() -> None:
    """Write the table to a file, or print it."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(as_csv(), encoding="utf-8")
    else:
        print(as_csv(), end="")


if __name__ == "__main__":
    main()
