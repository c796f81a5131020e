"""`oshopt simulate`: what it prints and writes, and how it answers mistakes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from oshopt.cli import main

Run = Callable[..., tuple[int, str, str]]
QUANTITIES = {"headcount", "mean_risk", "share_above", "cases", "injuries", "lost_days", "leavers", "moved"}
STATISTICS = {"mean", "se", "p05", "p25", "p50", "p75", "p95"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shipped: Path) -> Run:
    """`oshopt simulate` on a shipped scenario, in this process: exit status, standard output, standard error."""

    def run_main(scenario: str, *arguments: str) -> tuple[int, str, str]:
        command = ["oshopt", "simulate", str(shipped / scenario), "--jobs", "1", *arguments]
        monkeypatch.setattr(sys, "argv", command)
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run_main


def test_tables_say_what_happens(run: Run) -> None:
    status, out, err = run("food-plant", "--strategy", "as-planned", "--replications", "20")
    assert (status, err) == (0, "")
    assert "800 people over 2026–2030 in 20 replications" in out
    for words in ("cases of disease", "Deboning and cutting", "Workers above acceptable risk", "planned and done"):
        assert words in out
    assert re.search(r"shortest N, years +\d+\.\d \(\d+\.\d to \d+\.\d\)", out)
    assert "Difference from" not in out


def test_a_terminal_is_told_what_took_the_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    status, _, err = run("food-plant", "--strategy", "as-planned", "--replications", "3")
    assert status == 0
    assert re.search(r"3 replications in .* s of processor time, \d+% of it the enterprise, \d+% its people", err)


def test_strategies_and_the_optimum_are_compared_in_one_command(run: Run) -> None:
    names = ("do-nothing", "strategy-1", "strategy-2")
    arguments = [part for name in names for part in ("--strategy", name)]
    status, out, _ = run("conditional-enterprise", *arguments, "--optimum", "--replications", "5")
    assert status == 0
    for words in ("36.7", "45.0", "43.8", "46.6", "Difference from “do nothing”"):
        assert words in out


def test_json_has_years_and_groups_by_quantity(run: Run) -> None:
    status, out, _ = run("food-plant", "--replications", "6", "--json", "-", "--seed", "9")
    answer = json.loads(out)
    assert status == 0
    assert answer["years"] == [2026, 2027, 2028, 2029, 2030]
    assert (answer["strategy"], answer["seed"], answer["replications"]) == ("as-planned", 9, 6)
    assert set(answer["groups"]) == {"bottling", "cold-store", "cutting", "loading", "refrigeration"}
    for group in [*answer["groups"].values(), answer["everybody"]]:
        assert set(group) == QUANTITIES
        for spread in group.values():
            assert set(spread) == STATISTICS
            assert {len(row) for row in spread.values()} == {5}
    assert answer["groups"]["cutting"]["headcount"]["p50"] == [260] * 5
    assert set(answer["versions"]) == {"python", "oshopt", "numpy", "numba", "simpy"}
    assert list(answer["others"]) == ["last-year"]
    assert answer["differences"][0]["second"] == "last-year"
    assert set(answer["safe_service"]["cutting"]) == STATISTICS


def test_equal_seeds_give_equal_answers(run: Run) -> None:
    arguments = ["food-plant", "--strategy", "last-year", "--replications", "4", "--json", "-", "--seed"]
    assert run(*arguments, "1") == run(*arguments, "1")
    assert run(*arguments, "1") != run(*arguments, "2")


def test_files_are_written(run: Run, tmp_path: Path) -> None:
    status, _, err = run(
        "food-plant",
        "--strategy",
        "as-planned",
        "--replications",
        "5",
        "--log",
        "--out",
        str(tmp_path),
        "--figures",
        str(tmp_path / "figures"),
    )
    names = {"simulation.html", "simulation.json"}
    assert status == 0
    assert {path.name for path in tmp_path.iterdir()} == names | {"figures"}
    assert all(name in err for name in names)
    drawn = list((tmp_path / "figures").glob("*.svg"))
    assert {path.stem for path in drawn} == {"share_above", "cases-as-planned", "projects-as-planned"}
    for path in drawn:
        text = path.read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314
        assert not re.search(r"(href|src)=\"(?!#)", text)
    page = (tmp_path / "simulation.html").read_text(encoding="utf-8")
    assert "oshopt simulate" in page
    assert "money released" in page
    assert not re.search(r"(href|src)=\"(?!#|data:)", page)


def test_the_log_is_told(run: Run) -> None:
    _, out, _ = run("food-plant", "--strategy", "as-planned", "--replications", "2", "--log")
    assert re.search(r"2026\.00 +money released +2026 +5.900.000", out)
    assert re.search(r"ordered +Training and knowledge tests", out)


def test_a_stopped_run_can_be_taken_up(run: Run, tmp_path: Path) -> None:
    arguments = ["food-plant", "--strategy", "as-planned", "--replications", "30", "--json", "-"]
    plain = run(*arguments)
    assert run(*arguments, "--resume", str(tmp_path)) == plain
    assert len(list(tmp_path.rglob("*.npz"))) == 2
    assert run(*arguments, "--resume", str(tmp_path)) == plain


def test_planning_anew_needs_no_history_and_no_answers(run: Run) -> None:
    status, out, err = run("food-plant", "--strategy", "last-year", "--replan", "--replications", "1")
    assert (status, err) == (0, "")
    assert "re-planned" in out


def test_planning_anew_stands_beside_the_plan(run: Run) -> None:
    status, out, _ = run("conditional-enterprise", "--replan", "--replications", "3")
    assert status == 0
    assert "“optimum” and “re-planned”" in out
    assert out.count("46.6") >= 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--strategy", "as-plannd"], "Did you mean 'as-planned'?"),
        (["--replications", "0"], "replications: a value outside its limits (found '0')"),
        (["--seed", "-1"], "seed: "),
        (["--precision", "2"], "precision: "),
        (["--jobs", "0"], "processes"),
    ],
)
def test_mistakes_give_2(run: Run, arguments: list[str], words: str) -> None:
    status, out, err = run("food-plant", *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_a_folder_that_cannot_be_made_gives_2(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    status, _, err = run("food-plant", "--replications", "1", "--resume", str(file))
    assert status == 2
    assert err.startswith("oshopt: ")
