"""What rows of `effects` on scores and factors mean, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from oshopt.assessment.answers import TABLE, examine, sheet_of
from oshopt.assessment.factors import catalogue
from oshopt.assessment.forms import standard_form
from oshopt.assessment.levels import TABLE as LEVELS
from oshopt.assessment.levels import examine_levels, group_of, key_of, shortfalls
from oshopt.assessment.points import Place, standing
from oshopt.assessment.scoring import places_of
from oshopt.model import AnswerSheet, Effect, FactorEntry, InputError, Problem, Scenario, Target, nearest
from oshopt.model.assessment import Direction
from oshopt.model.form import ScorecardForm
from oshopt.model.tables import row_key

Moves = dict[str, dict[str, float]]
"""Effect of each measure on each part or row that it moves."""


def form_of(scenario: Scenario) -> ScorecardForm:
    """Return the scorecard that a scenario's answers follow."""
    return scenario.form or standard_form()


def headcounts(scenario: Scenario) -> dict[str, int]:
    """Return the people of each work group."""
    return {name: group.headcount for name, group in scenario.groups.items()}


def movable(form: ScorecardForm, readings: Sequence[str]) -> list[Place]:
    """Return the items that money can buy under the chosen readings."""
    return [place for place in places_of(form, tuple(readings)) if place.indicator.plannable]


def score_moves(scenario: Scenario, form: ScorecardForm) -> Moves:
    """Return the effects on parts of the scorecard."""
    moves: Moves = {}
    for row in scenario.effects:
        ref = _ref(row, form, scenario.settings.assessment.readings) if row.on is Target.SCORE else None
        if ref is not None:
            table = moves.setdefault(ref, {})
            table[row.measure] = table.get(row.measure, 0.0) + row.effect
    return moves


def factor_moves(scenario: Scenario) -> Moves:
    """Return the effects on rows of compliance."""
    moves: Moves = {}
    for row in scenario.effects:
        if row.on is Target.FACTOR:
            for entry in _rows_of(row.target, scenario.compliance):
                table = moves.setdefault(key_of(entry), {})
                table[row.measure] = table.get(row.measure, 0.0) + row.effect
    return moves


def _ref(row: Effect, form: ScorecardForm, readings: Sequence[str]) -> str | None:
    refs = [ref for place in movable(form, readings) for ref in place.moved]
    own = [ref for ref in refs if ref.partition(".")[0] == row.target]
    if row.target in refs:
        return row.target
    return own[0] if len(own) == 1 else None


def _rows_of(target: str, rows: Sequence[FactorEntry]) -> list[FactorEntry]:
    return [row for row in rows if row.applies and target in (row.factor, key_of(row))]


def require_sound(scenario: Scenario) -> None:
    """Raise `InputError` with everything that is wrong with answers, levels and effects on them."""
    problems = examine_assessment(scenario)
    if problems:
        raise InputError(problems)


def examine_sheet(sheet: AnswerSheet, form: ScorecardForm | None, readings: Sequence[str]) -> list[Problem]:
    """Return everything that is wrong with answers and levels that stand on their own."""
    return examine(sheet.scorecard, form or standard_form(), readings) + examine_levels(sheet.compliance, None)


def examine_assessment(scenario: Scenario, broken: Collection[str] = ()) -> list[Problem]:
    """Return everything that is wrong with answers, levels and effects on them, in one list.

    `broken` names tables of which some rows could not be read: what is not in them is not missed.
    """
    chosen = scenario.settings.assessment.readings
    targets = {Target.SCORE, Target.FACTOR} & {row.on for row in scenario.effects}
    if not (scenario.scorecard or scenario.compliance or targets or chosen):
        return []
    form = form_of(scenario)
    problems = examine(scenario.scorecard, form, chosen)
    problems += examine_levels(scenario.compliance, None if "groups" in broken else tuple(scenario.groups))
    for row in scenario.effects:
        if row.on is Target.SCORE and TABLE not in broken:
            problems += _score_effect(scenario, row, form)
        elif row.on is Target.FACTOR and LEVELS not in broken:
            problems += _factor_effect(scenario, row)
    return problems


def _problem(row: Effect, column: str, value: object, message: str, remedy: str) -> Problem:
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return Problem("effects", row_key("effects", row), column, shown, message, remedy)


def _score_effect(scenario: Scenario, row: Effect, form: ScorecardForm) -> Iterator[Problem]:
    readings = scenario.settings.assessment.readings
    ref = _ref(row, form, readings)
    if ref is None:
        yield _problem(row, "target", row.target, *_no_target(row.target, form, readings))
        return
    if row.effect <= 0:
        yield _problem(row, "effect", row.effect, "an effect that raises nothing", "Give a number above 0.")
    place = next(place for place in movable(form, readings) if ref in place.moved)
    missing = standing(place, sheet_of(scenario.scorecard, form)).missing
    if missing:
        message = f"the scorecard does not answer {', '.join(missing)}"
        yield _problem(row, "target", row.target, message, "Answer it there, or take the row out.")


def _no_target(target: str, form: ScorecardForm, readings: Sequence[str]) -> tuple[str, str]:
    refs = [ref for place in movable(form, readings) for ref in place.moved]
    name = target.partition(".")[0]
    own = [ref for ref in refs if ref.partition(".")[0] == name]
    if own and target == name:
        return "the indicator has several parts", f"Name one of {', '.join(own)}."
    if any(indicator.id == name for indicator in form.indicator) and not own:
        able = ", ".join(indicator.id for indicator in form.indicator if indicator.plannable)
        return "money does not buy this indicator", f"Name one that measures move: {able}."
    return "measures move no such part of the scorecard", nearest(target, own or [i.id for i in form.indicator])


def _factor_effect(scenario: Scenario, row: Effect) -> Iterator[Problem]:
    factor = row.target.partition(".")[0]
    inputs = catalogue().inputs
    if factor in catalogue().outputs:
        yield _problem(row, "target", row.target, "an output, which no measure sets", "Name one of the 33 factors.")
        return
    if factor not in inputs:
        yield _problem(row, "target", row.target, "there is no such factor", nearest(factor, inputs))
        return
    entries = _rows_of(row.target, scenario.compliance)
    if not entries:
        names = sorted({name for e in scenario.compliance for name in (e.factor, key_of(e)) if group_of(e) is not None})
        yield _problem(
            row, "target", row.target, "compliance has no row of it that applies", nearest(row.target, names)
        )
    for entry in entries:
        name = key_of(entry)
        if entry.actual is None or entry.required is None:
            message = f"compliance gives no actual and required level of {name}"
            yield _problem(row, "target", row.target, message, "Give both there, or take the row out.")
        else:
            yield from _direction(row, entry, entry.actual)


def _direction(row: Effect, entry: FactorEntry, actual: float) -> Iterator[Problem]:
    if entry.direction is Direction.WITHIN:
        below, above = shortfalls(entry, actual)
        if below <= 0 and above <= 0:
            message = f"{key_of(entry)} is within its range already"
            yield _problem(row, "target", row.target, message, "Take the row out.")
            return
        up = below > 0
    else:
        up = entry.direction is Direction.AT_LEAST
    if (row.effect <= 0) if up else (row.effect >= 0):
        message = f"it moves {key_of(entry)} away from its requirement, or not at all"
        yield _problem(row, "effect", row.effect, message, f"Give a number {'above' if up else 'below'} 0.")
