"""`oshopt report`: everything that the engines say of a scenario, in one page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oshopt.cli import application
from tests.reporting.cases import Page

SECTIONS = (
    "answer",
    "comparison",
    "risk",
    "allocation",
    "worth",
    "frontier",
    "uncertainty",
    "people",
    "annex",
    "appendix",
)


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as stop:
        application()([str(arg) for arg in args], prog_name="oshopt")
    return int(stop.value.code or 0)


def test_one_command_makes_the_whole_argument(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = str(shipped / "conditional-enterprise")
    options = ("--replications", "20", "--jobs", "1", "--out", str(tmp_path), "--json", "-")
    assert run("report", scenario, *options, "--limit", "effect=0.2") == 0
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    sections = [attributes["id"] for attributes in page.named("section")]
    assert [name for name in sections if name in SECTIONS] == list(SECTIONS)
    assert f"oshopt report {scenario} --objective safe_service --solver highs --limit effect=0.2" in page.text
    assert "--replications 20 --seed 1 --out DIR" in page.text
    told = capsys.readouterr()
    assert "Written: " in told.err
    answer = json.loads(told.out)
    assert answer["comparison"]["optimum"]["value"] == pytest.approx(46.630037, abs=1e-6)
    assert answer["frontier"]["points"]
    assert {"comparison", "frontier", "surveys"} <= set(answer)


def test_the_cheapest_plan_is_marked_on_the_curve_of_service(tmp_path: Path) -> None:
    scenario = str(tmp_path / "starter")
    assert run("new", scenario) == 0
    options = ("--objective", "cost", "--limit", "safe_service=25", "--replications", "5", "--jobs", "1")
    assert run("report", scenario, *options, "--out", str(tmp_path), "--lang", "uk") == 0
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'lang="uk"' in text
    assert "цей план" in text
    assert "--lang uk" in Page(text).text


def test_out_is_needed(shipped: Path) -> None:
    assert run("report", str(shipped / "conditional-enterprise")) == 2


def test_a_plan_that_cannot_be_is_told(shipped: Path, tmp_path: Path) -> None:
    scenario = str(shipped / "conditional-enterprise")
    assert run("report", scenario, "--limit", "safe_service=400", "--out", str(tmp_path)) == 3
    assert not (tmp_path / "report.html").exists()
