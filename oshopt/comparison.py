"""Strategies side by side, against doing nothing and against the optimum."""

from __future__ import annotations

from collections.abc import Iterable

from oshopt.model import DO_NOTHING, Comparison, FrozenMap, Plan, Scenario, Strategy
from oshopt.risk import Draws, bands, draws_of, evaluate, uncertain

DRAWS, SEED = 1000, 1
"""Draws of what is uncertain behind bands, and their seed."""


def compare(
    scenario: Scenario,
    strategies: Iterable[str] | None = None,
    *,
    optimum: Plan | None = None,
    draws: Draws | None = None,
) -> Comparison:
    """Return the evaluations of strategies, of doing nothing, and a plan beside them, with bands if any is uncertain.

    `strategies` are ids of the scenario's strategies, all of them by default. `draws` of what is uncertain default to
    ones of the stated spreads; give those of a survey where the weights come from one. Raises `InputError` for an
    unknown strategy.
    """
    names = list(scenario.strategy_tables) if strategies is None else list(strategies)
    if draws is None and uncertain(scenario):
        draws = draws_of(scenario, DRAWS, SEED)
    beside: list[Strategy | str] = [DO_NOTHING, *names]
    if optimum is not None:
        beside.append(optimum.as_strategy())
    found = [] if draws is None else [bands(scenario, each, draws) for each in beside]
    return Comparison(
        scenario=scenario.name,
        nothing=evaluate(scenario, DO_NOTHING),
        strategies=FrozenMap({name: evaluate(scenario, name) for name in names}),
        optimum=optimum,
        bands=FrozenMap({each.strategy: each for each in found}),
    )
