"""`oshopt assess` as a person runs it: one enterprise, several, templates, mistakes, JSON and pages."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oshopt.cli import main
from oshopt.files import load_answers

Run = Callable[..., tuple[int, str, str]]

HEAD = "indicator,part,value\n"
SHEETS = {
    "north": HEAD + "1,commission,yes\n8,found,20\n8,remedied,18\n24,resolved,2\n25,drafts,0\n26,resolved,0\n",
    "south": HEAD + "1,commission,no\n24,resolved,1\n25,drafts,0\n26,resolved,0\n",
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: exit status, standard output, standard error."""

    def run_main(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run_main


@pytest.fixture
def sheets(tmp_path: Path) -> list[Path]:
    """Answer sheets of two enterprises."""
    for name, text in SHEETS.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.csv" for name in SHEETS]


def test_a_scenario(run: Run, shipped: Path) -> None:
    status, out, err = run("assess", shipped / "food-plant")
    assert (status, err) == (0, "")
    words = " ".join(out.split())
    assert "The scorecard gives 55 points of at most 123" in words
    assert "make it not compliant" in words
    assert "“as-planned” neglects" in words
    titles = ["Scorecard:", "Answers that are missing", "Compliance by input group", "Compliance by workplace", "Goals"]
    for title in [*titles, "Factors of the management system", "Outputs before and after", "Money against gap"]:
        assert title in out
    assert "20. – shower heads for men" in out
    assert "of these, remedied +7 → +1 point" in " ".join(out.split())


def test_json_has_the_same_figures(run: Run, shipped: Path) -> None:
    status, out, _ = run("assess", shipped / "food-plant", "--strategy", "last-year", "--json", "-")
    assert status == 0
    found = json.loads(out)
    assert (found["scorecard"]["low"], found["scorecard"]["high"]) == (55, 67)
    assert found["compliance"]["total"]["status"] == "not compliant"
    assert list(found["money"]) == ["last-year"]
    assert found["scorecard"]["indicators"][23]["greatest"] == "inf"


def test_readings(run: Run, shipped: Path) -> None:
    for reading, high in (("27-two", 79), ("27-per-commission", "inf")):
        status, out, _ = run("assess", shipped / "food-plant", "--reading", reading, "--json", "-")
        assert status == 0
        assert json.loads(out)["scorecard"]["high"] == high
    status, _, err = run("assess", shipped / "food-plant", "--reading", "27-tow")
    assert status == 2
    assert "Did you mean '27-two'?" in err


def test_several_are_ranked(run: Run, sheets: list[Path], shipped: Path, tmp_path: Path) -> None:
    status, out, _ = run("assess", *sheets, shipped / "food-plant", "--out", tmp_path / "out")
    assert status == 0
    places = [re.split(r"  +", line.strip())[:3] for line in out.splitlines() if re.match(r" +[123]  ", line)][:3]
    assert [place[0] for place in places] == ["1", "2", "3"]
    assert [place[1] for place in places] == ["Meat and dairy plant (illustrative)", "north", "south"]
    answer = json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in answer["enterprises"]] == ["north", "south", "Meat and dairy plant (illustrative)"]
    assert [place["name"] for place in answer["ranking"]] == [place[1] for place in places]
    assert (answer["ranking"][2]["best"], answer["ranking"][2]["worst"]) == (1, 3)
    page = (tmp_path / "out" / "assessment.html").read_text(encoding="utf-8")
    assert "leads with at least 55 points" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_problems_of_every_path_are_told_together(run: Run, sheets: list[Path]) -> None:
    for path in sheets:
        path.write_text(path.read_text(encoding="utf-8") + "40,x,1\n", encoding="utf-8")
    status, out, err = run("assess", *sheets)
    assert (status, out) == (2, "")
    assert "2 problems in the input" in err
    assert "north.csv, row 8, column indicator" in err
    assert "south.csv, row 6, column indicator" in err


def test_nothing_to_assess(run: Run, shipped: Path, tmp_path: Path) -> None:
    status, _, err = run("assess", shipped / "conditional-enterprise")
    assert status == 2
    assert "no answers to assess" in err
    assert run("assess")[0] == 2
    assert run("assess", tmp_path / "nowhere")[0] == 2


def test_templates(run: Run, tmp_path: Path) -> None:
    for name in ("a.csv", "compliance.csv", "a.xlsx"):
        status, _, err = run("assess", "--template", tmp_path / name)
        assert status == 0
        assert name in err
    status, _, err = run("assess", "--template", tmp_path / "a.csv")
    assert status == 2
    assert "exists already" in err
    assert len(load_answers(tmp_path / "a.xlsx").compliance) == 49
    status, out, _ = run("assess", tmp_path / "a.xlsx", "--json", "-")
    assert status == 0
    assert json.loads(out)["scorecard"]["low"] == -35


def test_a_scorecard_of_ones_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'name = "Own"\n[[indicator]]\nid = "a"\nnumber = 1\ntext = "A"\n'
        'part = [{ id = "a", text = "a", kind = "yes_no" }]\n'
        'item = [{ rule = "yes", parts = ["a"], yes = 4, no = -1 }]\n',
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_text("indicator,value\na,yes\n", encoding="utf-8")
    status, out, _ = run("assess", tmp_path / "a.csv", "--scorecard", tmp_path / "own.toml")
    assert status == 0
    assert "The scorecard gives 4 points of at most 4." in out
    (tmp_path / "own.toml").write_text("name = 3", encoding="utf-8")
    status, _, err = run("assess", tmp_path / "a.csv", "--scorecard", tmp_path / "own.toml")
    assert status == 2
    assert "own.toml, indicator: a needed key is missing" in err


def test_names_steer_no_terminal(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}\x1b[31m.csv").write_text(SHEETS["north"], encoding="utf-8")
    status, out, _ = run("assess", *sorted(tmp_path.glob("*.csv")))
    assert status == 0
    assert "\x1b[31m" not in out
