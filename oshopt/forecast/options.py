"""What can be decided, and what may come from outside: decisions, plans and external states of a scenario."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oshopt.language import say
from oshopt.model import DO_NOTHING, DecisionEntry, Evaluation, InputError, Problem, Scenario, Target


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be decided: its cost and what it changes."""

    name: str
    cost: float
    changes: Mapping[str, float]
    """Change of each indicator against its last observed value."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of the world outside: its probability and what it changes."""

    name: str
    probability: float
    changes: Mapping[str, float]


def options(scenario: Scenario, plans: Sequence[Evaluation], year: int) -> dict[str, Option]:
    """Return doing nothing, the decisions of the scenario and plans, by id.

    A plan changes an indicator by the effect of each measure on it times the share in force in `year` (the nearest
    year of the horizon), and costs what it spends in that year. Raises `InputError` for a plan named as a decision.
    """
    leads, changes = _gathered([row for row in scenario.decisions if row.decision is not None], "decision")
    found = {DO_NOTHING.id: Option(say("do nothing"), 0.0, {})}
    found |= {key: Option(lead.name or key, lead.cost or 0.0, changes[key]) for key, lead in leads.items()}
    taken = sorted({plan.strategy for plan in plans} & leads.keys())
    if taken:
        message, remedy = "a strategy has the same name", "Rename the decision or the strategy."
        raise InputError(Problem("decisions", name, "decision", name, message, remedy) for name in taken)
    nearest = min(max(year, scenario.years[0]), scenario.years[-1])
    for plan in plans:
        if plan.strategy != DO_NOTHING.id:
            moved = _moved(scenario, plan, nearest)
            found[plan.strategy] = Option(plan.strategy, plan.cost_by_year[nearest], moved)
    return found


def states(scenario: Scenario) -> dict[str, State]:
    """Return the external states by id, probabilities divided by their sum."""
    leads, changes = _gathered([row for row in scenario.decisions if row.state is not None], "state")
    total = math.fsum(lead.probability or 0.0 for lead in leads.values())
    return {
        key: State(lead.name or key, (lead.probability or 0.0) / total, changes[key]) for key, lead in leads.items()
    }


def cost_limit(scenario: Scenario) -> float | None:
    """Return C_Γ: the forecast's own limit, or the money of the first year; None where nothing limits it."""
    if scenario.settings.forecast.cost_limit is not None:
        return scenario.settings.forecast.cost_limit
    budget, first = scenario.settings.budget, scenario.years[0]
    found = [value for value in (budget.per_year, budget.total) if value is not None]
    if scenario.lines:
        found.append(math.fsum(line.amount.get(first, 0.0) for line in scenario.lines.values()))
    return min(found, default=None)


def _gathered(
    rows: Sequence[DecisionEntry], column: str
) -> tuple[dict[str, DecisionEntry], dict[str, dict[str, float]]]:
    leads: dict[str, DecisionEntry] = {}
    changes: dict[str, dict[str, float]] = {}
    for row in sorted(rows, key=lambda row: (str(getattr(row, column)), row.indicator or "")):
        key = str(getattr(row, column))
        leads.setdefault(key, row)
        own = changes.setdefault(key, {})
        if row.indicator is not None and row.change is not None:
            own[row.indicator] = row.change
    return leads, changes


def _moved(scenario: Scenario, plan: Evaluation, year: int) -> dict[str, float]:
    changes: dict[str, float] = {}
    for effect in scenario.effects:
        if effect.on is Target.INDICATOR and effect.measure in plan.in_force:
            share = plan.in_force[effect.measure].get(year, 0.0)
            changes[effect.target] = changes.get(effect.target, 0.0) + effect.effect * share
    return changes
