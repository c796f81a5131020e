"""Answers to a scorecard: what is wrong with them, all in one list, and the exact figures that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from oshopt.assessment.points import plain
from oshopt.model import Problem, nearest
from oshopt.model.assessment import Answer
from oshopt.model.form import (
    AllItem,
    Indicator,
    JudgedItem,
    Part,
    PartKind,
    ScorecardForm,
    ShareItem,
    full_ref,
)
from oshopt.model.tables import row_key

TABLE = "scorecard"
"""Table that answers stand in."""


def resolved(row: Answer, form: ScorecardForm) -> str | None:
    """Return the part that a row answers, `indicator.part`; None where it is none or more than one could be meant."""
    indicator = form.by_id.get(row.indicator)
    if indicator is None:
        return None
    if row.part is None:
        return f"{indicator.id}.{indicator.part[0].id}" if len(indicator.part) == 1 else None
    ref = f"{indicator.id}.{row.part}"
    return ref if ref in form.parts else None


def sheet_of(rows: Iterable[Answer], form: ScorecardForm) -> dict[str, Fraction]:
    """Return the exact figure of each part that is answered; yes is 1, no is 0."""
    found = ((resolved(row, form), row.value) for row in rows)
    return {ref: exact(value) for ref, value in found if ref is not None and value is not None}


def exact(value: bool | float) -> Fraction:
    """Return the figure that a person wrote, exactly."""
    return Fraction(int(value)) if isinstance(value, bool) else Fraction(repr(float(value)))


def examine(rows: Sequence[Answer], form: ScorecardForm, readings: Sequence[str] = ()) -> list[Problem]:
    """Return everything that is wrong with answers: unknown names, impossible figures, contradictions."""
    problems = list(_readings(form, readings))
    known = form.parts
    sound: dict[str, Answer] = {}
    for row in rows:
        ref = resolved(row, form)
        found = list(_unknown(row, form)) if ref is None else list(_figure(row, known[ref]))
        if ref is not None and ref in sound:
            found.append(_problem(row, "part", row.part or "", "a second answer to the same part", "Keep one row."))
        problems += found
        if ref is not None and not found:
            sound[ref] = row
    return problems + list(_contradictions(sound, known, form, readings))


def _problem(row: Answer, column: str, value: object, message: str, remedy: str) -> Problem:
    shown = plain(exact(value)) if isinstance(value, float) else str(value)
    return Problem(TABLE, row_key(TABLE, row), column, shown, message, remedy)


def _readings(form: ScorecardForm, readings: Sequence[str]) -> Iterator[Problem]:
    known = {reading.id: indicator.id for indicator in form.indicator for reading in indicator.reading}
    chosen: dict[str, str] = {}
    for name in dict.fromkeys(readings):
        message = ""
        if name not in known:
            message, remedy = "the scorecard has no reading of this id", nearest(name, known)
        elif known[name] in chosen:
            message, remedy = f"a second reading of indicator {known[name]}", f"Keep it or {chosen[known[name]]}."
        if message:
            yield Problem("scenario", "assessment", "assessment.readings", name, message, remedy)
        elif name in known:
            chosen[known[name]] = name


def _unknown(row: Answer, form: ScorecardForm) -> Iterator[Problem]:
    indicator = form.by_id.get(row.indicator)
    if indicator is None:
        known = [i.id for i in form.indicator]
        yield _problem(row, "indicator", row.indicator, "there is no such indicator", nearest(row.indicator, known))
        return
    names = [part.id for part in indicator.part]
    if row.part is None:
        message = f"indicator {indicator.id} has several parts"
        yield _problem(row, "part", "", message, f"Name one of {', '.join(names)}.")
    else:
        message = f"indicator {indicator.id} has no such part"
        yield _problem(row, "part", row.part, message, nearest(row.part, names))


def _figure(row: Answer, part: Part) -> Iterator[Problem]:
    value = row.value
    if value is None:
        return
    if part.kind is PartKind.YES_NO:
        if not isinstance(value, bool) and value not in (0.0, 1.0):
            yield _problem(row, "value", value, "a number where yes or no belongs", "Write yes or no.")
    elif isinstance(value, bool):
        said = "yes" if value else "no"
        yield _problem(row, "value", said, f"{said} where a number belongs", f"Give a number: {part.text}.")
    elif value < 0:
        yield _problem(row, "value", value, "a negative number", "Give a number from 0 up.")
    elif part.kind is PartKind.COUNT and not float(value).is_integer():
        yield _problem(row, "value", value, "not a whole number", f"Count {part.unit or 'them'} in whole numbers.")
    elif part.kind is PartKind.JUDGED and value > 0 and not row.note.strip():
        message = "a judge's figure without its reason"
        yield _problem(row, "note", "", message, "Write into note what the figure rests on.")


def _contradictions(
    sound: Mapping[str, Answer], known: Mapping[str, Part], form: ScorecardForm, readings: Sequence[str]
) -> Iterator[Problem]:
    figures = {ref: exact(row.value) for ref, row in sound.items() if row.value is not None}
    for indicator in form.indicator:
        for item in form.items(indicator, tuple(readings)):
            if isinstance(item, AllItem | ShareItem):
                done, due = full_ref(indicator, item.done), full_ref(indicator, item.of)
                if done in figures and due in figures and figures[done] > figures[due]:
                    share = f", {plain(figures[done] / figures[due] * 100)} %" if figures[due] else ""
                    message = f"more than there are to do: {plain(figures[done])} of {plain(figures[due])}{share}"
                    remedy = f"Give at most the {plain(figures[due])} of {due} ({known[due].text}), or correct that."
                    yield _problem(sound[done], "value", sound[done].value, message, remedy)
                if item.needs:
                    yield from _gate(sound, known, full_ref(indicator, item.needs), due)
            elif isinstance(item, JudgedItem):
                yield from _judged(sound, figures, indicator, item)


def _gate(sound: Mapping[str, Answer], known: Mapping[str, Part], gate: str, due: str) -> Iterator[Problem]:
    if gate not in sound or due not in sound or sound[gate].value is None or sound[due].value is None:
        return
    exists, count = exact(sound[gate].value or 0), exact(sound[due].value or 0)
    if not exists and count:
        message = f"{plain(count)} {known[due].text}, and the answer to “{known[gate].text}” is no"
        yield _problem(sound[due], "value", sound[due].value, message, f"Correct it or {gate}.")
    elif exists and not count:
        message = f"no {known[due].text}, and the answer to “{known[gate].text}” is yes"
        yield _problem(sound[due], "value", sound[due].value, message, f"Correct it or {gate}.")


def _judged(
    sound: Mapping[str, Answer], figures: Mapping[str, Fraction], indicator: Indicator, item: JudgedItem
) -> Iterator[Problem]:
    ref = full_ref(indicator, item.figure)
    times = figures.get(full_ref(indicator, item.per), None) if item.per else Fraction(1)
    if ref in figures and times is not None and figures[ref] > item.most * times:
        most = plain(item.most * times)
        message = f"more than the {most} points that may be given"
        yield _problem(sound[ref], "value", sound[ref].value, message, f"Give a figure from 0 to {most}.")
