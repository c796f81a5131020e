"""The forecaster on made histories: errors beside ordinary regression, what opinions bring and cost, coverage.

Usage: python -m benchmarks.forecast [--histories N] [--coverage N]
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from oshopt.forecast.components import Method, fit
from oshopt.forecast.intervals import interval, leave_out

Floats = NDArray[np.float64]
CONDITIONS = (1e2, 1e3, 1e4, 1e5, 1e6)
LEVEL = 0.9


def ill_conditioned(rng: np.random.Generator, rows: int, columns: int, condition: float) -> tuple[Floats, Floats]:
    """Return indicators whose singular values fall evenly on a log scale by `condition`, and a noisy outcome (R² 0.6).

    The outcome weighs every indicator by a normal draw.
    """
    turned = np.linalg.qr(rng.normal(size=(columns, columns)))[0]
    indicators = rng.normal(size=(rows, columns)) * np.logspace(0, -np.log10(condition), columns) @ turned.T
    standard = (indicators - indicators.mean(axis=0)) / indicators.std(axis=0)
    driven = standard @ rng.normal(size=columns)
    return standard, driven + rng.normal(size=rows) * driven.std() * np.sqrt(1 / 0.6 - 1)


def noisy(rng: np.random.Generator, rows: int, columns: int) -> tuple[Floats, Floats, Floats]:
    """Return indicators that hang together and were measured with errors, an outcome of two of them, their weights."""
    turned = np.linalg.qr(rng.normal(size=(columns, columns)))[0]
    indicators = rng.normal(size=(rows, columns)) * np.logspace(0, -np.log10(3), columns) @ turned.T
    standard = (indicators - indicators.mean(axis=0)) / indicators.std(axis=0) + 0.5 * rng.normal(size=(rows, columns))
    slopes = np.zeros(columns)
    driving = rng.permutation(columns)[:2]
    slopes[driving] = (1 + np.abs(rng.normal(size=2))) * rng.choice([-1.0, 1.0], size=2)
    driven = standard @ slopes
    return standard, driven + rng.normal(size=rows) * driven.std() * np.sqrt(1 / 0.6 - 1), np.abs(slopes)


def stationary(rng: np.random.Generator, years: int, columns: int = 6) -> tuple[Floats, Floats]:
    """Return pairs of a stationary history: two hidden courses, indicators with errors, the outcome a year later.

    A history of so many years has one pair less; one more pair stands at the end, to be forecast.
    """
    pairs = years
    hidden = np.zeros((pairs, 2))
    steps = rng.normal(size=(pairs, 2))
    for i in range(pairs):
        hidden[i] = 0.5 * hidden[i - 1] + np.sqrt(0.75) * steps[i] if i else steps[i]
    indicators = hidden @ rng.normal(size=(2, columns)) + 0.3 * rng.normal(size=(pairs, columns))
    slopes = rng.normal(size=2)
    return indicators, hidden @ slopes + rng.normal(size=pairs) * np.linalg.norm(slopes) * np.sqrt(1 / 0.6 - 1)


def forecast_next(rows: Floats, outcome: Floats, method: Method) -> float:
    """Return the forecast of the last row from those before it."""
    known = len(rows) - 1
    fits = fit(rows[:known], outcome[:known, None], np.ones((1, known)), method)
    return float(fits.predict(rows[known:])[0, 0, 0])


def rolling_error(rows: Floats, outcome: Floats, method: Method) -> float:
    """Return the squared error of forecasts from every origin after the first half, all choices made anew."""
    origins = range(len(rows) // 2 + 1, len(rows))
    misses = [forecast_next(rows[: i + 1], outcome[: i + 1], method) - outcome[i] for i in origins]
    return float(np.mean(np.square(misses)))


def ordinary(rows: Floats, outcome: Floats) -> float:
    """Return the same error of ordinary regression (least norm where rows are fewer than columns)."""
    misses = []
    for i in range(len(rows) // 2 + 1, len(rows)):
        mean = rows[:i].mean(axis=0)
        slopes = np.linalg.lstsq(rows[:i] - mean, outcome[:i] - outcome[:i].mean(), rcond=None)[0]
        misses.append(outcome[:i].mean() + (rows[i] - mean) @ slopes - outcome[i])
    return float(np.mean(np.square(misses)))


def against_ordinary(rows: int, columns: int, condition: float, histories: int, seed: int = 1) -> tuple[float, float]:
    """Return root mean square rolling errors of components and of ordinary regression over made histories."""
    rng = np.random.default_rng(seed)
    errors = []
    for _ in range(histories):
        table, outcome = ill_conditioned(rng, rows, columns, condition)
        errors.append((rolling_error(table, outcome, Method()), ordinary(table, outcome)))
    own, plain = np.sqrt(np.mean(errors, axis=0))
    return float(own), float(plain)


def of_opinions(rows: int, columns: int, histories: int, seed: int = 1) -> tuple[float, float]:
    """Return the error with good and with random opinions as a share of that without any, over made histories.

    Opinions are ranks turned into weights; good ones rank by what truly drives the outcome.
    """
    rng = np.random.default_rng(seed)
    errors = []
    for _ in range(histories):
        table, outcome, driving = noisy(rng, rows + 1, columns)
        ranks = np.arange(columns, 0, -1) / columns
        good, random = np.empty(columns), np.empty(columns)
        good[np.argsort(-driving, kind="stable")] = ranks
        random[rng.permutation(columns)] = ranks
        methods = (Method(), Method(emphasis=good), Method(emphasis=random))
        errors.append([(forecast_next(table, outcome, method) - outcome[-1]) ** 2 for method in methods])
    plain, helped, misled = np.sqrt(np.mean(errors, axis=0))
    return float(helped / plain), float(misled / plain)


def coverage(years: int, histories: int, seed: int = 1) -> float:
    """Return the share of intervals that hold the outcome of the year after a stationary history."""
    rng = np.random.default_rng(seed)
    held = 0
    for _ in range(histories):
        rows, outcome = stationary(rng, years)
        left = leave_out(rows[:-1], outcome[:-1], Method())
        low, high = interval(left, left.centres(rows[-1:]), LEVEL)
        held += bool(low[0] <= outcome[-1] <= high[0])
    return held / histories


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description="Measure the forecaster on made histories.")
    parser.add_argument("--histories", type=int, default=300, help="histories of a cell of the first two tables")
    parser.add_argument("--coverage", type=int, default=2000, help="histories of a cell of the third table")
    asked = parser.parse_args()
    print("root mean square rolling error of components / of ordinary regression, and their ratio")
    print(f"{'rows':>5}{'indicators':>12}" + "".join(f"{condition:>24.0e}" for condition in CONDITIONS))
    for rows in (15, 20):
        for columns in (4, 6, 8):
            cells = []
            for condition in CONDITIONS:
                own, plain = against_ordinary(rows, columns, condition, asked.histories)
                cells.append(f"{own:8.2f} /{plain:7.2f} {own / plain:5.2f}{' ' if own < plain else '!'}")
            print(f"{rows:>5}{columns:>12}" + "".join(f"{cell:>24}" for cell in cells), flush=True)
    print("\nerror with experts' weights as a share of that without: good opinions, random ones")
    for rows in (15, 20):
        for columns in (6, 8):
            good, random = of_opinions(rows, columns, 4 * asked.histories)
            print(f"{rows:>5}{columns:>12}{good:>10.3f}{random:>10.3f}", flush=True)
    print("\nshare of 90 % intervals that hold the next outcome")
    for years in (15, 20, 30):
        print(f"{years:>5} years{coverage(years, asked.coverage):>10.3f}", flush=True)


if __name__ == "__main__":
    main()
