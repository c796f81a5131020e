"""Scenarios with a history made for tests: two hidden courses behind three indicators, a figure and a count."""

from __future__ import annotations

from typing import Any

import numpy as np

from oshopt.model import (
    Budget,
    DecisionEntry,
    ForecastSettings,
    Form,
    HistoryEntry,
    Indicator,
    Rate,
    Role,
    Scenario,
    Simulated,
)
from tests.making import scenario_of

FIRST = 2006
INDICATORS = ("guards", "hazards", "overtime")
DAYS = Indicator(id="days", name="Days lost", role=Role.OUTCOME, limit=60.0)
INJURIES = Indicator(
    id="injuries",
    role=Role.OUTCOME,
    form=Form.COUNT,
    exposure="hours",
    rate=Rate.LTIFR,
    simulated=Simulated.INJURIES,
)
HOURS = Indicator(id="hours", role=Role.EXPOSURE)


def values(years: int = 20, seed: int = 1) -> dict[str, np.ndarray]:
    """Return every series; `days` of a year follow from the indicators of the year before, with some noise."""
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(years, 2))
    found = {
        "guards": 50 + 8 * hidden[:, 0] + rng.normal(size=years),
        "hazards": 30 - 5 * hidden[:, 0] + rng.normal(size=years),
        "overtime": 12 + 3 * hidden[:, 1] + 0.5 * rng.normal(size=years),
        "hours": rng.uniform(1.4e6, 1.6e6, years),
    }
    before = np.vstack([hidden[:1], hidden[:-1]])
    found["days"] = 60 - 6 * before[:, 0] + 4 * before[:, 1] + rng.normal(size=years)
    rate = 20e-6 * np.exp(-0.2 * before[:, 0] + 0.15 * before[:, 1])
    found["injuries"] = rng.poisson(rate * found["hours"]).astype(float)
    return found


def history(found: dict[str, np.ndarray], first: int = FIRST) -> tuple[HistoryEntry, ...]:
    """Return rows of series that start in `first`; what is no number is left out."""
    return tuple(
        HistoryEntry(indicator=name, year=first + at, value=float(value))
        for name, row in found.items()
        for at, value in enumerate(row)
        if np.isfinite(value)
    )


def change(indicator: str | None = None, by: float | None = None, **parts: Any) -> DecisionEntry:
    """Return a row of `decisions`."""
    return DecisionEntry(indicator=indicator, change=by, **parts)


def with_history(
    found: dict[str, np.ndarray] | None = None, outcomes: tuple[Indicator, ...] = (DAYS,), **parts: Any
) -> Scenario:
    """Return a scenario with the history, outcomes and what else is given; `forecast` are its settings."""
    given = values() if found is None else found
    kept = {name: row for name, row in given.items() if name in {*INDICATORS, "hours", *(one.id for one in outcomes)}}
    series = [Indicator(id=name) for name in kept if name in INDICATORS]
    series += [*outcomes, HOURS]
    budget = {"budget": Budget(per_year=100.0), "forecast": ForecastSettings(minimise=outcomes[0].id)}
    return scenario_of(**(budget | {"indicators": {one.id: one for one in series}, "history": history(kept)} | parts))
