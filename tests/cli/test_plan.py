"""`oshopt plan` and `oshopt compare` as people and programs use them: answers, files, exit statuses."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import oshopt
from oshopt.files import save_folder
from oshopt.model import Budget, FrozenMap, Measure, StrategyEntry
from tests.making import reference, scenario_of

OPTIMAL = {"m03", "m14", "m01", "m02", "m05", "m16"}


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call the real entry point in this process; return (exit status, standard output, standard error)."""
    from oshopt.cli import main

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "140")
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capfd.readouterr()
        return int(caught.value.code or 0), out, err

    return call


def shortage(tmp_path: Path) -> Path:
    rows = (Measure(id="a", weight=1.0, full_cost=1000.0, mandatory=True),)
    save_folder(scenario_of(measures=rows, budget=Budget(per_year=70.0)), tmp_path / "short")
    return tmp_path / "short"


def test_json_of_the_reference_case(run: Any, shipped: Path) -> None:
    status, out, _ = run("plan", shipped / "conditional-enterprise", "--json", "-")
    found = json.loads(out)
    assert status == 0
    assert found["status"] == "optimal"
    assert found["objective"] == "safe_service"
    assert found["epsilon"]["workers"]["2014"] == pytest.approx(0.272, abs=1e-9)
    assert found["value"] == found["safe_service"]["workers"] == pytest.approx(46.630037, abs=1e-6)
    assert found["bound"] >= found["value"]
    assert found["gap"] < 1e-6
    assert found["cost"] == pytest.approx(300000)
    assert {name: row["2014"] for name, row in found["spend"].items() if row["2014"]} == dict.fromkeys(OPTIMAL, 50000)
    assert len(found["spend"]) == 31
    assert not re.search(r"NaN|Infinity|null", out)


def test_infinite_service_is_a_word(run: Any, tmp_path: Path) -> None:
    save_folder(reference(total=1.6e6), tmp_path / "rich")
    _, out, _ = run("plan", tmp_path / "rich", "--json", "-")
    found = json.loads(out)
    assert found["value"] == found["bound"] == found["safe_service"]["workers"] == "inf"
    assert found["gap"] == 0
    assert not re.search(r"NaN|Infinity|null", out)
    status, out, _ = run("plan", tmp_path / "rich")
    assert status == 0
    assert "never" in out


def test_table_for_people_has_every_measure_and_the_proof(run: Any, shipped: Path) -> None:
    status, out, err = run("plan", shipped / "conditional-enterprise")
    assert status == 0
    assert not err
    for number in range(1, 32):
        assert re.search(rf"Measure {number} ", out)
    assert "46.630037" in out
    assert "nothing within the limits does better" in " ".join(out.split())


def test_compare_gives_the_table_of_the_source(run: Any, shipped: Path) -> None:
    status, out, _ = run("compare", shipped / "conditional-enterprise")
    assert status == 0
    assert re.search(r"N, years\s+36\.67\s+44\.98\s+43\.76\s+46\.63", out)
    assert re.search(r"ε\s+0\.0000\s+0\.2376\s+0\.2100\s+0\.2720", out)
    _, out, _ = run("compare", shipped / "conditional-enterprise", "strategy-2", "optimum", "--json", "-")
    found = json.loads(out)
    assert list(found["strategies"]) == ["strategy-2"]
    assert found["strategies"]["strategy-2"]["safe_service"]["workers"] == pytest.approx(43.756299, abs=1e-6)
    assert found["nothing"]["safe_service"]["workers"] == pytest.approx(36.666667, abs=1e-6)
    assert found["optimum"]["value"] == pytest.approx(46.630037, abs=1e-6)


def test_files_of_a_plan_load_back(run: Any, shipped: Path, tmp_path: Path) -> None:
    plant, out = shipped / "food-plant", tmp_path / "out"
    status, _, err = run("plan", plant, "--out", out, "--workbook")
    assert status == 0
    assert sorted(path.name for path in out.iterdir()) == ["plan.csv", "plan.json", "report.html", "results.xlsx"]
    assert "report.html" in err
    value = json.loads((out / "plan.json").read_text(encoding="utf-8"))["value"]
    _, text, _ = run("compare", plant, "--with", out / "plan.csv", "--json", "-")
    again = json.loads(text)["strategies"]
    assert set(again) == {"plan", "last-year", "as-planned"}
    assert min(again["plan"]["safe_service"].values()) == pytest.approx(value, rel=1e-9)
    _, text, _ = run("compare", plant, "--with", out / "results.xlsx", "--json", "-")
    assert min(json.loads(text)["strategies"]["results"]["safe_service"].values()) == pytest.approx(value, rel=1e-9)
    assert "oshopt plan" in (out / "report.html").read_text(encoding="utf-8")


def test_comparison_writes_its_files(run: Any, shipped: Path, tmp_path: Path) -> None:
    status, _, _ = run("compare", shipped / "conditional-enterprise", "strategy-1", "--out", tmp_path / "out")
    assert status == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "comparison.html",
        "comparison.json",
        "plan.csv",
    ]


def test_limits_and_objectives(run: Any, shipped: Path) -> None:
    place = shipped / "conditional-enterprise"
    _, out, _ = run("plan", place, "--objective", "cost", "--limit", "safe_service=45", "--json", "-")
    found = json.loads(out)
    assert found["safe_service"]["workers"] == pytest.approx(45, rel=1e-8)
    assert found["limits"] == {"safe_service": 45}
    assert found["reached"]["safe_service"] == pytest.approx(45, rel=1e-6)
    _, out, _ = run("plan", place, "--limit", "effect=workers:0.1", "--solver", "cbc", "--json", "-")
    assert json.loads(out)["limits"] == {"effect:workers": 0.1}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--objective", "saef_service"], "Did you mean 'safe_service'"),
        (["--objective", "outcome:injuries"], "no outcome"),
        (["--limit", "outcome=injuries:3"], "no outcome"),
        (["--limit", "safe_service"], "has no number"),
        (["--limit", "safe_service=often"], "has no number"),
        (["--limit", "saef_service=1"], "Did you mean 'safe_service'"),
        (["--solver", "hihgs"], "Did you mean 'highs'"),
    ],
)
def test_wrong_options_are_told(run: Any, shipped: Path, arguments: list[str], words: str) -> None:
    status, out, err = run("plan", shipped / "conditional-enterprise", *arguments)
    assert status == 2
    assert not out
    assert words in err
    assert "Traceback" not in err


def test_unknown_strategies_and_files_are_told(run: Any, shipped: Path, tmp_path: Path) -> None:
    place = shipped / "conditional-enterprise"
    status, _, err = run("compare", place, "strategy1")
    assert (status, "Did you mean 'strategy-1'" in err) == (2, True)
    broken = tmp_path / "broken.csv"
    broken.write_text("strategy,measure,year,spend\nmine,m99,2014,1\nmine,m01,2013,-4\n", encoding="utf-8")
    status, _, err = run("compare", place, "--with", broken)
    assert status == 2
    assert "row 3, column spend" in err
    broken.write_text("strategy,measure,year,spend\nstrategy-1,m01,2014,1\n", encoding="utf-8")
    status, _, err = run("compare", place, "--with", broken)
    assert (status, "strategy-1" in err) == (2, True)
    broken.write_text("strategy,measure,year,spend\nmine,m99,2014,1\nmine,m01,2013,4\n", encoding="utf-8")
    status, _, err = run("compare", place, "--with", broken)
    assert status == 2
    assert "row 2, column measure" in err
    assert "row 3, column year" in err


@pytest.mark.parametrize("verb", ["plan", "compare"])
def test_no_plan_is_status_3_with_the_amount_missing(run: Any, tmp_path: Path, verb: str) -> None:
    status, out, err = run(verb, shortage(tmp_path), "--out", tmp_path / "out")
    assert status == 3
    assert not out
    assert err.splitlines() == [
        "oshopt: no plan can satisfy every limit",
        "  By arithmetic alone:",
        "  - budget per year: duties and upkeep of what is in force cost at least 1 000 EUR in 2026, and there is 70.",
        "  The smallest set of limits to loosen, all of it together:",
        "  - Raise budget.per_year by 930 to 1 000 EUR a year.",
    ]
    assert not (tmp_path / "out").exists()


def test_reserved_names_are_refused(run: Any, shipped: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("strategy,measure,year,spend\noptimum,m01,2014,1\n", encoding="utf-8")
    status, _, err = run("compare", shipped / "conditional-enterprise", "--with", file)
    assert status == 2
    assert "reserved" in err


def test_same_answer_whatever_the_order_of_rows(run: Any, shipped: Path, tmp_path: Path) -> None:
    source, target = shipped / "conditional-enterprise", tmp_path / "turned"
    target.mkdir()
    for path in source.glob("*.csv"):
        head, *rows = path.read_text(encoding="utf-8-sig").splitlines()
        (target / path.name).write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    (target / "scenario.toml").write_bytes((source / "scenario.toml").read_bytes())
    _, one, _ = run("plan", source, "--json", "-")
    _, two, _ = run("plan", target, "--json", "-")
    assert one == two


def test_explanation_in_tables_json_and_report(run: Any, tmp_path: Path) -> None:
    given = (StrategyEntry(strategy="last-year", measure="b", spend=60.0),)
    save_folder(scenario_of(strategies=given), tmp_path / "small")
    status, out, _ = run("plan", tmp_path / "small", "--explain", "--out", tmp_path / "out")
    assert status == 0
    for title in (
        "Why each measure is in the plan or out of it",
        "Where each measure would enter or leave the plan",
        "What the plan hangs on",
        "The plan against last-year",
    ):
        assert title in out
        assert title in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))["explanation"]
    assert {name: row["code"] for name, row in found["reasons"].items()} == {"a": "pays", "b": "dearer"}
    assert found["changes"]["last-year"]["b"]["money"] == {"2026": -60.0}
    assert {(one["of"], one["id"]) for one in found["sensitivity"]} == {
        ("weight", "a"),
        ("weight", "b"),
        ("increment", "g"),
    }
    _, plain, _ = run("plan", tmp_path / "small", "--json", "-")
    assert "explanation" not in json.loads(plain)


def test_interrupted_work_leaves_nothing_half_written(shipped: Path, tmp_path: Path) -> None:
    # a job that a shell put into the background ignores the signal unless told otherwise
    code = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from oshopt.allocation import planner
def busy(*_):
    print("explaining", file=sys.stderr, flush=True)
    time.sleep(60)
planner.explained = busy
from oshopt.cli import main
main()
"""
    line = [
        sys.executable,
        "-c",
        code,
        "plan",
        str(shipped / "food-plant"),
        "--explain",
        "--out",
        str(tmp_path / "out"),
    ]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "explaining\n"
        process.send_signal(signal.SIGINT)
        assert "stopping with the best plan so far" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_strategies_of_a_plan_keep_their_money() -> None:
    plan = oshopt.allocate(reference())
    assert plan.as_strategy().spend == FrozenMap({name: FrozenMap(row) for name, row in plan.spend.items()})


def test_a_solver_that_fails_is_told_without_a_traceback(run: Any, shipped: Path, monkeypatch: Any) -> None:
    from oshopt.allocation import adapter

    def broken(program: Any, *_: Any) -> adapter.Answer:
        ones = program.upper.copy()
        return adapter.Answer(adapter.Termination.OPTIMAL, "optimal", ones, ones[: len(program.rows)])

    monkeypatch.setattr(adapter, "solver_named", lambda _: broken)
    status, out, err = run("plan", shipped / "conditional-enterprise", "--objective", "effect")
    assert (status, out) == (1, "")
    assert "breaks 'budget total'" in err
    assert "Traceback" not in err


def unsure(tmp_path: Path) -> Path:
    scenario = reference(weight_spread=0.1)
    rows = {n: m.update(weight_spread=0.6) if n in ("m01", "m03", "m14") else m for n, m in scenario.measures.items()}
    save_folder(scenario.update(measures=rows), tmp_path / "unsure")
    return tmp_path / "unsure"


def test_robust_plan(run: Any, tmp_path: Path) -> None:
    options = ("--robust", "cvar:0.9", "--draws", "300", "--seed", "5")
    status, out, err = run("plan", unsure(tmp_path), *options, "--out", tmp_path / "out", "--json", tmp_path / "p.json")
    assert status == 0, err
    assert "In the mean of the worst 10 % of the draws that the search never saw the robust plan is better" in out
    assert re.search(r"The robust plan beside the nominal one", out)
    assert re.search(r"rises from 36\.7 to 4\d\.\d years \(\d\d\.\d–\d\d\.\d\)", " ".join(out.split()))
    found = json.loads((tmp_path / "p.json").read_text())
    sample = found["robustness"]["samples"]["judged"]
    assert sample["draws"] == 5000
    assert sample["advantage"] > 4 * sample["standard_error"]
    assert found["robustness"]["samples"]["in_sample"]["robust"]["cvar"] == pytest.approx(found["value"])
    assert found["robustness"]["draws"] == 300
    assert found["robustness"]["seed"] == 5
    assert len(sample["robust"]["quantiles"]) == 101
    page = (tmp_path / "out" / "report.html").read_text()
    assert "How sure this is" in page
    assert "Price of robustness" in page
    assert 'id="robust-' in page
    assert "--robust cvar:0.9 --draws 300 --seed 5" in page


def test_robust_plan_draws_from_the_survey_in_force(run: Any, shipped: Path) -> None:
    options = ("--objective", "effect", "--robust", "cvar:0.9", "--draws", "60", "--json", "-")
    status, out, err = run("plan", shipped / "food-plant", *options)
    assert status == 0, err
    found = json.loads(out)
    assert found["robustness"]["weights_from"] == "survey"
    assert "experts drawn anew" in found["robustness"]["samples"]["judged"]["source"]
    assert found["bands"]["surveyed"]
    assert found["status"] == "optimal"


def test_compare_shows_ranges(run: Any, tmp_path: Path) -> None:
    status, out, _ = run("compare", unsure(tmp_path), "--json", tmp_path / "c.json")
    assert status == 0
    assert "N of every alternative under uncertain weights and increments" in " ".join(out.split())
    bands = json.loads((tmp_path / "c.json").read_text())["bands"]
    assert set(bands) == {"do-nothing", "optimum", "strategy-1", "strategy-2"}
    assert bands["optimum"]["shortest"]["low"] < 46 < bands["optimum"]["shortest"]["high"]


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--robust", "cvar:high"), "no number"), (("--robust", "cvar:0.9"), "nothing is uncertain")],
)
def test_robust_refused(run: Any, shipped: Path, options: tuple[str, ...], said: str) -> None:
    status, _, err = run("plan", shipped / "conditional-enterprise", *options)
    assert status == 2
    assert said in err


def test_language_turns_texts_and_leaves_codes(run: Any, shipped: Path) -> None:
    path = shipped / "conditional-enterprise"
    english, ukrainian = (json.loads(run("plan", path, "--json", "-", "--lang", code)[1]) for code in ("en", "uk"))
    texts = ("reason", "bound_source", "solver", "binding")
    told = {name: ukrainian["certificate"].pop(name) for name in texts}
    plain = {name: english["certificate"].pop(name) for name in texts}
    assert [limit["name"] for limit in told["binding"]] == [limit["name"] for limit in plain["binding"]]
    assert all(told[name] != plain[name] for name in texts)
    assert ukrainian == english
    status, out, _ = run("plan", path, "--lang", "uk")
    assert status == 0
    assert "N зросте з 36,7 до 46,6 року" in out
    assert "межа: кращого не дає жоден план" in out


def test_shortage_stays_english(run: Any, tmp_path: Path) -> None:
    status, out, err = run("plan", shortage(tmp_path), "--lang", "uk")
    assert (status, out) == (3, "")
    assert "no plan can satisfy every limit" in err
    assert not re.search("[а-яії]", err)
