"""Strategies side by side, against doing nothing and the optimum: what each is worth, and how any two differ.

Two strategies are held against each other three times: by the figures as stated, on draws of weights and increments,
and replication by replication of a simulation, each time under the same chances. One dominates the other only where it
is as good by every figure and better by one each time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from oshopt.economics import economics
from oshopt.model import (
    DO_NOTHING,
    RESERVED,
    Comparison,
    Contrast,
    Difference,
    Economics,
    Evaluation,
    FrozenMap,
    LossYear,
    OutcomeLine,
    Plan,
    Scenario,
    Standing,
    Strategy,
    Study,
    Target,
    Verdict,
)
from oshopt.risk import Draws, difference, drawn_strategy, draws_of, effect, evaluate, funding_of, uncertain
from oshopt.risk.evaluation import case_of
from oshopt.risk.funding import deal

DRAWS, SEED = 1000, 1
"""Draws of what is uncertain behind bands, and their seed."""
BESIDE = ("last-year", "actual")
"""Strategies that stand in every comparison of a scenario that has them: last year's plan, and what was spent."""
FEW = 5
"""So many alternatives, doing nothing among them, are held against each other in every pair."""


def compare(
    scenario: Scenario,
    strategies: Iterable[str] | None = None,
    *,
    optimum: Plan | None = None,
    draws: Draws | None = None,
    study: Study | None = None,
    standings: bool = False,
    lines: Mapping[str, OutcomeLine] = FrozenMap(),
) -> Comparison:
    """Return strategies, doing nothing and a plan beside each other.

    Arguments:
        scenario: what they are strategies of.
        strategies: ids of the scenario's strategies, all of them by default, in the order in which they are shown; what
            `BESIDE` names is always there.
        optimum: the allocator's plan.
        draws: of what is uncertain; by default of the stated spreads. Give those of a survey where weights come from
            one.
        study: a simulation of `compared(…)`, made with `every_pair`.
        standings: whether the score and compliance under each are worked out too.
        lines: outcomes to forecast under each, by id, as `forecast.outcome_lines` gives them.

    Raises:
        InputError: for an unknown strategy.

    """
    tables = compared(scenario, strategies, optimum=optimum)
    order = tuple(table.id for table in tables)
    if draws is None and uncertain(scenario):
        draws = draws_of(scenario, DRAWS, SEED)
    drawn = {} if draws is None else {table.id: drawn_strategy(scenario, table, draws) for table in tables}
    evaluations = {table.id: evaluate(scenario, table) for table in tables}
    money = {table.id: economics(scenario, table) for table in tables}
    pairs = held(order)
    on_draws = {name: each.figures() for name, each in drawn.items()}
    differences = tuple(difference(pair, on_draws[pair[0]], on_draws[pair[1]]) for pair in pairs if drawn)
    return Comparison(
        scenario=scenario.name,
        nothing=evaluations[DO_NOTHING.id],
        strategies=FrozenMap({name: evaluations[name] for name in order if name not in RESERVED}),
        optimum=optimum,
        order=order,
        bands=FrozenMap({name: each.bands() for name, each in drawn.items()}),
        economics=FrozenMap({name: _banded(each, study) for name, each in money.items()}),
        drawn=differences,
        study=study,
        verdicts=_verdicts(
            pairs, {name: _stated(evaluations[name], money[name]) for name in order}, differences, study
        ),
        lines=FrozenMap({table.id: _lines(scenario, table) for table in tables} if scenario.lines else {}),
        standings=_standings(scenario, evaluations, lines) if standings else FrozenMap(),
    )


def compared(
    scenario: Scenario, strategies: Iterable[str] | None = None, *, optimum: Plan | None = None
) -> list[Strategy]:
    """Return what `compare` sets side by side, in its order: doing nothing, the strategies, the plan."""
    known = scenario.strategy_tables
    named = list(known) if strategies is None else [name for name in strategies if name not in RESERVED]
    names = dict.fromkeys([*named, *(name for name in BESIDE if name in known)])
    tables = [DO_NOTHING, *(scenario.strategy(name) for name in names)]
    return tables if optimum is None else [*tables, optimum.as_strategy()]


def held(order: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs that are held against each other: all where they are few, else those with three of them.

    These are doing nothing, the first strategy and the last of all, the optimum.
    """
    pairs = list(combinations(order, 2))
    if len(order) <= FEW:
        return pairs
    points = {order[0], order[1], order[-1]}
    return [pair for pair in pairs if points & set(pair)]


def _stated(evaluation: Evaluation, money: Economics) -> dict[str, float]:
    """Return the figures as stated, of which less is better, N taken negative."""
    rows = money.flow.planned
    return {
        **{f"safe_service:{name}": -value for name, value in evaluation.safe_service.items()},
        "cases": evaluation.cases,
        "injuries": math.fsum(row.losses.injuries for row in rows),
        "lost_days": math.fsum(row.losses.lost_days for row in rows),
        "other_losses": math.fsum(row.losses.fines + row.losses.stoppages + row.losses.others for row in rows),
        "cost": evaluation.cost,
    }


def _dominance(first: Mapping[str, float], second: Mapping[str, float]) -> int:
    better = worse = False
    for name, base in first.items():
        if base != second[name] and not math.isclose(base, second[name], rel_tol=1e-9):
            better |= second[name] < base
            worse |= second[name] > base
    return int(better and not worse) - int(worse and not better)


def _verdicts(
    pairs: Sequence[tuple[str, str]],
    stated: Mapping[str, Mapping[str, float]],
    drawn: Sequence[Difference],
    study: Study | None,
) -> tuple[Verdict, ...]:
    on_draws = {(each.first, each.second): each for each in drawn}
    simulated = {(each.first, each.second): each for each in study.differences} if study is not None else {}
    verdicts = []
    for pair in pairs:
        sign = _dominance(stated[pair[0]], stated[pair[1]])
        shares = [
            None if found is None else (found.dominates, found.dominated)
            for found in (on_draws.get(pair), simulated.get(pair))
        ]
        known = [share for share in shares if share is not None]
        judged = study is None or pair in simulated
        verdicts.append(
            Verdict(
                first=pair[0],
                second=pair[1],
                stated=sign,
                draws=shares[0],
                replications=shares[1],
                dominates=judged and sign == 1 and all(share[0] == 1.0 for share in known),
                dominated=judged and sign == -1 and all(share[1] == 1.0 for share in known),
            )
        )
    return tuple(verdicts)


def _banded(money: Economics, study: Study | None) -> Economics:
    """Return the economics with the ranges of nine replications of ten.

    Fines, stoppages and other losses are not simulated: they count as planned in every replication.
    """
    if study is None:
        return money
    name = money.flow.strategy
    totals = next((outcome.totals for outcome in study.outcomes if outcome.strategy == name), None)
    if totals is None or "losses" not in totals:
        return money
    rest = math.fsum((_rest(row.today) - _rest(row.losses)) * row.factor for row in money.flow.planned)
    spread = {key: (totals[key].p05, totals[key].p95) for key in ("losses", "spend")}
    found = _burden(study, name)
    if found is not None:
        spread["net_present_value"] = (rest - found.p95, rest - found.p05)
    return money.model_copy(update={"bands": FrozenMap(spread)})


def _rest(losses: LossYear) -> float:
    return losses.money - losses.of_people


def _burden(study: Study, name: str) -> Contrast | None:
    pair = (DO_NOTHING.id, name)
    return next((each.figures["burden"] for each in study.differences if (each.first, each.second) == pair), None)


def _lines(scenario: Scenario, table: Strategy) -> FrozenMap[str, float]:
    """Return what each budget line pays of a strategy over the horizon, dealt out so that the least stays unpaid."""
    case = case_of(scenario, table)
    cost = case.spend + effect.upkeep(case.arrays, case.bought.share, case.kept)
    free, named = deal(funding_of(scenario, case.arrays), cost, case.bought.named)
    paid = (free + named).sum(axis=(1, 2))
    return FrozenMap(dict(zip(scenario.lines, paid.tolist(), strict=True)))


def _standings(
    scenario: Scenario, evaluations: Mapping[str, Evaluation], lines: Mapping[str, OutcomeLine]
) -> FrozenMap[str, Standing]:
    """Return what is measured beyond risk under each, once what is in force in the last year acts."""
    if not (scenario.scorecard or scenario.compliance or lines):
        return FrozenMap()
    return FrozenMap({name: _standing(scenario, each, lines) for name, each in evaluations.items()})


def _standing(scenario: Scenario, evaluation: Evaluation, lines: Mapping[str, OutcomeLine]) -> Standing:
    from oshopt.assessment import compliance_after, score_after

    shares = {measure: list(row.values())[-1] for measure, row in evaluation.in_force.items()}
    card = score_after(scenario, shares) if scenario.scorecard else None
    level = compliance_after(scenario, shares).total if scenario.compliance else None
    changes: dict[str, float] = {}
    for row in scenario.effects:
        if row.on is Target.INDICATOR:
            changes[row.target] = changes.get(row.target, 0.0) + row.effect * shares[row.measure]
    return Standing(
        score=None if card is None else (card.low, card.high),
        compliance=None if level is None else level.low,
        failures=None if level is None else level.failures,
        outcomes=FrozenMap({name: line.value(FrozenMap(changes)) for name, line in lines.items()}),
    )
