"""Points of each of the 27 indicators at every edge, written out from the source's table."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from oshopt.assessment import standard_form
from tests.assessment.sheets import PAIRS, Values, card, indicator

HALF = 200
"""Of so many, half a per cent is a whole one."""
REMEDIED = {
    **{0: 0, 0.5: 0, 49: 0, 50: 0, 50.5: 1, 51: 1, 59.5: 1, 60: 1, 60.5: 2, 61: 2, 70: 2, 70.5: 3, 71: 3, 80: 3},
    **{80.5: 4, 81: 4, 90: 4, 90.5: 5, 91: 5, 99.5: 5, 100: 5},
}
PROVIDED = {
    **{0: -6, 49: -6, 49.5: -6, 50: -4, 50.5: -4, 59.5: -4, 60: -2, 60.5: -2, 69.5: -2, 70: 0, 70.5: 0, 79.5: 0},
    **{80: 2, 80.5: 2, 89.5: 2, 90: 4, 90.5: 4, 99.5: 4, 100: 6},
}
COVERED = {
    **{0: 0, 0.5: 1, 1: 1, 20: 1, 20.5: 2, 21: 2, 40: 2, 40.5: 3, 41: 3, 50: 3, 50.5: 3, 51: 3, 60: 3, 60.5: 4, 61: 4},
    **{80: 4, 80.5: 5, 81: 5, 90.5: 5, 100: 5},
}
SCALES = {8: REMEDIED, 10: REMEDIED, 13: REMEDIED, 14: PROVIDED, 16: PROVIDED, 17: PROVIDED, 18: COVERED, 19: COVERED}
BY_PER_CENT = [(n, per_cent, points) for n, scale in SCALES.items() for per_cent, points in scale.items()]


def pair(number: int, done: float | None, due: float | None) -> Values:
    first, second = PAIRS[str(number)]
    return {f"{number}.{first}": done, f"{number}.{second}": due}


@pytest.mark.parametrize(("number", "per_cent", "points"), BY_PER_CENT)
def test_edges_by_per_cent(number: int, per_cent: float, points: int) -> None:
    found = indicator(number, pair(number, per_cent * HALF / 100, HALF))
    assert (found.low, found.high, found.applicable) == (points, points, True)


@pytest.mark.parametrize("number", SCALES)
def test_nothing_due_is_not_applicable(number: int) -> None:
    found = indicator(number, pair(number, 0, 0))
    assert (found.low, found.high, found.applicable, found.lost) == (0, 0, False, 0)
    whole, without = card({}), card(pair(number, 0, 0))
    worst, best = min(SCALES[number].values()), max(SCALES[number].values())
    assert (without.least, without.greatest) == (whole.least - worst, whole.greatest - best)


@pytest.mark.parametrize("number", SCALES)
def test_what_is_missing_leaves_a_range(number: int) -> None:
    worst, best = min(SCALES[number].values()), max(SCALES[number].values())
    for values in ({}, pair(number, None, None), pair(number, None, 40), pair(number, 7, None)):
        found = indicator(number, values)
        assert (found.low, found.high) == (worst, best)
        assert found.items[0].missing
    nothing_done = indicator(number, pair(number, 0, None))
    assert (nothing_done.low, nothing_done.high) == (worst, max(0, worst))
    nothing_due = indicator(number, pair(number, None, 0))
    assert not nothing_due.applicable


@pytest.mark.parametrize("number", SCALES)
@pytest.mark.parametrize("due", [1, 3, 7, 29, 37])
def test_every_count_agrees_with_decimal_arithmetic(number: int, due: int) -> None:
    edges = {51: 1, 61: 2, 71: 3, 81: 4, 91: 5} if number in (8, 10, 13) else {1: 1, 21: 2, 41: 3, 61: 4, 81: 5}
    for done in range(due + 1):
        exact = Decimal(100) * done / due
        if number in (14, 16, 17):
            steps = {50: -4, 60: -2, 70: 0, 80: 2, 90: 4, 100: 6}
            expected = max([-6, *(points for edge, points in steps.items() if 100 * done >= edge * due)])
        else:
            whole = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            expected = max([0, *(points for edge, points in edges.items() if whole >= edge)])
        assert indicator(number, pair(number, done, due)).low == expected, f"{done} of {due}"


@pytest.mark.parametrize(("number", "ref"), [(1, "1.commission"), (4, "4.elected")])
def test_commission_and_representatives(number: int, ref: str) -> None:
    assert indicator(number, {ref: True}).low == 5
    assert indicator(number, {ref: False}).low == -5
    missing = indicator(number, {})
    assert (missing.low, missing.high, missing.lost) == (-5, 5, 10)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_their_number_earns_nothing(size: int) -> None:
    assert card({"1.commission": True, "1.members": size}).low == card({"1.commission": True, "1.members": 3}).low
    named = card({"4.elected": True, "4.representatives": size})
    assert named.low == card({"4.elected": True, "4.representatives": 3}).low


TRAINED = [(2, "1.commission", "1.members", "2.trained"), (5, "4.elected", "4.representatives", "5.trained")]


@pytest.mark.parametrize(("number", "gate", "due", "done"), TRAINED)
def test_training_counts_if_all_are_trained(number: int, gate: str, due: str, done: str) -> None:
    for trained, points in ((0, -2), (1, -2), (6, -2), (7, 2)):
        assert indicator(number, {gate: True, due: 7, done: trained}).low == points
    unknown = indicator(number, {gate: True, due: 7})
    assert (unknown.low, unknown.high, unknown.items[0].missing) == (-2, 2, (done,))
    assert indicator(number, {gate: True, done: 3}).low == -2


@pytest.mark.parametrize(("number", "gate", "due", "done"), TRAINED)
def test_nobody_to_train_by_either_reading(number: int, gate: str, due: str, done: str) -> None:
    for values in ({gate: False}, {gate: False, due: 0, done: 0}):
        taken = indicator(number, values)
        assert (taken.low, taken.high, taken.applicable) == (-2, -2, True)
        other = indicator(number, values, readings=(f"{number}-not-applicable",))
        assert (other.low, other.high, other.applicable) == (0, 0, False)
    exists = {gate: True, due: 2, done: 1}
    assert indicator(number, exists, readings=(f"{number}-not-applicable",)).low == -2
    unknown = indicator(number, {due: 2, done: 2}, readings=(f"{number}-not-applicable",))
    assert (unknown.low, unknown.high, gate in unknown.items[0].missing) == (0, 2, True)


@pytest.mark.parametrize("number", [3, 6])
def test_plans_count_if_all_of_them_is_carried_out(number: int) -> None:
    for done, points in ((0, 0), (1, 0), (19, 0), (20, 3)):
        assert indicator(number, pair(number, done, 20)).low == points
    assert not indicator(number, pair(number, 0, 0)).applicable
    unknown = indicator(number, pair(number, 20, None))
    assert (unknown.low, unknown.high) == (0, 3)


@pytest.mark.parametrize(("number", "ref"), [(7, "7.reviews"), (9, "9.defended")])
def test_counts_up_to_five(number: int, ref: str) -> None:
    for count, points in {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 5, 400: 5}.items():
        assert indicator(number, {ref: count}).low == points
    assert (indicator(number, {}).low, indicator(number, {}).high) == (0, 5)


@pytest.mark.parametrize("number", [11, 12])
def test_agreements(number: int) -> None:
    assert indicator(number, {f"{number}.follows": True}).low == 3
    assert indicator(number, {f"{number}.follows": False}).low == 0
    assert indicator(number, {}).high == 3


def test_three_stages_count_together_only() -> None:
    for stages, points in (((1, 1, 1), 3), ((1, 1, 0), 0), ((0, 1, 1), 0), ((1, 0, 1), 0), ((0, 0, 0), 0)):
        values: Values = {f"15.stage-{i}": bool(runs) for i, runs in enumerate(stages, start=1)}
        assert indicator(15, values).low == points
        assert indicator(15, {**values, "15.interval-1": 1, "15.interval-2": 0.5, "15.interval-3": 3}).low == points
    two = indicator(15, {"15.stage-1": True, "15.stage-2": True})
    assert (two.low, two.high) == (0, 3)
    one_not = indicator(15, {"15.stage-1": False, "15.stage-2": True})
    assert (one_not.low, one_not.high) == (0, 0)


PEOPLE: Values = {"20.men": 31, "20.women": 46}
NEEDED = {
    "lockers-men": 31,
    "lockers-women": 46,
    "showers-men": 3,
    "showers-women": 4,
    "basins": 6,
    "toilets-men": 1,
    "toilets-women": 1,
    "hygiene-room": 1,
}


@pytest.mark.parametrize(("room", "needed"), NEEDED.items())
def test_sanitary_rooms_are_rounded_up(room: str, needed: int) -> None:
    for provided, points in ((0, 0), (needed - 1, 0), (needed, 2), (needed + 1, 2), (10 * needed, 2)):
        found = indicator(20, {**PEOPLE, f"20.{room}": provided})
        (item,) = [item for item in found.items if item.item == f"20.{room}"]
        assert (item.low, item.high) == (points, points)
    (unknown,) = [item for item in indicator(20, PEOPLE).items if item.item == f"20.{room}"]
    assert (unknown.low, unknown.high) == (0, 2)


def test_sanitary_rooms_of_people_who_are_not_there() -> None:
    all_rooms: Values = {f"20.{room}": 100 for room in NEEDED}
    assert indicator(20, {**all_rooms, **PEOPLE}).low == 16
    no_women = indicator(20, {**all_rooms, "20.men": 31, "20.women": 0})
    assert (no_women.low, no_women.greatest) == (8, 8)
    few_women = indicator(20, {**all_rooms, "20.men": 0, "20.women": 14})
    assert (few_women.low, few_women.greatest) == (8, 8)
    enough_women = indicator(20, {**all_rooms, "20.men": 0, "20.women": 15})
    assert (enough_women.low, enough_women.greatest) == (10, 10)
    assert not indicator(20, {"20.men": 0, "20.women": 0}).applicable


def test_basins_serve_men_and_women_together() -> None:
    for people, needed in ((15, 1), (16, 2), (30, 2), (31, 3)):
        values: Values = {"20.men": people - 5, "20.women": 5}
        short = indicator(20, {**values, "20.basins": needed - 1})
        right = indicator(20, {**values, "20.basins": needed})
        assert [item.low for item in short.items if item.item == "20.basins"] == [0]
        assert [item.low for item in right.items if item.item == "20.basins"] == [2]
    unknown = indicator(20, {"20.men": 31, "20.basins": 2})
    assert [item.high for item in unknown.items if item.item == "20.basins"] == [0]


def test_insurance_needs_a_valid_policy() -> None:
    for insured, valid, points in ((True, True, 3), (True, False, -3), (False, True, -3), (False, False, -3)):
        assert indicator(21, {"21.insured": insured, "21.valid": valid, "21.amount": 500}).low == points
    missing = indicator(21, {"21.insured": True})
    assert (missing.low, missing.high) == (-3, 3)
    assert indicator(21, {"21.insured": False}).high == -3


@pytest.mark.parametrize("number", [22, 23])
def test_judged_figures(number: int) -> None:
    for figure in (0, 1, 4.5, 5):
        assert indicator(number, {f"{number}.points": figure}).low == figure
    assert (indicator(number, {}).low, indicator(number, {}).high) == (0, 5)


@pytest.mark.parametrize(("number", "ref"), [(24, "24.resolved"), (25, "25.drafts"), (26, "26.resolved")])
def test_points_without_an_upper_end(number: int, ref: str) -> None:
    for count in (0, 1, 250):
        found = indicator(number, {ref: count})
        assert (found.low, found.high, found.lost) == (count, count, None)
    assert indicator(number, {}).high == float("inf")


def test_attestation_commissions_by_each_reading() -> None:
    one = indicator(27, {"27.points": 12})
    assert (one.low, one.greatest) == (12, 12)
    assert (indicator(27, {}).low, indicator(27, {}).high) == (0, 12)
    two = indicator(27, {"27.part": 12, "27.proposals": 7}, readings=("27-two",))
    assert (two.low, two.greatest) == (19, 24)
    half = indicator(27, {"27.part": 3}, readings=("27-two",))
    assert (half.low, half.high) == (3, 15)
    each = indicator(27, {"27.points": 36, "27.commissions": 3}, readings=("27-per-commission",))
    assert (each.low, each.greatest) == (36, 36)
    assert indicator(27, {}, readings=("27-per-commission",)).high == float("inf")


def test_the_form_is_the_sources() -> None:
    form = standard_form()
    assert [indicator.number for indicator in form.indicator] == list(range(1, 28))
    plannable = [2, 3, 5, 6, 8, 10, *range(13, 22)]
    assert [indicator.number for indicator in form.indicator if indicator.plannable] == plannable
    for one in form.indicator:
        assert one.evidence
        for part in one.part:
            assert part.unit or part.kind == "yes_no"
