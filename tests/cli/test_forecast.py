"""`oshopt forecast`: what it prints and writes, how it answers mistakes, and what other verbs show of it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import oshopt
from oshopt.cli import main
from oshopt.experts import indicator_weights
from oshopt.forecast import outcome_lines

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`oshopt` in this process: exit status, standard output, standard error."""

    def run_main(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", *arguments])
        monkeypatch.setenv("COLUMNS", "220")
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run_main


@pytest.fixture
def plant(tmp_path: Path, shipped: Path) -> Path:
    """A copy of the food plant that may be changed."""
    return Path(shutil.copytree(shipped / "food-plant", tmp_path / "plant"))


def test_the_answer_comes_in_words_and_tables(run: Run, shipped: Path) -> None:
    status, out, err = run("forecast", str(shipped / "food-plant"))
    assert (status, err) == (0, "")
    for words in (
        "is the best decision within every limit",
        "Outcomes ahead",
        "Decisions in each external state",
        "last value",
        "variance inflation",
        "{X, Y, Q, R, Z, S, E, C, T}",
        "cost 7 400 000 above 5 900 000",
        "no decision kept every limit",
    ):
        assert words in " ".join(out.split())


def test_json_holds_the_lines_that_python_gives(run: Run, shipped: Path) -> None:
    status, out, _ = run("forecast", str(shipped / "food-plant"), "--json", "-")
    answer = json.loads(out)
    assert status == 0
    scenario = oshopt.load(shipped / "food-plant")
    lines = outcome_lines(scenario, weights=indicator_weights(scenario))
    for name, line in lines.items():
        assert answer["outcomes"][name]["line"]["coefficients"] == dict(line.coefficients)
        assert answer["outcomes"][name]["y"]["value"] == pytest.approx(line.outcome_at(line.base))
    assert answer["choice"]["best"] == "training-programme"
    assert "null" not in out
    assert run("forecast", str(shipped / "food-plant"), "--json", "-")[1] == out


def test_files_are_written_whole(run: Run, shipped: Path, tmp_path: Path) -> None:
    status, _, err = run(
        "forecast",
        str(shipped / "food-plant"),
        "--out",
        str(tmp_path / "out"),
        "--seed",
        "4",
        "--figures",
        str(tmp_path / "figures"),
    )
    assert status == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"forecast.html", "forecast.json"}
    drawn = list((tmp_path / "figures").glob("*.svg"))
    assert {path.stem for path in drawn} == {
        f"{kind}-{name}" for kind in ("forecast", "loadings") for name in ("incapacity", "lost-time-injuries")
    }
    assert all(name in err for name in names)
    for path in drawn:
        text = path.read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).tag.endswith("svg")  # noqa: S314
    page = (tmp_path / "out" / "forecast.html").read_text(encoding="utf-8")
    assert "--seed 4" in page
    assert "<image" not in page


def drop_rows(path: Path, having: str) -> None:
    """Take the rows with a text out of a table."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if having not in line), encoding="utf-8")


def test_the_report_of_a_plan_has_the_forecast(run: Run, plant: Path, tmp_path: Path) -> None:
    assert run("plan", str(plant), "--out", str(tmp_path / "out"))[0] == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 'id="forecast"' in page
    assert "The situation of decision" in page
    for name in ("history", "indicators", "decisions"):
        (plant / f"{name}.csv").unlink()
    drop_rows(plant / "effects.csv", ",indicator,")
    settings = (plant / "scenario.toml").read_text(encoding="utf-8")
    (plant / "scenario.toml").write_text(settings.replace("minimise", "# minimise"), encoding="utf-8")
    assert run("plan", str(plant), "--out", str(tmp_path / "bare"))[0] == 0
    assert 'id="forecast"' not in (tmp_path / "bare" / "report.html").read_text(encoding="utf-8")


def test_a_simulation_is_held_against_the_forecast(run: Run, plant: Path, tmp_path: Path) -> None:
    arguments = ("--strategy", "as-planned", "--replications", "4", "--jobs", "1")
    status, out, _ = run("simulate", str(plant), *arguments, "--out", str(tmp_path / "out"))
    assert status == 0
    assert "Events of 2026: simulated, and by the history" in out
    assert "Simulation and history agree on lost-time injuries of 2026" in out
    assert "by the history" in (tmp_path / "out" / "simulation.html").read_text(encoding="utf-8")
    groups = (plant / "groups.csv").read_text(encoding="utf-8")
    (plant / "groups.csv").write_text(groups.replace(",0.05,11,", ",0.5,11,"), encoding="utf-8")
    _, out, _ = run("simulate", str(plant), *arguments)
    assert "Disagreement: " in out
    assert "above what the history lets expect" in " ".join(out.split())


def test_one_answer_of_the_survey_moves_the_forecast(run: Run, plant: Path) -> None:
    _, before, _ = run("forecast", str(plant), "--json", "-")
    rows = (
        (plant / "survey.csv")
        .read_text(encoding="utf-8")
        .replace("50,20,60,88,35,10,54,15", "88,20,60,50,35,10,54,15", 1)
    )
    (plant / "survey.csv").write_text(rows, encoding="utf-8")
    _, after, err = run("forecast", str(plant), "--json", "-")
    old, new = (json.loads(text)["outcomes"]["lost-time-injuries"] for text in (before, after))
    assert err == ""
    assert old["strength"] > 0
    assert old["y"] != new["y"]
    assert json.loads(before)["weights"] != json.loads(after)["weights"]


def test_factors_without_history_are_left_aside(run: Run, plant: Path) -> None:
    for name in ("indicators", "history"):
        text = (plant / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        if name == "indicators":
            text = [line for line in text if not line.startswith("ppe-cover")]
        else:
            at = text[0].split(",").index("ppe-cover")
            text = [",".join(cell for i, cell in enumerate(line.split(",", 12)) if i != at) for line in text]
        (plant / f"{name}.csv").write_text("\n".join(text), encoding="utf-8")
    drop_rows(plant / "effects.csv", ",indicator,ppe-cover,")
    status, _, err = run("forecast", str(plant))
    assert status == 0
    assert "Without history, so without say in the forecast: ppe-cover." in err


def test_a_history_too_short_stops_the_forecast_and_nothing_else(run: Run, plant: Path) -> None:
    rows = (plant / "history.csv").read_text(encoding="utf-8").splitlines()
    (plant / "history.csv").write_text("\n".join([rows[0], *rows[-6:]]), encoding="utf-8")
    status, out, err = run("forecast", str(plant))
    assert (status, out) == (2, "")
    assert "5 years have every indicator" in err
    assert "Give more years" in err
    status, _, err = run("simulate", str(plant), "--strategy", "as-planned", "--replications", "2", "--jobs", "1")
    assert status == 0
    assert "No forecast: " in err


def test_a_scenario_without_history_says_what_is_needed(run: Run, shipped: Path) -> None:
    status, _, err = run("forecast", str(shipped / "conditional-enterprise"))
    assert status == 2
    assert "there is no outcome to forecast" in err
    assert "Give a row with role outcome in indicators" in err


def test_check_says_what_was_read(run: Run, shipped: Path) -> None:
    _, out, _ = run("check", str(shipped / "food-plant"))
    assert "198 rows" in out
    _, out, _ = run("check", str(shipped / "food-plant"), "--json", "-")
    assert json.loads(out)["rows"]["indicators"] == 11
