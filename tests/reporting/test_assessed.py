"""Pages and tables of an assessment: in a plan's report, on a page of their own, with hostile names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import oshopt
from oshopt.assessment import assess_answers
from oshopt.cli import answers
from oshopt.cli.opinions import Doubt
from oshopt.model import DO_NOTHING, Answer, FactorEntry
from oshopt.reporting import assessed_tables, write_assessment
from tests.reporting.cases import Page, planned
from tests.reporting.test_browser import CLIPPED, OVERFLOW, SMALLEST_TEXT, UNNAMED, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]


def test_a_plans_report_says_where_the_enterprise_stands(shipped: Path, tmp_path: Path) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    doubt = Doubt([], None)
    answers.write_files(scenario, planned(scenario), tmp_path, doubt, workbook=False, command="")
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert {"href": "#standing"} in page.named("a")
    assert "Where the enterprise stands The scorecard gives 55 points" in page.text
    assert "Money against gap by input group" in page.text
    assert "optimum" in page.text.partition("Money against gap by input group 7 rows input group")[2][:200]


def test_a_report_without_answers_has_no_such_section(shipped: Path, tmp_path: Path) -> None:
    scenario = oshopt.load(shipped / "conditional-enterprise")
    oshopt.write_report(scenario, planned(scenario), tmp_path / "report.html")
    assert "Where the enterprise stands" not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_page_is_sound_and_the_same_each_time(shipped: Path, tmp_path: Path) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    nothing = oshopt.evaluate(scenario, DO_NOTHING)
    found = oshopt.assess(scenario, {"last-year": oshopt.evaluate(scenario, "last-year")}, nothing)
    for name in ("one.html", "two.html"):
        write_assessment([found], tmp_path / name, scenario=scenario, command="oshopt assess")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    page = Page((tmp_path / "one.html").read_text(encoding="utf-8"))
    assert scenario.fingerprint in page.text
    assert len(page.named("figure")) == 3
    assert not [tag for tag, attributes in page.elements if "src" in attributes or tag in ("script", "link")]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_fits_a_screen(browser: Browser, shipped: Path, tmp_path: Path, width: int) -> None:
    scenario = oshopt.load(shipped / "food-plant")
    evaluations = {name: oshopt.evaluate(scenario, name) for name in scenario.strategy_tables}
    found = oshopt.assess(scenario, evaluations, oshopt.evaluate(scenario, DO_NOTHING))
    write_assessment([found, found], tmp_path / "page.html")
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "page.html").as_uri())
    assert asked == [(tmp_path / "page.html").as_uri()]
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(UNNAMED) == 0
    assert page.evaluate(SMALLEST_TEXT) >= 8
    page.close()


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>'
    rows = [Answer(indicator="22", part="points", value=2.0, note=evil)]
    levels = [FactorEntry(factor="training", required=2.0, actual=1.0, unit=evil[:20], basis=evil, target=2.0)]
    found = assess_answers(evil, rows, levels)
    write_assessment([found], tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert evil in Page(text).text


def test_levels_alone_of_several_enterprises(tmp_path: Path) -> None:
    levels = [FactorEntry(factor="training", required=2.0, actual=1.0, basis="the act of 1992", before=0.5)]
    write_assessment([assess_answers(name, [], levels) for name in ("a", "b")], tmp_path / "page.html")
    text = Page((tmp_path / "page.html").read_text(encoding="utf-8")).text
    assert "2 enterprises side by side." in text
    assert "the act of 1992" in text


def test_a_judges_reason_is_shown() -> None:
    rows = [Answer(indicator="22", part="points", value=2.0, note="protocol 7"), Answer(indicator="7", note="minutes")]
    found = assess_answers("a", rows, [])
    (table,) = [table for table in assessed_tables(found) if table.title.startswith("Scorecard")]
    assert [row[1] for row in table.rows if "protocol 7" in row[1]] == ["judged 2: protocol 7"]
    assert not [row for row in table.rows if "minutes" in row[1]]


def test_every_row_is_as_wide_as_its_table(shipped: Path) -> None:
    for table in assessed_tables(oshopt.assess(oshopt.load(shipped / "food-plant"))):
        assert {len(row) for row in table.rows} == {len(table.columns)}
