"""What measures can do to the scorecard and to compliance, as linear pieces for a planner, and the way back.

A row of `effects` with `on = score` says by how much a fully carried out measure raises one part of the scorecard, in
the part's unit (people, defects, places; a yes counts 1, and needs the whole of it); its target is `indicator.part`,
or `indicator` where only one part of it can be moved. A row with `on = factor` says by how much it changes the actual
level of a factor, in the factor's unit and towards its requirement; its target is `factor`, for every row of it, or
`factor.workplace`. Effects of several measures add up, each times the share of its full effect in force.
`score_after` and `compliance_after` put such shares into the answers and judge these as any others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from oshopt.assessment.answers import exact, resolved, sheet_of
from oshopt.assessment.compliance import comply, judge, row_weights
from oshopt.assessment.levels import group_of, key_of, met, shortfalls, width
from oshopt.assessment.points import Place, Sheet, earned, standing
from oshopt.assessment.scoring import score
from oshopt.assessment.targets import Moves, factor_moves, form_of, headcounts, movable, require_sound, score_moves
from oshopt.model import Compliance, FactorEntry, FrozenMap, Scenario, Scorecard
from oshopt.model.assessment import Direction
from oshopt.model.form import PartKind
from oshopt.model.levers import (
    Bracket,
    ComplianceLevers,
    FactorLever,
    LevelPiece,
    MovedPart,
    ScoreLever,
    ScoreLevers,
)

COUNT_SLACK = 1e-5
"""How far below a whole count, or below a requirement as a part of its width, a plan's figure still counts as it."""


def score_levers(scenario: Scenario) -> ScoreLevers:
    """Return what measures can do to the total of the scenario's scorecard, low end.

    With E_m the share of measure m's full effect in force, beyond what is in force today, a plan's total is `fixed`
    plus, for each lever, the points of one bracket whose `at_least` every part's present + Σ effect·E reaches. Brackets
    worth less than today's points are left out: effects only add. Raises `InputError` for rows that fit nothing.
    """
    require_sound(scenario)
    form, readings = form_of(scenario), scenario.settings.assessment.readings
    card = score(scenario.scorecard, form, readings)
    sheet, moves = sheet_of(scenario.scorecard, form), score_moves(scenario, form)
    levers, taken = [], []
    for place in movable(form, readings):
        if not any(ref in moves for ref in place.moved):
            continue
        brackets = standing(place, sheet).brackets
        if brackets:
            now = earned(brackets, sheet)
            levers.append(_score_lever(place, tuple(b for b in brackets if b.points >= now), sheet, moves))
            taken.append(now)
    return ScoreLevers(fixed=math.fsum([card.low, *(-points for points in taken)]), levers=tuple(levers))


def _score_lever(place: Place, brackets: tuple[Bracket, ...], sheet: Sheet, moves: Moves) -> ScoreLever:
    parts = {ref: MovedPart(present=float(sheet[ref]), effect=FrozenMap(moves.get(ref, {}))) for ref in place.moved}
    return ScoreLever(item=place.name, parts=FrozenMap(parts), brackets=brackets)


def score_after(scenario: Scenario, shares: Mapping[str, float]) -> Scorecard:
    """Return the scorecard once shares of measures' full effects, by measure, are in force beyond today's.

    A count goes up to the whole number reached, and never above what is due; a no becomes yes where the effects sum to
    1. Everything else is the ordinary scoring of the changed answers.
    """
    form, readings = form_of(scenario), scenario.settings.assessment.readings
    sheet, moves = sheet_of(scenario.scorecard, form), score_moves(scenario, form)
    dues = {
        ref: sheet.get(place.ref(place.item.of))
        for place in movable(form, readings)
        for ref in place.moved
        if place.item.rule in ("all", "share")
    }
    parts, changed = form.parts, []
    for row in scenario.scorecard:
        ref = resolved(row, form)
        if ref not in moves or row.value is None:
            changed.append(row)
            continue
        value = float(exact(row.value)) + _moved_by(moves[ref], shares)
        whole = max(0, math.floor(value + COUNT_SLACK + 1e-9 * abs(value)))
        due = dues.get(ref)
        if parts[ref].kind is PartKind.YES_NO:
            changed.append(row.update(value=whole >= 1))
        else:
            changed.append(row.update(value=float(whole if due is None else min(whole, int(due)))))
    return score(changed, form, readings)


def compliance_levers(scenario: Scenario) -> ComplianceLevers:
    """Return what measures can do to the levels of compliance, low ends.

    A lever's level is the least of 1 and its pieces, each constant + Σ slope·E; "compliance of group G at least c" is
    group_fixed[G] + Σ group_weight·level ≥ c, "in all" the same with `fixed` and `weight`. No mandatory failure needs
    `failing` empty and every piece of each mandatory lever at 1 or above. Raises `InputError` for rows that do not fit.
    """
    require_sound(scenario)
    people, moves = headcounts(scenario), factor_moves(scenario)
    found = comply(scenario.compliance, people)
    rows = [factor.entry for factor in found.factors]
    weights = row_weights(rows, people)
    counts = {group: max(1, content.factors) for group, content in found.groups.items()}
    levers, fixed = [], found.total.low
    group_fixed = {group: content.low for group, content in found.groups.items()}
    for factor in found.factors:
        group = group_of(factor.entry)
        if factor.key in moves and group is not None:
            weight = weights[factor.key] / found.total.factors
            in_group = weights[factor.key] / counts[group.value]
            levers.append(_factor_lever(factor.entry, moves[factor.key], weight, in_group))
            fixed -= weight * factor.low
            group_fixed[group.value] -= in_group * factor.low
    failing = tuple(key for key in found.total.failures if key not in moves)
    return ComplianceLevers(fixed=fixed, group_fixed=FrozenMap(group_fixed), failing=failing, levers=tuple(levers))


def _factor_lever(row: FactorEntry, effects: Mapping[str, float], weight: float, in_group: float) -> FactorLever:
    group, actual, required = group_of(row), row.actual, row.required
    if group is None or actual is None or required is None:
        raise ValueError(f"{key_of(row)} has no level to move")
    scale = width(row)
    signs = {Direction.AT_LEAST: (1.0,), Direction.AT_MOST: (-1.0,), Direction.WITHIN: (1.0, -1.0)}[row.direction]
    pieces = [] if scale is None or met(row, actual) else [
        LevelPiece(
            constant=1.0 - short / scale,
            slope=FrozenMap({measure: sign * effect / scale for measure, effect in effects.items()}),
        )
        for sign, short in zip(signs, shortfalls(row, actual), strict=True)
    ]  # fmt: skip
    return FactorLever(
        key=key_of(row),
        group=group,
        mandatory=row.mandatory,
        required=required,
        upper=row.upper,
        direction=row.direction,
        actual=actual,
        pieces=tuple(pieces),
        weight=weight,
        group_weight=in_group,
    )


def compliance_after(scenario: Scenario, shares: Mapping[str, float]) -> Compliance:
    """Return the compliance once shares of measures' full effects, by measure, are in force beyond today's.

    A per cent stays within 0 and 100; everything else is the ordinary judging of the changed levels.
    """
    require_sound(scenario)
    moves = factor_moves(scenario)
    rows = [_after(row, moves.get(key_of(row), {}), shares) for row in scenario.compliance]
    return judge(rows, headcounts(scenario))


def _after(row: FactorEntry, effects: Mapping[str, float], shares: Mapping[str, float]) -> FactorEntry:
    if row.actual is None or not effects:
        return row
    actual = row.actual + _moved_by(effects, shares)
    scale = width(row)
    for at, short in enumerate(shortfalls(row, actual)):
        if scale is not None and 0 < short <= COUNT_SLACK * scale:
            up = row.direction is not Direction.AT_MOST and at == 0
            actual += short if up else -short
    if row.unit.strip() == "%":
        actual = min(100.0, max(0.0, actual))
    return row.update(actual=actual)


def _moved_by(effects: Mapping[str, float], shares: Mapping[str, float]) -> float:
    return math.fsum(effect * shares.get(measure, 0.0) for measure, effect in effects.items())
