"""Levels by direction, groups and workplaces, mandatory failures, goals, outputs, against figures worked by hand."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oshopt.assessment import catalogue, comply
from oshopt.model import Category, Compliance, FactorEntry, InputError
from oshopt.model.assessment import Compliant, Direction

LEAST, MOST, WITHIN = Direction.AT_LEAST, Direction.AT_MOST, Direction.WITHIN


def row(factor: str = "training", **given_: Any) -> FactorEntry:
    return FactorEntry(factor=factor, **given_)


def only(**given_: Any) -> tuple[float, float, bool | None]:
    found = next(f for f in comply([row(**given_)]).factors if f.factor == "training")
    return found.low, found.high, found.met


def full(**changes: FactorEntry | None) -> list[FactorEntry]:
    """Every input factor met, but for the changed ones; `_` stands for `-` in names, None leaves a factor out."""
    named = {name.replace("_", "-"): entry for name, entry in changes.items()}
    rows = [named.get(name, row(name, required=1.0, actual=1.0)) for name in catalogue().inputs]
    return [entry for entry in rows if entry is not None]


@pytest.mark.parametrize(
    ("given_", "level", "met"),
    [
        ({"required": 100.0, "actual": 75.0}, 0.75, False),
        ({"required": 100.0, "actual": 100.0}, 1.0, True),
        ({"required": 100.0, "actual": 130.0}, 1.0, True),
        ({"required": 100.0, "actual": 0.0}, 0.0, False),
        ({"required": 0.1 + 0.2, "actual": 0.3}, 1.0, True),
        ({"required": -18.0, "actual": -20.0, "worst": -26.0}, 0.75, False),
        ({"required": 80.0, "actual": 80.0, "direction": MOST}, 1.0, True),
        ({"required": 80.0, "actual": 60.0, "direction": MOST}, 1.0, True),
        ({"required": 80.0, "actual": 86.0, "direction": MOST, "worst": 100.0}, 0.7, False),
        ({"required": 0.0, "actual": 1.0, "direction": MOST, "worst": 5.0}, 0.8, False),
        ({"required": 18.0, "upper": 22.0, "actual": 20.0, "direction": WITHIN}, 1.0, True),
        ({"required": 18.0, "upper": 22.0, "actual": 16.0, "direction": WITHIN, "worst": 10.0}, 0.75, False),
        ({"required": 18.0, "upper": 22.0, "actual": 26.0, "direction": WITHIN, "worst": 10.0}, 0.5, False),
        ({"required": 18.0, "upper": 22.0, "actual": 24.0, "direction": WITHIN, "worst": 30.0}, 0.75, False),
    ],
)
def test_level_of_a_factor(given_: dict[str, Any], level: float, met: bool) -> None:
    low, high, fulfilled = only(**given_)
    assert low == high == pytest.approx(level, abs=1e-12)
    assert fulfilled is met


@pytest.mark.parametrize("given_", [{"required": 100.0}, {"actual": 100.0}, {}])
def test_what_is_not_known_leaves_a_range(given_: dict[str, float]) -> None:
    assert only(**given_) == (0.0, 1.0, None)


def test_catalogue_is_the_sources() -> None:
    found = catalogue()
    sizes = {group.group: len(group.factor) for group in found.input}
    assert sizes == {
        Category.TOOLS: 5, Category.WORKPLACE: 2, Category.SAFETY: 7, Category.PERSONNEL: 5, Category.MONITORING: 4,
        Category.LEGAL: 2, Category.INFORMATION: 8,
    }  # fmt: skip
    assert [len(group.factor) for group in found.output] == [6, 3, 2, 5]
    assert (len(found.inputs), len(found.outputs), len(set(found.order))) == (33, 16, 49)
    assert len([error for error in found.error if "fused" in error.printed or "twice" in error.printed]) == 2
    assert all(error.place and error.printed and error.read_as for error in found.error)


def test_groups_and_enterprise_are_means_of_factors() -> None:
    found = comply(
        full(training=row(required=100.0, actual=60.0), equipment=row("equipment", required=8.0, actual=4.0))
    )
    assert found.groups["personnel"].low == pytest.approx((4 + 0.6) / 5)
    assert found.groups["tools"].low == pytest.approx((4 + 0.5) / 5)
    assert found.groups["legal"].low == 1
    assert found.total.low == found.total.high == pytest.approx((31 + 0.6 + 0.5) / 33)
    assert {level.status for level in found.groups.values()} == {Compliant.YES}


def test_one_mandatory_failure_outweighs_every_mean() -> None:
    found = comply(full(training=row(required=100.0, actual=99.9, mandatory=True)))
    assert found.total.low > 0.999
    assert found.total.status is found.groups["personnel"].status is Compliant.NO
    assert found.groups["tools"].status is Compliant.YES
    assert found.total.failures == found.groups["personnel"].failures == ("training",)
    optional = comply(full(training=row(required=100.0, actual=0.0)))
    assert optional.total.status is Compliant.YES


def test_silence_is_never_compliant() -> None:
    found = comply(full(training=None, reliability=row("reliability", required=3.0, mandatory=True)))
    personnel = found.groups["personnel"]
    assert (personnel.low, personnel.high, personnel.status) == (pytest.approx(3 / 5), 1.0, Compliant.UNKNOWN)
    assert personnel.missing == ("training", "reliability")
    assert found.total.status is Compliant.UNKNOWN
    nothing = comply([])
    assert (nothing.total.low, nothing.total.high, len(nothing.total.missing)) == (0.0, 1.0, 33)


def test_what_does_not_apply_counts_nowhere() -> None:
    rows = full(training=row(applies=False, required=9.0, actual=0.0, mandatory=True, target=5.0))
    found = comply(rows)
    assert (found.groups["personnel"].factors, found.total.factors) == (4, 32)
    assert (found.total.low, found.total.status, found.goals) == (1.0, Compliant.YES, ())


def test_workplaces_are_rolled_up_by_people() -> None:
    places = {"shop": 90, "office": 10}
    rows = full(training=row(workplace="shop", required=100.0, actual=50.0, mandatory=True))
    rows.append(row(workplace="office", required=100.0, actual=100.0, mandatory=True))
    found = comply(rows, places)
    assert found.groups["personnel"].low == pytest.approx((4 + 0.9 * 0.5 + 0.1) / 5)
    assert found.total.failures == ("training.shop",)
    assert (found.workplaces["shop"].low, found.workplaces["shop"].status) == (0.5, Compliant.NO)
    assert (found.workplaces["office"].low, found.workplaces["office"].status) == (1.0, Compliant.YES)
    assert comply(rows).groups["personnel"].low == pytest.approx((4 + 0.75) / 5)


def test_goals_and_what_was_achieved() -> None:
    rows = [
        row(required=100.0, actual=75.0, target=70.0),
        row("injuries", direction=MOST, actual=34.6, target=30.0),
        row("engagement", target=30.0),
        row("work-and-rest", direction=WITHIN, required=18.0, upper=22.0, actual=20.0, target=20.0),
    ]
    goals = {goal.key: goal.met for goal in comply(rows).goals}
    assert goals == {"training": True, "injuries": False, "engagement": None, "work-and-rest": True}


def test_outputs_before_and_after_a_year() -> None:
    rows = [
        row("injuries", direction=MOST, before=37.0, actual=34.6),
        row("engagement", before=46.0, actual=43.0),
        row("responsibilities", before=90.0, actual=90.0),
        row("harm", direction=MOST, actual=3.0),
        row("main-indicators", direction=WITHIN, required=5.0, upper=6.0, worst=0.0, before=3.0, actual=7.0),
    ]
    found = {output.key: (output.change, output.better) for output in comply(rows).outputs}
    assert found == {
        "injuries": (pytest.approx(-2.4), True),
        "engagement": (-3.0, False),
        "responsibilities": (0.0, None),
        "harm": (None, None),
        "main-indicators": (4.0, True),
    }
    assert comply(rows).total.factors == 33


def problems(*rows: FactorEntry, places: dict[str, int] | None = None) -> dict[tuple[str, str], str]:
    with pytest.raises(InputError) as caught:
        comply(rows, places)
    return {(problem.row, problem.column): problem.message for problem in caught.value.problems}


def test_every_problem_is_in_one_list() -> None:
    found = problems(
        row("trainings"),
        row("equipment", unit="%", required=100.0, actual=101.0),
        row("materials", unit="%", required=100.0, actual=-3.0, worst=-5.0),
        row("automation", workplace="shp"),
        row("hand-tools", required=5.0, upper=6.0, actual=7.0),
        row("technical-condition", direction=WITHIN, required=5.0, actual=7.0),
        row("workspace", direction=WITHIN, required=5.0, upper=4.0),
        row("discipline", direction=MOST, required=5.0, actual=8.0),
        row("environment", direction=MOST, required=5.0, actual=8.0, worst=4.0),
        row("safe-practice", required=5.0, actual=-1.0),
        row("training", workplace="shop"),
        row("training"),
        places={"shop": 3},
    )
    assert {key: words.split(",")[0] for key, words in found.items()} == {
        ("trainings", "factor"): "there is no such factor or output",
        ("equipment", "actual"): "a per cent above 100",
        ("materials", "actual"): "a negative per cent",
        ("materials", "worst"): "a negative per cent",
        ("automation shp", "workplace"): "there is no work group of this id",
        ("hand-tools", "upper"): "an upper end without a range",
        ("technical-condition", "upper"): "a range without its upper end",
        ("workspace", "upper"): "a range whose ends do not fit",
        ("discipline", "worst"): "the requirement is missed",
        ("environment", "worst"): "the worst level meets the requirement",
        ("safe-practice", "actual"): "the actual level is worse than the worst",
        ("training shop", "workplace"): "a row for a workplace stands beside one for the whole enterprise",
    }


levels = st.builds(
    lambda required, share, mandatory: (required, required * share, mandatory),
    st.floats(1, 1e6),
    st.floats(0, 1.5),
    st.booleans(),
)


@st.composite
def tables(draw: Any) -> list[FactorEntry]:
    rows = []
    for name in catalogue().inputs:
        places = draw(st.sampled_from([[None], [None], ["a", "b"]]))
        for place in places:
            required, actual, mandatory = draw(levels)
            known = draw(st.integers(0, 5)) > 0
            rows.append(
                row(name, workplace=place, required=required, actual=actual if known else None, mandatory=mandatory)
            )
    return rows


PEOPLE = {"a": 30, "b": 7}


@settings(max_examples=25, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(rows: list[FactorEntry], shuffle: random.Random) -> None:
    found = comply(rows, PEOPLE)
    again = [*rows]
    shuffle.shuffle(again)
    assert comply(again, PEOPLE) == found
    assert _total(found) == pytest.approx(found.total.low, abs=1e-12)
    assert 0 <= found.total.low <= found.total.high <= 1


def _total(found: Compliance) -> float:
    """The enterprise's level as the mean of group levels, each by its number of factors."""
    return math.fsum(level.low * level.factors for level in found.groups.values()) / 33


@settings(max_examples=25, deadline=None)
@given(tables(), st.integers(0, 10_000))
def test_a_better_level_lowers_nothing_and_silence_raises_nothing(rows: list[FactorEntry], at: int) -> None:
    at %= len(rows)
    before = comply(rows, PEOPLE)
    entry = rows[at]
    better = comply([*rows[:at], entry.update(actual=(entry.actual or 0.0) + 1.0), *rows[at + 1 :]], PEOPLE)
    silent = comply([*rows[:at], entry.update(actual=None), *rows[at + 1 :]], PEOPLE)
    assert silent.total.low <= before.total.low + 1e-12
    assert before.total.low <= better.total.low + 1e-12
    assert set(better.total.failures) <= set(before.total.failures) | (
        {before_key(entry)} if entry.actual is None else set()
    )
    assert silent.total.status is not Compliant.YES


def before_key(entry: FactorEntry) -> str:
    return entry.factor if entry.workplace is None else f"{entry.factor}.{entry.workplace}"
