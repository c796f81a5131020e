"""`oshopt frontier` as people and programs use it: words, tables, data, files and exit statuses."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import oshopt
from oshopt.cli import main
from oshopt.files import save_folder
from oshopt.model import Budget, Measure
from tests.making import scenario_of

Run = Callable[..., tuple[int, str, str]]
FILES = {"frontier.html", "frontier.json"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Call the real entry point in this process; return (exit status, standard output, standard error)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", "frontier", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "180")
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return call


@pytest.fixture
def small(tmp_path: Path) -> Path:
    rows = (
        Measure(id="duty", name="Duty of law", weight=0.2, full_cost=100.0, mandatory=True),
        Measure(id="vent", name="=Ventilation", weight=0.5, full_cost=100.0),
        Measure(id="word", name="Plain words", weight=0.3, full_cost=0.0),
    )
    save_folder(scenario_of(measures=rows, budget=Budget(per_year=150.0)), tmp_path / "small")
    return tmp_path / "small"


def test_words_and_tables_for_people(run: Run, small: Path) -> None:
    status, out, err = run(small)
    assert (status, err) == (0, "")
    words = " ".join(out.split())
    assert "Today's budget of 150 EUR a year brings N to" in words
    assert "No plan exists with less than 100 EUR a year" in words
    assert "Beyond 200 EUR a year more money brings nothing more" in words
    assert re.search(r"150 +\d+\.\d\d .*optimal +today", out)
    assert re.search(r"=Ventilation +0\.5000 +100 +–", out)
    assert re.search(r"Duty of law +0\.2000 +from the least budget on", out)
    assert re.search(r"Plain words +0\.3000 +costs nothing", out)


def test_data_for_programs(run: Run, small: Path) -> None:
    status, out, _ = run(small, "--budgets", "50,150,400", "--json", "-")
    found = json.loads(out)
    assert status == 0
    head = ["scenario", "objective", "limits", "sweep", "basis", "today", "least", "most", "best"]
    assert list(found) == [*head, "points", "bend", "entries", "precision", "resolution"]
    assert (found["sweep"], found["basis"], found["today"]) == ("budgets", "a year", 150.0)
    assert (found["least"], found["most"]) == pytest.approx((100.0, 200.0))
    poor, own, rich = found["points"]
    assert set(poor) == {"budget", "status", "lacking"}
    assert poor["status"] == "infeasible"
    names = ["budget", "status", "money", "value", "bound", "gap", "marginal", "epsilon", "safe_service"]
    assert list(own) == [*names, "remaining_service", "cost", "cases", "spend", "certificate"]
    assert own["spend"]["vent"]["2026"] == pytest.approx(50.0)
    assert set(own["marginal"]) == {"step", "value", "per_unit"}
    assert rich["value"] == "inf"
    (span,) = found["entries"]["vent"]
    assert set(span) == {"enters"}
    assert set(span["enters"]) == {"at", "below", "above"}
    assert span["enters"]["at"] == pytest.approx(100.0, abs=found["precision"])
    assert found["entries"]["word"] == []
    assert not re.search(r"NaN|Infinity|null", out)


def test_data_of_targets(run: Run, small: Path) -> None:
    status, out, _ = run(small, "--targets", "0.6,0.9", "--objective", "effect", "--json", "-")
    found = json.loads(out)
    assert status == 0
    assert (found["sweep"], found["basis"]) == ("targets", "in all")
    assert "entries" not in found
    assert found["points"][0]["target"] == 0.6
    assert found["points"][0]["money"] == pytest.approx(120.0)
    assert found["points"][1]["status"] == "infeasible"


def test_files(run: Run, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    parts = ["--tables", tmp_path / "csv", "--figures", tmp_path / "figures"]
    status, _, err = run(small, "--points", "3", "--out", out, *parts)
    assert status == 0
    assert {path.name for path in out.iterdir()} == FILES
    assert all(name in err for name in FILES)
    with (tmp_path / "csv" / "the_best_plan_for_each_budget.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    data = json.loads((out / "frontier.json").read_text(encoding="utf-8"))["points"]
    assert [float(row[0]) for row in rows] == [point["budget"] for point in data]
    assert [float(row[1]) for row in rows] == [float(point["value"]) for point in data]
    drawn = list((tmp_path / "figures").glob("*.svg"))
    assert {path.stem for path in drawn} == {"frontier", "entries"}
    for path in drawn:
        text = path.read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
        assert not re.search(r"(href|src)=\"(?!#)", text)
    page = (out / "frontier.html").read_text(encoding="utf-8")
    assert "oshopt frontier" in page
    assert "--points 3" in page
    assert not re.search(r"(href|src)=\"(?!#|data:)", page)


def test_entry_points_can_be_left_out(run: Run, shipped: Path) -> None:
    status, out, _ = run(shipped / "conditional-enterprise", "--budgets", "300000", "--no-entries", "--json", "-")
    found = json.loads(out)
    assert status == 0
    assert "entries" not in found
    plan = oshopt.allocate(oshopt.load(shipped / "conditional-enterprise"))
    assert found["points"][0]["value"] == pytest.approx(plan.certificate.value, rel=1e-9)


def test_some_points_without_a_plan_are_told_and_none_with_one_gives_3(run: Run, small: Path) -> None:
    status, out, _ = run(small, "--budgets", "30,150", "--no-entries")
    assert status == 0
    assert re.search(r"30 +no plan .*infeasible", out)
    assert "to 100 EUR" in out
    status, out, _ = run(small, "--budgets", "30", "--no-entries")
    assert status == 3
    assert "None of these points has a plan" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--budgets", "100,much"], "'much'"),
        (["--budgets", ""], "not a number"),
        (["--budgets=-1"], "not an amount"),
        (["--targets", "nan"], "not an amount"),
        (["--budgets", "1", "--targets", "1"], "budgets are given too"),
        (["--budgets", "1", "--points", "5"], "budgets or targets are given too"),
        (["--points", "1"], "out of range"),
        (["--objective", "cost"], "against cost"),
        (["--limit", "safe_service"], "has no number"),
        (["--solver", "hihgs"], "Did you mean 'highs'"),
    ],
)
def test_mistakes_give_2(run: Run, small: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    status, out, err = run(small, *arguments, "--out", tmp_path / "out")
    assert (status, out) == (2, "")
    assert words in err
    assert not (tmp_path / "out").exists()
