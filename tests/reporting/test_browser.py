"""The report in a real browser: nothing fails to load, nothing overflows, every figure is named, printing works."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import oshopt
from oshopt.comparison import compare, compared
from oshopt.experts import analyse, answered_surveys
from oshopt.model import Scenario
from oshopt.reporting import write_comparison, write_frontier, write_report
from oshopt.simulation import Effort, simulate_each
from tests.reporting import cases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
LONG = "Герметизация " * 23

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNNAMED = """[...document.querySelectorAll('svg, img')].filter(e => !e.closest('[aria-hidden=true]')
  && !(e.closest('[role=img]')?.getAttribute('aria-label'))).length"""
SMALLEST_TEXT = """Math.min(...[...document.querySelectorAll('.canvas svg text')].map(
  t => parseFloat(getComputedStyle(t).fontSize) * Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b)))"""
CLIPPED = """[...document.querySelectorAll('.canvas svg')].filter(svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].some(t => {
    const r = t.getBoundingClientRect();
    return r.left < box.left - 2 || r.right > box.right + 2 || r.top < box.top - 2 || r.bottom > box.bottom + 2;
  });
}).length"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"there is no browser at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        opened = tool.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


def _scenario(name: str, shipped: Path) -> Scenario:
    if name == "long names":
        return cases.many_measures(40, [LONG[:300], "x" * 300, "\u202eעברית"])
    return oshopt.load(shipped / name)


def _frontier(scenario: Scenario, folder: Path) -> Path:
    write_frontier(scenario, oshopt.frontier(scenario, points=8), folder / "frontier.html", command="oshopt frontier x")
    return folder / "frontier.html"


def _comparison(scenario: Scenario, folder: Path) -> Path:
    plan = oshopt.allocate(scenario, marginals=False)
    tables = compared(scenario, optimum=plan)
    study = simulate_each(scenario, tables, effort=Effort(replications=4), every_pair=True)
    found = compare(scenario, optimum=plan, study=study, standings=True)
    write_comparison(scenario, found, folder / "comparison.html", command="oshopt compare x")
    return folder / "comparison.html"


@pytest.fixture(scope="module", params=["conditional-enterprise", "food-plant", "long names", "frontier", "comparison"])
def report(request: pytest.FixtureRequest, shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "frontier":
        return _frontier(_scenario("conditional-enterprise", shipped), tmp_path_factory.mktemp("frontier"))
    if request.param == "comparison":
        return _comparison(_scenario("food-plant", shipped), tmp_path_factory.mktemp("comparison"))
    scenario = _scenario(request.param, shipped)
    path = tmp_path_factory.mktemp("report") / "report.html"
    surveys = [analyse(scenario, name) for name in answered_surveys(scenario)]
    write_report(scenario, cases.planned(scenario), path, command="oshopt plan scenario --out out", surveys=surveys)
    return path


def _opened(browser: Browser, report: Path, width: int) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if request.url == report.as_uri() else complaints.append(request.url))
    page.goto(report.as_uri(), wait_until="networkidle")
    return page, complaints


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_page_fits_and_is_quiet(browser: Browser, report: Path, width: int) -> None:
    page, complaints = _opened(browser, report, width)
    try:
        assert complaints == []
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(UNNAMED) == 0
        assert page.evaluate(SMALLEST_TEXT) >= 8
        assert page.evaluate(CLIPPED) == 0
    finally:
        page.close()


def test_printing_gives_pages(browser: Browser, report: Path) -> None:
    page, complaints = _opened(browser, report, 1440)
    try:
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")
        assert printed.count(b"/MediaBox") >= 4
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 688, "height": 1000})
        assert page.evaluate(OVERFLOW) <= 0
        assert complaints == []
    finally:
        page.close()
