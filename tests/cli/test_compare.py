"""`oshopt compare`: what it prints and writes, in both languages, and how it answers mistakes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from oshopt.cli import main
from oshopt.files import copy_example

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shipped: Path) -> Run:
    """`oshopt compare` on a scenario, in this process: exit status, standard output, standard error."""

    def run_main(scenario: str | Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", "compare", str(shipped / scenario), *arguments])
        monkeypatch.setenv("COLUMNS", "180")
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run_main


def test_the_consultants_page_in_one_command(run: Run, tmp_path: Path) -> None:
    arguments = ("strategy-1", "strategy-2", "optimum", "--replications", "40")
    status, out, err = run("conditional-enterprise", *arguments, "--out", str(tmp_path))
    assert status == 0
    words = " ".join(out.split())
    assert "“strategy-1” dominates “strategy-2”: as good by every figure" in words
    assert "in each of 40 replications" in words
    assert re.search(r"N, years\s+36\.67\s+44\.98\s+43\.76\s+46\.63", out)
    names = {"comparison.html", "comparison.json", "plan.csv"}
    assert names <= {path.name for path in tmp_path.iterdir()}
    assert "comparison.html" in err
    page = (tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert "strategy-1 strategy-2 --objective safe_service --solver highs --replications 40 --seed 1" in page
    found = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    assert found["order"] == ["do-nothing", "strategy-1", "strategy-2", "optimum"]
    assert found["economics"]["strategy-1"]["cost_in_all"] == pytest.approx(10493179.43, rel=1e-9)
    assert set(found["simulated"]["outcomes"]) == set(found["order"])
    assert len(found["simulated"]["differences"]) == len(found["verdicts"]) == 6
    assert not re.search(r"NaN|Infinity|null", json.dumps(found))


def test_without_replications_nothing_is_simulated(run: Run) -> None:
    status, out, _ = run("conditional-enterprise", "strategy-1", "--json", "-")
    found = json.loads(out)
    assert status == 0
    assert "simulated" not in found
    assert found["order"] == ["do-nothing", "strategy-1", "optimum"]
    _, out, _ = run("conditional-enterprise", "strategy-1")
    assert "--replications N simulates every alternative" in " ".join(out.split())


def test_money_of_a_plant_and_last_year_in_plain_words(run: Run) -> None:
    status, out, _ = run("food-plant", "as-planned", "--replications", "3")
    words = " ".join(out.split())
    assert status == 0
    assert "last year's plan" in out
    assert "last-year" not in out
    for text in ("net present value", "sales needed", "fines", "Money by budget line", "score, points", "burden"):
        assert (text in words) == (text != "burden"), text
    assert "1.5 for each unit of direct money, as the scenario says" in words


def test_equal_seeds_give_equal_answers(run: Run) -> None:
    arguments = ("food-plant", "as-planned", "--replications", "3", "--json", "-", "--seed")
    assert run(*arguments, "3") == run(*arguments, "3")
    assert run(*arguments, "3") != run(*arguments, "4")


def test_an_actual_spending_stands_beside_the_rest(run: Run, tmp_path: Path) -> None:
    copy_example("conditional-enterprise", tmp_path / "mine")
    table = tmp_path / "mine" / "strategies.csv"
    table.write_text(table.read_text(encoding="utf-8") + "actual,m03,2014,40000,,,made up\n", encoding="utf-8")
    head = table.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    row = {"strategy": "actual", "measure": "m03", "year": "2014", "spend": "40000", "source": "made up"}
    lines = table.read_text(encoding="utf-8").splitlines()[:-1]
    table.write_text("\n".join([*lines, ",".join(row.get(name, "") for name in head)]) + "\n", encoding="utf-8")
    status, out, _ = run(tmp_path / "mine", "strategy-1")
    assert status == 0
    assert "what was really spent" in " ".join(out.split())


def test_the_answer_in_ukrainian(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("food-plant", "as-planned", "--replications", "3", "--lang", "uk", "--out", str(tmp_path))
    assert status == 0
    assert "торішній план" in out
    assert "чиста приведена вартість" in out
    page = (tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert 'lang="uk"' in page
    assert "--lang uk" in page
    for text in ("Side by side", "do nothing", "net present value", "replications"):
        assert text not in re.sub(r"<code>.*?</code>", "", page), text
    status, _, err = run("food-plant", "--lang", "xx")
    assert status == 2
    assert "no such language" in err


def test_replications_must_be_some(run: Run) -> None:
    status, _, err = run("conditional-enterprise", "--replications", "0")
    assert status == 2
    assert "replications" in err
