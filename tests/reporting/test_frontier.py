"""What the page of a frontier says and draws: true in every case, and the same for the same input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import oshopt
from oshopt.model import Budget, Frontier, Measure, Scenario
from oshopt.reporting import (
    frontier_entries,
    frontier_groups,
    frontier_headline,
    frontier_money,
    frontier_pictures,
    frontier_points,
    frontier_sentences,
    write_frontier,
)
from tests.making import reference, scenario_of
from tests.reporting.cases import two_groups


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return reference()


@pytest.fixture(scope="module")
def effect(scenario: Scenario) -> Frontier:
    return oshopt.frontier(scenario, "effect", budgets=[5e4 * i for i in range(31)])


def told(scenario: Scenario, frontier: Frontier) -> str:
    return " ".join([frontier_headline(scenario, frontier), *frontier_sentences(scenario, frontier)]).replace(
        "\u202f", " "
    )


def test_sentences_name_today_the_knee_and_what_comes_next(scenario: Scenario, effect: Frontier) -> None:
    text = told(scenario, effect).replace("\u00a0", " ")
    assert "Today's budget of 300 000 units in 2014 brings the mean ε to 0.272" in text or "brings mean ε" in text
    assert "The knee is at 350 000 units in 2014 (0.306): 31 % of the whole gain for 23 % of the extra money" in text
    assert "the next to get money are “m30” at 300 000, “m06” at 350 000 and “m09” at 400 000" in text
    assert "each further 100 000 would bring +0.0680 there" in text


def test_a_convex_curve_has_no_knee_and_its_condition_beside_n(scenario: Scenario) -> None:
    found = oshopt.frontier(scenario, budgets=[0, 3e5, 6e5, 1.5e6], entries=False)
    text = told(scenario, found)
    assert "There is no knee: over these points later money brings more" in text
    assert "goes on being paid for and dR = 0.003 a year holds" in frontier_headline(scenario, found)
    assert "∞" in frontier_points(scenario, found).rows[-1][1]
    assert all("↑" not in cell for cell in frontier_points(scenario, found).rows[0])


def test_the_table_marks_today_and_the_knee(scenario: Scenario, effect: Frontier) -> None:
    rows = {row[0].replace("\u202f", ""): row for row in frontier_points(scenario, effect).rows}
    assert rows["300000"][-1] == "today"
    assert rows["350000"][-1] == "knee"
    assert rows["300000"][1:3] == ("0.2720", "+0.0680")
    assert {row[-2] for row in rows.values()} == {"optimal"}


def test_every_measure_stands_in_the_table_of_entry_points(scenario: Scenario, effect: Frontier) -> None:
    table = frontier_entries(scenario, effect)
    assert len(table.rows) == 31
    assert [row[0] for row in table.rows][:3] == ["m03", "m14", "m01"]
    assert table.rows[-1][0] == "m11"
    assert table.rows[-1][2] == "never"
    assert table.rows[1][2] == "50\u202f000"


def test_groups_and_money_have_a_place_for_every_point() -> None:
    scenario = two_groups()
    found = oshopt.frontier(scenario, budgets=[20, 100], entries=False)
    assert [column.title for column in frontier_groups(scenario, found).columns[1:]] == ["Press shop", "Paint shop"]
    assert len(frontier_groups(scenario, found).rows) == 2
    assert [len(row) for row in frontier_money(scenario, found).rows] == [3, 3]
    assert frontier_headline(scenario, found).startswith("Today's budget of 100")


def test_a_measure_that_leaves_is_told() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "big", "weight": 0.7, "full_cost": 100.0, "kind": "whole"},
        {"id": "small", "weight": 0.3, "full_cost": 60.0, "kind": "whole"},
    ]
    measures = tuple(Measure.model_validate(row, strict=False) for row in rows)
    scenario = scenario_of(measures=measures, budget=Budget(total=70.0))
    found = oshopt.frontier(scenario, "effect", budgets=[70])
    assert "More money takes “small” out of the plan again" in told(scenario, found)
    table = frontier_entries(scenario, found)
    assert [row[0] for row in table.rows] == ["small", "small", "big"]
    assert table.rows[0][2:4] == ("60", "100")


def test_equal_frontiers_give_equal_pages_and_figures(scenario: Scenario, effect: Frontier, tmp_path: Path) -> None:
    assert frontier_pictures(scenario, effect) == frontier_pictures(scenario, effect)
    for name in ("one", "two"):
        write_frontier(scenario, effect, tmp_path / name, command="oshopt frontier x")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_figures_name_their_axes_and_today(scenario: Scenario, effect: Frontier) -> None:
    figures = frontier_pictures(scenario, effect)
    assert set(figures) == {"frontier", "entries"}
    for words in ("mean ε", "knee", "today's budget", "budget in 2014, units"):
        assert words in figures["frontier"].svg.replace("thousand units", "units")


def test_markup_in_names_stays_text(tmp_path: Path) -> None:
    rows = (
        Measure(id="a", name="<script>alert(1)</script>", weight=0.6, full_cost=100.0),
        Measure(id="b", name="b & <b>", weight=0.4, full_cost=100.0),
    )
    scenario = scenario_of(measures=rows)
    write_frontier(scenario, oshopt.frontier(scenario, "effect", points=3), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>" not in page
