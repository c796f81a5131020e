"""What is left of a scenario when some of its years have gone by: what a planner is asked who plans anew each January.

A scenario knows nothing of half-used purchases, so what is left is told in its own terms, exactly where nothing has
been bought yet and as a fair approximation otherwise:

- What a purchase of this year would find in force (or under way) when it begins to act counts as status quo: it costs
  its upkeep and cannot be bought again; what ends before then can. A measure whose curve is partly bought is straight
  from there on.
- dR is lowered by that effect and `max_effect` raised to match, up to 1, so that each measure's own fall of risk a
  year stays what it was.
- Accumulated risk is what the increments of the scenario have given so far under what was really in force.
- Money is what the lines and the total still have, without payments still due for projects under way; the yearly budget
  is lowered by the most that is due in any year left. Prices are those of the year.
- A whole measure or a level that lasts and is in force or under way is not bought again, nor is a level bought beside
  another of its measure. A way whose payments no longer fit into the years left cannot be chosen.
- A measure is closed in years whose purchase would stand beside a purchase that it excludes, or outlast the purchase
  that it requires, although that one might be renewed. What is in force already is not held to what it requires.
- Rules hold for the years left, less what has been bought; one on a part of all money holds for the money left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from oshopt.model import (
    AssessmentSettings,
    Budget,
    BudgetEntry,
    ForecastSettings,
    FrozenMap,
    Measure,
    Scenario,
    Target,
    WorkGroup,
)
from oshopt.risk import effect, service
from oshopt.risk.arrays import ScenarioArrays
from oshopt.risk.exposure import Floats
from oshopt.simulation.commitments import Made
from oshopt.simulation.projects import Horizon, Purchase, effect_of, force_over_time
from oshopt.simulation.treasury import Treasury


class Standing(NamedTuple):
    """Where an enterprise stands at the start of a year."""

    year: int
    """Years gone by."""
    kept: Floats
    """Share of the status quo still paid for, shape (measures,)."""
    purchases: Sequence[Purchase]
    """Everything ordered so far."""
    kept_steps: Sequence[tuple[float, int, float]]
    """Falls of the status quo so far: time, position of the measure, share left."""
    treasury: Treasury
    """Money, the new year's included."""


def what_is_left(scenario: Scenario, arrays: ScenarioArrays, standing: Standing) -> Scenario:
    """Return the scenario that remains at the start of a year: its last years, people as they are, money that is left.

    `arrays` are those of `scenario`. The result has no strategies.
    """
    year = standing.year
    bought = _in_force_on_arrival(arrays, standing)[:, None]
    kept = standing.kept[:, None]
    gained = effect.effect_share(arrays, bought, kept)
    fall = effect.effect(arrays, gained, kept)[:, 0]
    held = np.minimum(standing.kept + gained[:, 0], 1.0)
    risk = _risk_now(arrays, standing)
    curved = {arrays.measures[row] for row in arrays.curves if bought[row, 0] > 0}
    made = Made(scenario, arrays, year, standing.purchases, held, standing.kept)
    due = made.due()
    lines = _lines(scenario, standing, due)
    ways, costs, closed = made.ways({entry.line for entry in lines})
    settings = scenario.settings.update(
        start_year=scenario.settings.start_year + year,
        horizon=scenario.settings.horizon - year,
        budget=_budget(scenario, standing, due, none=not lines),
        rule=made.rules(closed),
        forecast=ForecastSettings(),
        assessment=AssessmentSettings(),
    )
    growth = float(arrays.growth[year])
    return Scenario(
        settings=settings,
        measures=FrozenMap(
            {
                name: _measure(made, row, _price(arrays, row, standing, bought), settings.start_year).update(
                    fixed_cost=scenario.measures[name].fixed_cost * growth
                )
                for row, name in enumerate(arrays.measures)
            }
        ),
        groups=FrozenMap(
            {
                name: _group(scenario.groups[name], float(fall[row]), float(risk[row]))
                for row, name in enumerate(arrays.groups)
            }
        ),
        effects=tuple(row for row in scenario.effects if row.on is Target.GROUP),
        budgets=lines,
        levels=tuple(level for level in ways if level.measure not in curved),
        costs=costs,
    )


def _in_force_on_arrival(arrays: ScenarioArrays, standing: Standing) -> Floats:
    """Return the bought share that money of this year would find in force when it begins to act, shape (measures,)."""
    share = np.zeros(len(arrays.measures))
    for purchase in standing.purchases:
        arrival = standing.year + int(arrays.lead[purchase.row])
        done = purchase.done if math.isfinite(purchase.done) else max(purchase.planned, standing.year)
        if done <= arrival < done + purchase.lifetime:
            held = share[purchase.row]
            either = purchase.row in arrays.levelled
            share[purchase.row] = max(held, purchase.share) if either else held + purchase.share
    return np.minimum(share, 1.0)


def _risk_now(arrays: ScenarioArrays, standing: Standing) -> Floats:
    begin = service.start(arrays.increment, arrays.acceptable, arrays.served, arrays.initial).risk
    force = force_over_time(arrays, standing.purchases, standing.kept_steps, Horizon(standing.year, False))
    edges = np.minimum(np.append(force.breaks, math.inf), standing.year)
    return np.asarray(begin + service.rates(arrays.increment, effect_of(arrays, force)) @ np.diff(edges))


def _price(arrays: ScenarioArrays, row: int, standing: Standing, bought: Floats) -> float:
    """Return Z_max of this year; of a curve partly bought, so that its rest costs what it does."""
    full, share = float(arrays.full_cost[row, standing.year]), float(bought[row, 0])
    if row not in arrays.curves or share <= 0:
        return full
    gained = float(np.interp(share, *arrays.curves[row]))
    return full * (1.0 - share) / (1.0 - gained) if gained < 1.0 else full


def _measure(made: Made, row: int, full_cost: float, start_year: int) -> Measure:
    arrays, held = made.arrays, float(made.held[row])
    measure = made.scenario.measures[arrays.measures[row]]
    deadline = measure.deadline if measure.deadline is not None and measure.deadline > start_year else None
    left = measure.update(full_cost=full_cost, status_quo=held, deadline=deadline)
    if measure.minimum > 0:
        least = measure.minimum * float(arrays.full_cost[row, made.year]) / full_cost if full_cost > 0 else 0.0
        left = left.update(minimum=least if least <= 1.0 - held else 0.0)
    own = [purchase for purchase in made.alive if purchase.row == row]
    if row in arrays.levelled and own:
        taken = float(made.kept[row]) + max(purchase.taken for purchase in own)
        upkeep = min(1.0, measure.upkeep * taken / held) if held > 0 else measure.upkeep
        left = left.update(mandatory=False, upkeep=upkeep, deadline=None)
    return left


def _group(group: WorkGroup, fall: float, risk: float) -> WorkGroup:
    left = max(0.0, 1.0 - fall)
    return group.update(
        risk_increment=min(1.0, group.risk_increment * left),
        max_effect=min(1.0, group.max_effect / left) if left > 0 else group.max_effect,
        initial_risk=min(1.0, risk),
        served=0.0,
    )


def _budget(scenario: Scenario, standing: Standing, due: Floats, *, none: bool) -> Budget:
    budget = scenario.settings.budget
    if scenario.lines and none:
        return budget.update(total=0.0)
    if budget.per_year is not None:
        budget = budget.update(per_year=max(0.0, budget.per_year - float(due.sum(axis=0).max(initial=0.0))))
    return budget if budget.total is None else budget.update(total=max(0.0, standing.treasury.total - float(due.sum())))


def _lines(scenario: Scenario, standing: Standing, due: Floats) -> tuple[BudgetEntry, ...]:
    """Return the lines that still have money: what the first year has, what later ones will bring, less dues."""
    entries = []
    for row, (name, line) in enumerate(scenario.lines.items()):
        first, *later = scenario.years[standing.year :]
        money = {first: max(0.0, standing.treasury.balance[row])} | {y: line.amount.get(y, 0.0) for y in later}
        short = 0.0
        for y, owed in zip(reversed(money), reversed(due[row].tolist()), strict=True):
            left = money[y] - owed - (short if line.carry_over else 0.0)
            money[y], short = max(0.0, left), max(0.0, -left)
        if any(amount > 0 for amount in money.values()):
            entries += [
                BudgetEntry(line=name, year=y, amount=amount, carry_over=line.carry_over, measures=line.measures)
                for y, amount in money.items()
            ]
    return tuple(entries)
