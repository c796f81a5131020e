"""Points of one item from exact figures: what it earns, what it could earn, and what the next bracket needs.

A sheet maps parts (`indicator.part`) to exact figures; yes is 1, no is 0, and what is not there is not known. Brackets
are counts, worked out from the scale's edges as exact fractions, so that nothing is ever rounded in floating point.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from oshopt.assessment.forms import told
from oshopt.language import numeral, say, say_count
from oshopt.model import FrozenMap
from oshopt.model.assessment import NextStep
from oshopt.model.form import (
    AllItem,
    CountItem,
    EachItem,
    EnoughItem,
    Indicator,
    Item,
    JudgedItem,
    ScorecardForm,
    ShareItem,
    YesItem,
    full_ref,
    moved_parts,
)
from oshopt.model.levers import Bracket

Sheet = Mapping[str, Fraction]
"""Figure of each part that is known."""

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands."""

    low: float
    high: float
    applicable: bool = True
    missing: tuple[str, ...] = ()
    said: str = ""
    brackets: tuple[Bracket, ...] = ()
    """Brackets of the moved parts, least points first; empty where no count of theirs decides."""


@dataclass(frozen=True, slots=True)
class Place:
    """An item and where it stands in its form."""

    form: ScorecardForm
    indicator: Indicator
    item: Item

    @property
    def name(self) -> str:
        """`indicator`, or `indicator.item` where the item has an id."""
        return f"{self.indicator.id}.{self.item.id}" if self.item.id else self.indicator.id

    def ref(self, name: str) -> str:
        """Return a part's name in the whole form."""
        return full_ref(self.indicator, name)

    @property
    def gate(self) -> str | None:
        """Part without which the item stands as `without` says."""
        return self.ref(self.item.needs) if self.item.needs else None

    @property
    def moved(self) -> tuple[str, ...]:
        """Parts of which more earns points."""
        return moved_parts(self.indicator, self.item)


def standing(place: Place, sheet: Sheet) -> Standing:
    """Return how an item stands on a sheet."""
    gate = place.gate
    if gate is None or sheet.get(gate) == 1:
        return _plain(place, sheet)
    closed = _closed(place)
    if gate in sheet:
        return closed
    open_ = _plain(place, sheet)
    low, high = min(open_.low, closed.low), max(open_.high, closed.high)
    return Standing(low, high, missing=(gate, *open_.missing), said=open_.said)


def possible(place: Place, sheet: Sheet, *, closed: bool = False) -> tuple[float, float]:
    """Return the least and the greatest points that any answers could earn, ∞ without an upper end.

    `closed` says that the part which the item needs is no. Of the sheet only the count under a judge's figure matters.
    """
    item = place.item
    if closed:
        return float(item.without or 0), float(item.without or 0)
    if isinstance(item, YesItem | AllItem):
        return float(item.no), float(item.yes)
    if isinstance(item, ShareItem | CountItem):
        edges = place.form.edges(item.scale)
        return float(edges[-1][1]), float(edges[0][1])
    if isinstance(item, EachItem):
        return 0.0, math.inf
    if isinstance(item, EnoughItem):
        return float(min(0, item.points)), float(max(0, item.points))
    most = Fraction(item.most)
    if item.per:
        commissions = sheet.get(place.ref(item.per))
        return 0.0, math.inf if commissions is None else float(most * commissions)
    return 0.0, float(most)


def next_step(place: Place, state: Standing, sheet: Sheet) -> NextStep | None:
    """Return what the next bracket needs beyond the sheet; None at the top or where a figure is not known."""
    if isinstance(place.item, EachItem) and not state.missing:
        return NextStep(more=FrozenMap({place.moved[0]: 1.0}), yes=(), points=float(place.item.points))
    if state.missing:
        return None
    for bracket in state.brackets:
        if bracket.points > state.low:
            lacking = {ref: need - float(sheet[ref]) for ref, need in bracket.at_least.items()}
            more = {ref: value for ref, value in lacking.items() if value > 0}
            gained = bracket.points - state.low
            if isinstance(place.item, YesItem):
                return NextStep(more=FrozenMap(), yes=tuple(more), points=gained)
            return NextStep(more=FrozenMap(more), yes=(), points=gained)
    return None


def _closed(place: Place) -> Standing:
    without = place.item.without
    if without is None:
        return Standing(0.0, 0.0, applicable=False, said=say("nothing to do"))
    return Standing(float(without), float(without), said=say("there is none"))


def _plain(place: Place, sheet: Sheet) -> Standing:
    item = place.item
    if isinstance(item, YesItem):
        return _yes(place, item, sheet)
    if isinstance(item, AllItem | ShareItem):
        return _share(place, item, sheet)
    if isinstance(item, EnoughItem):
        return _enough(place, item, sheet)
    if isinstance(item, CountItem):
        ref = place.ref(item.count)
        edges = [(points, {ref: _exact(edge)}) for edge, points in place.form.edges(item.scale)[::-1]]
        return _by_brackets(_brackets(edges), sheet, _figures(sheet, ref))
    if isinstance(item, EachItem):
        return _each(place, item, sheet)
    return _judged(place, item, sheet)


def _yes(place: Place, item: YesItem, sheet: Sheet) -> Standing:
    refs = [place.ref(name) for name in item.parts]
    brackets = _brackets([(item.no, dict.fromkeys(refs, Fraction(0))), (item.yes, dict.fromkeys(refs, Fraction(1)))])
    words = {None: say("not known"), Fraction(0): say("no"), Fraction(1): say("yes")}
    answers = [words[sheet.get(ref)] for ref in refs]
    asked = [told(place.form, place.form.parts[ref].text) for ref in refs]
    said = answers[0] if len(refs) == 1 else "; ".join(f"{a}: {b}" for a, b in zip(asked, answers, strict=True))
    state = _by_brackets(brackets, sheet, said)
    if any(sheet.get(ref) == 0 for ref in refs):
        return replace(state, low=float(item.no), high=float(item.no))
    return state


def _share(place: Place, item: AllItem | ShareItem, sheet: Sheet) -> Standing:
    done_ref, due_ref = place.ref(item.done), place.ref(item.of)
    done, due = sheet.get(done_ref), sheet.get(due_ref)
    said = _figures(sheet, done_ref, due_ref)
    if due == 0:
        return Standing(0.0, 0.0, applicable=False, said=said)
    if due is None:
        least, most = possible(place, sheet)
        ends = [least, *([] if done == 0 else [most]), *([] if done else [0.0])]
        missing = tuple(ref for ref in (done_ref, due_ref) if ref not in sheet)
        return Standing(min(ends), max(ends), missing=missing, said=said)
    if isinstance(item, AllItem):
        needs = [(item.no, Fraction(0)), (item.yes, due)]
    else:
        slack = _HALF if place.form.rounds(item.scale) else Fraction(0)
        edges = place.form.edges(item.scale)[::-1]
        needs = [(points, _whole_above((_exact(edge) - slack) / 100 * due)) for edge, points in edges]
    if done is not None:
        said += f", {_per_cent(done / due)}"
    return _by_brackets(_brackets([(points, {done_ref: need}) for points, need in needs]), sheet, said)


def _enough(place: Place, item: EnoughItem, sheet: Sheet) -> Standing:
    ref = place.ref(item.provided)
    people = [place.ref(name) for name in item.people]
    missing = tuple(name for name in (*people, ref) if name not in sheet)
    known = sum((sheet[name] for name in people if name in sheet), Fraction(0))
    whole = all(name in sheet for name in people)
    if whole and known < item.from_people:
        count = int(known)
        said = say_count("for {n} person", "for {n} people", count, n=count) if known else say("nobody")
        return Standing(0.0, 0.0, applicable=False, said=said)
    need = Fraction(1) if item.per is None else max(Fraction(1), _whole_above(known / item.per))
    values = {"provided": _figures(sheet, ref), "need": int(need)}
    said = say("{provided}, {need} needed", **values) if whole else say("{provided}, at least {need} needed", **values)
    brackets = _brackets([(0, {ref: Fraction(0)}), (item.points, {ref: need})])
    if whole:
        return _by_brackets(brackets, sheet, said)
    enough = ref not in sheet or sheet[ref] >= need
    return Standing(0.0, float(item.points) if enough else 0.0, missing=missing, said=said)


def _each(place: Place, item: EachItem, sheet: Sheet) -> Standing:
    ref = place.ref(item.count)
    if ref not in sheet:
        return Standing(0.0, math.inf, missing=(ref,), said=say("not known"))
    points = float(sheet[ref] * item.points)
    return Standing(points, points, said=_figures(sheet, ref))


def _judged(place: Place, item: JudgedItem, sheet: Sheet) -> Standing:
    ref = place.ref(item.figure)
    refs = (ref, place.ref(item.per)) if item.per else (ref,)
    missing = tuple(name for name in refs if name not in sheet)
    if ref not in sheet:
        return Standing(0.0, possible(place, sheet)[1], missing=missing, said=say("not judged"))
    points = float(sheet[ref])
    return Standing(points, points, missing=missing, said=say("judged {figure}", figure=_figures(sheet, ref)))


def _by_brackets(brackets: tuple[Bracket, ...], sheet: Sheet, said: str) -> Standing:
    missing = tuple(ref for ref in brackets[0].at_least if ref not in sheet)
    if missing:
        return Standing(brackets[0].points, brackets[-1].points, missing=missing, said=said, brackets=brackets)
    points = earned(brackets, sheet)
    return Standing(points, points, said=said, brackets=brackets)


def earned(brackets: Sequence[Bracket], sheet: Sheet) -> float:
    """Return the points of the highest bracket whose needs the sheet meets."""
    met = [b.points for b in brackets if all(sheet[ref] >= _exact(need) for ref, need in b.at_least.items())]
    return met[-1]


def _brackets(rows: Sequence[tuple[int, dict[str, Fraction]]]) -> tuple[Bracket, ...]:
    """Return brackets from (points, needs), least first; of those with equal needs the last."""
    kept: dict[tuple[Fraction, ...], Bracket] = {}
    for points, needs in rows:
        at_least = FrozenMap({ref: float(need) for ref, need in needs.items()})
        kept[tuple(needs.values())] = Bracket(points=float(points), at_least=at_least)
    return tuple(kept.values())


@cache
def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _whole_above(value: Fraction) -> Fraction:
    return Fraction(max(0, math.ceil(value)))


def _figures(sheet: Sheet, *refs: str) -> str:
    known = [numeral(plain(sheet[ref])) if ref in sheet else "?" for ref in refs]
    if known == ["?"] * len(refs):
        return say("not known")
    return known[0] if len(known) == 1 else say("{done} of {due}", done=known[0], due=known[1])


def plain(value: Fraction) -> str:
    """Return a figure as text without an idle point."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _per_cent(share: Fraction) -> str:
    """Return a per cent to a tenth, never rounded up onto a whole or a half, where brackets begin."""
    exact = share * 1000
    tenths = math.floor(exact + _HALF)
    if tenths % 5 == 0 and tenths > exact:
        tenths -= 1
    return numeral(f"{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''} %")
