"""A scenario as arrays, in the order of ids. Only `risk` and the engines on top of it see positions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from oshopt.model import FrozenMap, Kind, Level, Scenario, Target
from oshopt.risk.choices import Choices, choices_of
from oshopt.risk.classes import acceptable_risk
from oshopt.risk.service import Floats

Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
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
    fixed: Floats
    """Money that undertaking a divisible measure costs before its first effect, in each year's prices, shape (M, T)."""
    least: Floats
    """Least share of a divisible measure if it is undertaken at all, shape (M,)."""
    curves: Mapping[int, tuple[Floats, Floats]]
    """Row of a divisible measure → (shares of cost, shares of effect), both rising from 0 to 1."""
    choices: Mapping[int, Choices]
    """Row of a whole or levelled measure → the ways to buy it."""
    levelled: tuple[int, ...]
    """Rows of the measures bought by levels."""
    requires: tuple[tuple[int, int, float], ...]
    """(measure, other, share): where the measure is in force, the other must be, at least to that share."""
    excludes: tuple[tuple[int, int], ...]
    """Pairs of measures of which only one may be in force in a year."""
    growth: Floats
    """Prices of each year over those of the first, shape (T,)."""
    duty_from: Mapping[int, int]
    """Row of a mandatory measure → first year, counted from 0, in which it must be in full force."""
    reached: Floats
    """e_max·reach: part of a group's risk that a measure of weight 1 removes, shape (G, M)."""
    headcount: Floats
    increment: Floats
    acceptable: Floats
    served: Floats
    initial: Floats

    @cached_property
    def once(self) -> Booleans:
        """Which measures are bought at most once in the horizon: whole and levelled ones that last, shape (M,)."""
        chosen = np.zeros(len(self.measures), dtype=bool)
        chosen[list(self.choices)] = True
        return chosen & (self.lifetime > 1) & ~self.free

    @cached_property
    def free(self) -> Booleans:
        """Which measures cost nothing to carry out, shape (M,)."""
        free: Booleans = np.asarray(~self.full_cost.any(axis=1) & ~self.fixed.any(axis=1))
        for row, choices in self.choices.items():
            free[row] = not choices.price.any()
        return free

    @property
    def gain(self) -> Floats:
        """e_max·k_m·reach, fall of a group's increment by each measure in full, shape (G, M) (eq. 7)."""
        return self.reached * self.weight

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
    growth: Floats = (1.0 + scenario.settings.price_growth) ** np.arange(float(scenario.settings.horizon))
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
        fixed=np.array([row.fixed_cost if row.kind is Kind.DIVISIBLE else 0.0 for row in rows])[:, None] * growth,
        least=np.array([row.minimum for row in rows]),
        curves=_curves(scenario, measures),
        choices={i: found for i, name in enumerate(measures) if (found := choices_of(scenario, name)) is not None},
        levelled=tuple(i for i, row in enumerate(rows) if row.kind is Kind.LEVELS),
        requires=tuple(_requires(scenario, measures)),
        excludes=tuple(_excludes(scenario, measures)),
        growth=growth,
        duty_from=duty,
        reached=max_effect[:, None] * _reach(scenario, measures, groups),
        headcount=np.array([float(group.headcount) for group in people]),
        increment=np.array([group.risk_increment for group in people]),
        acceptable=np.array([acceptable_risk(group) for group in people]),
        served=np.array([group.served for group in people]),
        initial=np.array([group.initial_risk for group in people]),
    )


def _requires(scenario: Scenario, measures: tuple[str, ...]) -> Iterator[tuple[int, int, float]]:
    place = {name: i for i, name in enumerate(measures)}
    for name, row in scenario.measures.items():
        for other in sorted(set(row.requires)):
            whole = scenario.measures[other].kind is Kind.WHOLE
            yield place[name], place[other], 1.0 if whole else 0.5


def _excludes(scenario: Scenario, measures: tuple[str, ...]) -> list[tuple[int, int]]:
    place = {name: i for i, name in enumerate(measures)}
    pairs = [(place[name], place[other]) for name, row in scenario.measures.items() for other in row.excludes]
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _reach(scenario: Scenario, measures: tuple[str, ...], groups: tuple[str, ...]) -> Floats:
    reach = np.ones((len(groups), len(measures)))
    row, column = ({name: i for i, name in enumerate(names)} for names in (groups, measures))
    for effect in scenario.effects:
        if effect.on is Target.GROUP:
            reach[row[effect.target], column[effect.measure]] = effect.effect
    return reach


def _curves(scenario: Scenario, measures: tuple[str, ...]) -> dict[int, tuple[Floats, Floats]]:
    points: dict[str, list[Level]] = {}
    for level in scenario.levels:
        if scenario.measures[level.measure].kind is Kind.DIVISIBLE:
            points.setdefault(level.measure, []).append(level)
    curves = {}
    for name, levels in points.items():
        placed = sorted({(0.0, 0.0)} | {(level.cost or 0.0, level.effect) for level in levels})
        curves[measures.index(name)] = (
            np.array([cost for cost, _ in placed]),
            np.array([gain for _, gain in placed]),
        )
    return curves
