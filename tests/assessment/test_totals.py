"""Totals: greatest and least by an independent count, ranges, next brackets, places, what holds for any sheet."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oshopt.assessment import extremes, rank, score, standard_form
from tests.assessment.sheets import Values, answers, better, card, indicator, whole_sheets

BEST = (5, 2, 3, 5, 2, 3, 5, 5, 5, 5, 3, 3, 5, 6, 3, 6, 6, 5, 5, 8 * 2, 3, 5, 5)
"""Greatest points of indicators 1 to 23, counted from the source's table."""
READINGS = [
    tuple(part for part in parts if part)
    for parts in itertools.product(
        ("", "2-not-applicable"), ("", "5-not-applicable"), ("", "27-two", "27-per-commission")
    )
]


def _least(readings: tuple[str, ...]) -> int:
    """Without commission −5, its members untrained −2 where that counts; likewise representatives; 14, 16, 17; 21."""
    pairs = 0
    for name in ("2-not-applicable", "5-not-applicable"):
        none = -5 + (0 if name in readings else -2)
        exists = 5 - 2
        pairs += min(none, exists)
    return pairs + 3 * -6 - 3


@pytest.mark.parametrize("readings", READINGS, ids=lambda readings: "+".join(readings) or "default")
def test_greatest_and_least_total_of_each_reading(readings: tuple[str, ...]) -> None:
    least, greatest, unbounded = extremes(readings=readings)
    last = {"27-two": 24, "27-per-commission": 0}.get(readings[-1] if readings else "", 12)
    assert greatest == sum(BEST) + last
    assert least == _least(readings)
    assert unbounded == ("24", "25", "26", *(("27",) if "27-per-commission" in readings else ()))


def test_totals_that_the_documentation_states() -> None:
    assert extremes() == (-35, 123, ("24", "25", "26"))
    assert extremes(readings=["27-two"])[1] == 135
    assert extremes(readings=["2-not-applicable"])[0] == -33
    assert extremes(readings=["2-not-applicable", "5-not-applicable"])[0] == -31


def test_silence_is_the_worst_answer() -> None:
    nothing = card({})
    assert (nothing.low, nothing.high) == (-35, math.inf)
    assert len(nothing.missing) == 51


def test_a_full_sheet_has_one_total() -> None:
    values: Values = {
        "1.commission": True, "1.members": 5, "2.trained": 5, "3.planned": 10, "3.done": 9, "4.elected": False,
        "4.representatives": 0, "5.trained": 0, "6.planned": 0, "6.done": 0, "7.reviews": 2, "8.found": 200,
        "8.remedied": 101, "9.defended": 0, "10.found": 0, "10.remedied": 0, "11.follows": True, "12.follows": False,
        "13.planned": 8, "13.done": 6, "14.entitled": 10, "14.provided": 7, "15.stage-1": True, "15.stage-2": True,
        "15.stage-3": True, "16.due": 10, "16.done": 9, "17.due": 10, "17.done": 4, "18.due": 3, "18.done": 2,
        "19.due": 8, "19.done": 1, "20.men": 16, "20.women": 14, "20.lockers-men": 16, "20.lockers-women": 13,
        "20.showers-men": 1, "20.showers-women": 1, "20.basins": 2, "20.toilets-men": 1, "20.toilets-women": 0,
        "20.hygiene-room": 0, "21.insured": True, "21.valid": False, "22.points": 4, "23.points": 0, "24.resolved": 3,
        "25.drafts": 1, "26.resolved": 0, "27.points": 8,
    }  # fmt: skip
    by_hand = 5 + 2 + 0 - 5 - 2 + 0 + 2 + 1 + 0 + 0 + 3 + 0 + 3 + 0 + 3 + 4 - 6 + 4 + 1 + (2 + 2 + 2 + 2) - 3 + 4 + 0
    by_hand += 3 + 1 + 0 + 8
    found = card(values)
    assert (found.low, found.high, found.missing) == (by_hand, by_hand, ())
    assert found.greatest == 123 - 3 - 5 - 2  # indicators 6 and 10, and the hygiene room, are not applicable
    assert sum(i.low for i in found.indicators) == by_hand


def test_points_lost_and_the_next_bracket() -> None:
    found = indicator(8, {"8.found": 160, "8.remedied": 122})
    assert (found.low, found.lost) == (3, 2)
    step = found.items[0].step
    assert step is not None
    assert (dict(step.more), step.points) == ({"8.remedied": 7.0}, 1.0)
    assert indicator(8, {"8.found": 160, "8.remedied": 129}).low == 4
    assert indicator(8, {"8.found": 160, "8.remedied": 128}).low == 3
    assert indicator(8, {"8.found": 160, "8.remedied": 160}).items[0].step is None
    stages = indicator(15, {"15.stage-1": True, "15.stage-2": False, "15.stage-3": False}).items[0].step
    assert stages is not None
    assert (stages.yes, stages.points) == (("15.stage-2", "15.stage-3"), 3)
    assert indicator(8, {"8.found": 160}).items[0].step is None


@settings(max_examples=40, deadline=None)
@given(whole_sheets(), st.data())
def test_the_next_bracket_is_the_nearest(values: dict[str, bool | int], data: st.DataObject) -> None:
    items = [item for one in card(values).indicators for item in one.items if item.step and len(item.step.more) == 1]
    if not items:
        return
    item = data.draw(st.sampled_from(items))
    assert item.step is not None
    ((ref, more),) = item.step.more.items()
    name = item.item.partition(".")[0]
    before = indicator(name, values).low
    assert indicator(name, {**values, ref: values[ref] + more}).low == before + item.step.points
    assert indicator(name, {**values, ref: values[ref] + more - 1}).low == before


@settings(max_examples=40, deadline=None)
@given(whole_sheets(), st.sampled_from(READINGS), st.data())
def test_no_better_answer_lowers_the_low_end(
    values: dict[str, bool | int], readings: tuple[str, ...], data: st.DataObject
) -> None:
    dropped = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=12))
    ref = data.draw(st.sampled_from(better(values)))
    improved = True if isinstance(values[ref], bool) else values[ref] + 1
    kept = {name: value for name, value in values.items() if name not in dropped - {ref}}
    assert card({**kept, ref: improved}, readings=readings).low >= card(kept, readings=readings).low


@settings(max_examples=40, deadline=None)
@given(whole_sheets(), st.sampled_from(READINGS))
def test_a_commission_that_comes_to_be_lowers_nothing(values: dict[str, bool | int], readings: tuple[str, ...]) -> None:
    for gate, due, done in (
        ("1.commission", "1.members", "2.trained"),
        ("4.elected", "4.representatives", "5.trained"),
    ):
        without = card({**values, gate: False, due: 0, done: 0}, readings=readings)
        with_one = card({**values, gate: True, due: 3, done: 0}, readings=readings)
        assert with_one.low > without.low


@settings(max_examples=40, deadline=None)
@given(whole_sheets(), st.sampled_from(READINGS), st.data())
def test_missing_never_beats_any_answer(
    values: dict[str, bool | int], readings: tuple[str, ...], data: st.DataObject
) -> None:
    dropped = data.draw(st.sets(st.sampled_from(sorted(values)), min_size=1, max_size=25))
    known = card(values, readings=readings)
    silent = card({name: value for name, value in values.items() if name not in dropped}, readings=readings)
    assert silent.low <= known.low == known.high <= silent.high


@settings(max_examples=30, deadline=None)
@given(whole_sheets(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(values: dict[str, bool | int], shuffle: random.Random) -> None:
    rows = answers(values)
    expected = score(rows)
    shuffle.shuffle(rows)
    assert score(rows) == expected
    least, greatest, _ = extremes()
    assert least <= expected.least <= expected.low
    assert expected.greatest <= greatest


def test_places() -> None:
    base: Values = {"7.reviews": 3, "24.resolved": 0, "25.drafts": 0, "26.resolved": 0}
    full = dict.fromkeys(("24.resolved", "25.drafts", "26.resolved"), 0.0)
    cards = {
        "north": card({**base, "1.commission": True}),
        "south": card({**base, "4.elected": True}),
        "west": card(full),
    }
    places = {place.name: place for place in rank(cards)}
    assert [place.name for place in rank(cards)] == ["north", "south", "west"]
    assert (places["north"].place, places["south"].place, places["west"].place) == (1, 1, 3)
    assert (places["west"].best, places["west"].worst) == (1, 3)
    certain = rank({"a": card({**ALL_YES}), "b": card({**ALL_YES, "9.defended": 0})})
    assert [(place.name, place.place, place.best, place.worst) for place in certain] == [("a", 1, 1, 1), ("b", 2, 2, 2)]


def _all_yes() -> dict[str, bool | int]:
    values: dict[str, bool | int] = {}
    for one in standard_form().indicator:
        for part in one.part:
            values[f"{one.id}.{part.id}"] = True if part.kind == "yes_no" else 5
    return values


ALL_YES = _all_yes()
