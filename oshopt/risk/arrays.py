"""A scenario as arrays, in the order of ids. Only `risk` and the engines on top of it see positions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oshopt.model import FrozenMap, Level, Scenario, Target
from oshopt.risk.classes import acceptable_risk
from oshopt.risk.service import Floats

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioArrays:
    """Figures of a scenario: M measures, G groups, T years. Money in the scenario's currency, risk in 1/year."""

    measures: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, ...]
    weight: Floats
    """k_m, shape (M,), sums to 1."""
    full_cost: Floats
    """Z_max in each year's prices, shape (M, T)."""
    lead: Ints
    """Whole years from paying to the first full year of effect, shape (M,)."""
    lifetime: Ints
    upkeep: Floats
    status_quo: Floats
    curves: Mapping[int, tuple[Floats, Floats]]
    """Row of a measure → (shares of cost, shares of effect), both rising from 0 to 1."""
    duty_from: Mapping[int, int]
    """Row of a mandatory measure → first year, counted from 0, in which it must be in full force."""
    reached: Floats
    """e_max·reach: part of a group's risk that a measure of weight 1 removes, shape (G, M)."""
    headcount: Floats
    increment: Floats
    acceptable: Floats
    served: Floats
    initial: Floats

    @property
    def gain(self) -> Floats:
        """e_max·k_m·reach, fall of a group's increment by each measure in full, shape (G, M) (eq. 7)."""
        return self.reached * self.weight

    @property
    def renewal_rate(self) -> Floats:
        """Share of full cost a year that keeps a measure in force for good: 1/lifetime + upkeep past the first year."""
        return (1.0 + self.upkeep * (self.lifetime - 1)) / self.lifetime

    @property
    def room(self) -> Floats:
        """Share of each measure that money can still buy, 1 − status quo, shape (M,)."""
        return 1.0 - self.status_quo

    def by_measure(self, table: Floats) -> FrozenMap[str, FrozenMap[int, float]]:
        """Return an array (M, T) keyed by measure and calendar year."""
        return FrozenMap({name: self.by_year(row) for name, row in zip(self.measures, table, strict=True)})

    def by_group(self, table: Floats) -> FrozenMap[str, FrozenMap[int, float]]:
        """Return an array (G, T) keyed by group and calendar year."""
        return FrozenMap({name: self.by_year(row) for name, row in zip(self.groups, table, strict=True)})

    def by_year(self, row: Floats) -> FrozenMap[int, float]:
        """Return an array (T,) keyed by calendar year."""
        return FrozenMap(dict(zip(self.years, row.tolist(), strict=True)))


def arrays_of(scenario: Scenario) -> ScenarioArrays:
    """Return a scenario's figures as arrays."""
    measures, groups = tuple(scenario.measures), tuple(scenario.groups)
    rows = [scenario.measures[name] for name in measures]
    people = [scenario.groups[name] for name in groups]
    growth = (1.0 + scenario.settings.price_growth) ** np.arange(scenario.settings.horizon)
    weight = np.array([scenario.weights[name] for name in measures])
    max_effect = np.array([group.max_effect for group in people])
    lead = np.array([math.ceil(row.lead_time) for row in rows])
    first = scenario.settings.start_year
    duty = {
        i: (row.deadline - first if row.deadline is not None else int(lead[i]))
        for i, row in enumerate(rows)
        if row.mandatory
    }
    return ScenarioArrays(
        measures=measures,
        groups=groups,
        years=tuple(scenario.years),
        weight=weight,
        full_cost=np.array([scenario.full_cost(name) for name in measures])[:, None] * growth,
        lead=lead,
        lifetime=np.array([row.lifetime for row in rows]),
        upkeep=np.array([row.upkeep for row in rows]),
        status_quo=np.array([row.status_quo for row in rows]),
        curves=_curves(scenario, measures),
        duty_from=duty,
        reached=max_effect[:, None] * _reach(scenario, measures, groups),
        headcount=np.array([float(group.headcount) for group in people]),
        increment=np.array([group.risk_increment for group in people]),
        acceptable=np.array([acceptable_risk(group) for group in people]),
        served=np.array([group.served for group in people]),
        initial=np.array([group.initial_risk for group in people]),
    )


def _reach(scenario: Scenario, measures: tuple[str, ...], groups: tuple[str, ...]) -> Floats:
    reach = np.ones((len(groups), len(measures)))
    for effect in scenario.effects:
        if effect.on is Target.GROUP:
            reach[groups.index(effect.target), measures.index(effect.measure)] = effect.effect
    return reach


def _curves(scenario: Scenario, measures: tuple[str, ...]) -> dict[int, tuple[Floats, Floats]]:
    points: dict[str, list[Level]] = {}
    for level in scenario.levels:
        points.setdefault(level.measure, []).append(level)
    curves = {}
    for name, levels in points.items():
        placed = sorted({(0.0, 0.0)} | {(level.cost or 0.0, level.effect) for level in levels})
        curves[measures.index(name)] = (
            np.array([cost for cost, _ in placed]),
            np.array([gain for _, gain in placed]),
        )
    return curves
