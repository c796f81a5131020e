"""The scorecard of an enterprise: points by indicator, the total as a range, what is possible, places among several.

Items that hang on the same yes or no (a commission, and the training of its members) are taken together: the range of
the total holds the answers that can be true at once, not each item's worst beside another's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from oshopt.assessment.answers import examine, resolved, sheet_of
from oshopt.assessment.forms import standard_form, told
from oshopt.assessment.points import Place, Sheet, Standing, next_step, possible, standing
from oshopt.model import FrozenMap, InputError
from oshopt.model.assessment import Answer, IndicatorScore, ItemScore, Scorecard
from oshopt.model.assessment import Place as Rank
from oshopt.model.form import Indicator, JudgedItem, ScorecardForm, YesItem

Range = tuple[float, float]


def score(answers: Iterable[Answer], form: ScorecardForm | None = None, readings: Sequence[str] = ()) -> Scorecard:
    """Return the scorecard of one enterprise from its answers, in any order.

    `form` is the scorecard to use, that of 27 indicators (S1) by default; `readings` choose among its open readings.
    Raises `InputError` with every answer that is unknown, impossible or contradicts another.
    """
    form = form or standard_form()
    rows = tuple(answers)
    problems = examine(rows, form, readings)
    if problems:
        raise InputError(problems)
    notes = {ref: row.note for row in rows if (ref := resolved(row, form)) is not None}
    return score_sheet(sheet_of(rows, form), form, tuple(readings), notes)


def score_sheet(
    sheet: Sheet, form: ScorecardForm, readings: tuple[str, ...], notes: Mapping[str, str] | None = None
) -> Scorecard:
    """Return the scorecard of exact figures by part, which nothing contradicts, and of the notes on them."""
    places = places_of(form, readings)
    states = {place.name: standing(place, sheet) for place in places}
    counted = [place for place in places if states[place.name].applicable]

    def ends(place: Place, values: Sheet) -> Range:
        state = states[place.name] if values is sheet else standing(place, values)
        return state.low, state.high

    low, high = _total(places, sheet, ends)
    bounded = [place for place in counted if math.isfinite(possible(place, sheet)[1])]
    least, greatest = span(bounded, sheet)
    free = [place for place in counted if place not in bounded]
    missing = {ref: None for place in places for ref in states[place.name].missing}
    return Scorecard(
        form=told(form, form.name),
        readings=tuple(sorted(readings)),
        low=low,
        high=high,
        least=least + span(free, sheet)[0],
        greatest=greatest,
        unbounded=tuple(dict.fromkeys(place.indicator.id for place in free)),
        missing=tuple(missing),
        parts=FrozenMap({ref: told(form, part.text) for ref, part in form.parts.items()}),
        indicators=tuple(_indicator(form, row, places, states, sheet, notes or {}) for row in form.indicator),
    )


def extremes(form: ScorecardForm | None = None, readings: Sequence[str] = ()) -> tuple[float, float, tuple[str, ...]]:
    """Return the least and the greatest total that any answers reach, and the indicators without an upper end.

    The greatest total leaves those indicators out.
    """
    card = score_sheet({}, form or standard_form(), tuple(readings))
    return card.least, card.greatest, card.unbounded


def places_of(form: ScorecardForm, readings: tuple[str, ...]) -> list[Place]:
    """Return every item of a form under the chosen readings."""
    return [Place(form, indicator, item) for indicator in form.indicator for item in form.items(indicator, readings)]


def span(places: Sequence[Place], sheet: Sheet) -> Range:
    """Return the least and the greatest points that any answers earn in all."""

    def ends(place: Place, values: Sheet) -> Range:
        gate = place.gate
        if isinstance(place.item, YesItem) and any(ref in values for ref in place.moved):
            state = standing(place, values)
            return state.low, state.high
        return possible(place, sheet, closed=gate is not None and values.get(gate) == 0)

    return _total(places, {}, ends)


def _total(places: Sequence[Place], sheet: Sheet, ends: Callable[[Place, Sheet], Range]) -> Range:
    """Add up the ends of all items; those that hang on one unknown yes or no are added for each answer to it."""
    families: dict[str, list[Place]] = {}
    gates = {place.gate for place in places if place.gate is not None and place.gate not in sheet}
    for place in places:
        own = gates & set(place.moved) if isinstance(place.item, YesItem) else set()
        family = place.gate if place.gate in gates else min(own, default=None)
        families.setdefault(family or "", []).append(place)
    lows, highs = [], []
    for family, members in families.items():
        cases = [{**sheet, family: Fraction(answer)} for answer in (0, 1)] if family else [sheet]
        found = [[ends(place, case) for place in members] for case in cases]
        lows.append(min(math.fsum(low for low, _ in rows) for rows in found))
        highs.append(max(math.fsum(high for _, high in rows) for rows in found))
    return math.fsum(lows), math.fsum(highs)


def _indicator(
    form: ScorecardForm,
    indicator: Indicator,
    places: Sequence[Place],
    states: Mapping[str, Standing],
    sheet: Sheet,
    notes: Mapping[str, str],
) -> IndicatorScore:
    items = [_item(place, states[place.name], sheet, notes) for place in places if place.indicator is indicator]
    low, high = math.fsum(item.low for item in items), math.fsum(item.high for item in items)
    counted = [item for item in items if item.applicable]
    greatest = math.fsum(item.greatest for item in counted)
    return IndicatorScore(
        id=indicator.id,
        number=indicator.number,
        text=told(form, indicator.text),
        plannable=indicator.plannable,
        low=low,
        high=high,
        least=math.fsum(item.least for item in counted),
        greatest=greatest,
        lost=greatest - low if math.isfinite(greatest) else None,
        applicable=bool(counted),
        items=tuple(items),
    )


def _item(place: Place, state: Standing, sheet: Sheet, notes: Mapping[str, str]) -> ItemScore:
    least, greatest = possible(place, sheet)
    judged = place.ref(place.item.figure) if isinstance(place.item, JudgedItem) else ""
    if place.item.without is not None:
        least = min(least, float(place.item.without))
    return ItemScore(
        item=place.name,
        said=state.said,
        reason=notes.get(judged, ""),
        low=state.low,
        high=state.high,
        least=least,
        greatest=greatest,
        applicable=state.applicable,
        missing=state.missing,
        step=next_step(place, state, sheet),
    )


def rank(cards: Mapping[str, Scorecard]) -> tuple[Rank, ...]:
    """Return enterprises by the low end of their total, highest first; equal totals share a place.

    The source prints no rule of ranking. `best` and `worst` are the places that missing answers leave open.
    """
    found = []
    for name, card in cards.items():
        others = [other for key, other in cards.items() if key != name]
        found.append(
            Rank(
                name=name,
                place=1 + sum(other.low > card.low for other in others),
                best=1 + sum(other.low > card.high for other in others),
                worst=1 + sum(other.high > card.low for other in others),
                low=card.low,
                high=card.high,
                least=card.least,
                greatest=card.greatest,
                missing=len(card.missing),
            )
        )
    return tuple(sorted(found, key=lambda rank: (rank.place, rank.name)))
