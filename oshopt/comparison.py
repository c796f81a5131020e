"""Strategies side by side, against doing nothing and against the optimum."""

from __future__ import annotations

from collections.abc import Iterable

from oshopt.model import DO_NOTHING, Comparison, FrozenMap, Plan, Scenario
from oshopt.risk import evaluate


def compare(scenario: Scenario, strategies: Iterable[str] | None = None, *, optimum: Plan | None = None) -> Comparison:
    """Return the evaluations of strategies, of doing nothing, and a plan beside them.

    `strategies` are ids of the scenario's strategies, all of them by default. Raises `InputError` for an unknown one.
    """
    names = list(scenario.strategy_tables) if strategies is None else list(strategies)
    return Comparison(
        scenario=scenario.name,
        nothing=evaluate(scenario, DO_NOTHING),
        strategies=FrozenMap({name: evaluate(scenario, name) for name in names}),
        optimum=optimum,
    )
