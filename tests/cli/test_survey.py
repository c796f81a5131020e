"""`oshopt survey` from questionnaires to a plan, and the chain: one rank moves every stage from weights to report."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import oshopt
from oshopt.cli import main
from oshopt.files import add_strategies, save_workbook

Run = Callable[..., tuple[int, str, str]]
EXPERTS = [f"e{i:02d}" for i in range(1, 13)]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: exit status, standard output, standard error."""

    def run_main(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["oshopt", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(stop.value.code or 0), out, err

    return run_main


def enterprise(folder: Path, shipped: Path, experts: list[str]) -> Path:
    """The reference case with a panel that nobody has asked yet."""
    shutil.copytree(shipped / "conditional-enterprise", folder)
    rows = "".join(f"{name},engineers,{30 + at},engineer\n" for at, name in enumerate(experts))
    (folder / "experts.csv").write_text(f"id,group,age,post\n{rows}", encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, shipped: Path) -> Path:
    """The reference case with twelve experts."""
    return enterprise(tmp_path / "enterprise", shipped, EXPERTS)


@pytest.fixture
def small(tmp_path: Path, shipped: Path) -> Path:
    """The reference case with three experts."""
    return enterprise(tmp_path / "enterprise", shipped, EXPERTS[:3])


def matrix(experts: list[str]) -> str:
    """A survey in matrix form: everybody's order is that of the measures, two neighbours exchanged."""
    lines = ["expert," + ",".join(f"m{i:02d}" for i in range(1, 32))]
    for at, name in enumerate(experts):
        ranks = list(range(1, 32))
        ranks[at], ranks[at + 1] = ranks[at + 1], ranks[at]
        lines.append(",".join([name, *map(str, ranks)]))
    return "\n".join(lines) + "\n"


def fill(folder: Path, change: Callable[[Any, int], None] | None = None, *, significance: bool = False) -> None:
    """Fill in every questionnaire as a spreadsheet program would: the listed order, two neighbours exchanged."""
    for at, path in enumerate(sorted(folder.glob("*.xlsx"))):
        book = openpyxl.load_workbook(path)
        sheet = book["questionnaire"]
        rows = {sheet.cell(row, 1).value: row for row in range(8, sheet.max_row + 1)}
        order = list(rows)
        order[at], order[at + 1] = order[at + 1], order[at]
        for place, factor in enumerate(order, start=1):
            sheet.cell(rows[factor], 6).value = place
            if significance:
                sheet.cell(rows[factor], 7).value = 100 - 3 * place
        if change is not None:
            change(book, at)
        book.save(path)


def test_questionnaires_hold_what_an_expert_needs(run: Run, home: Path, tmp_path: Path) -> None:
    status, out, err = run("survey", home, "--questionnaires", tmp_path / "ask")
    assert (status, err) == (0, "")
    assert out.startswith("12 questionnaires of round 1")
    paths = sorted((tmp_path / "ask").iterdir())
    assert [path.name for path in paths] == [f"measures-round1-{name}.xlsx" for name in EXPERTS]
    book = openpyxl.load_workbook(paths[0])
    sheet, more = book["questionnaire"], book["more factors"]
    assert [sheet.cell(row, 2).value for row in range(1, 5)] == ["measures", "measures", "1", "e01"]
    assert [cell.value for cell in sheet[7]] == [
        *("id", "factor", "unit", "from", "to", "rank", "significance", "new from", "new to")
    ]
    scenario = oshopt.load(home)
    first = next(iter(scenario.measures))
    assert [cell.value for cell in sheet[8]][:5] == [first, scenario.measures[first].label, "units", 0, 50000]
    limits = {str(v.sqref): (v.type, v.operator, v.formula1, v.formula2) for v in sheet.data_validations.dataValidation}
    assert limits["F8:F38"] == ("decimal", "between", "1", "31") or limits["F8:F38"][2:] == ("1", "31")
    assert limits["G8:G38"][:2] == ("decimal", "greaterThanOrEqual")
    assert not sheet["F8"].protection.locked
    assert sheet["B8"].protection.locked
    assert sheet.protection.sheet
    assert len([1 for row in range(3, more.max_row + 1) if not more.cell(row, 1).protection.locked]) == 20
    status, _, err = run("survey", home, "--questionnaires", tmp_path / "ask")
    assert status == 2
    assert "exists already" in err


def test_answers_come_back_and_become_weights_of_a_plan(run: Run, home: Path, tmp_path: Path) -> None:
    run("survey", home, "--questionnaires", tmp_path / "ask")

    def add(book: Any, at: int) -> None:
        if at == 0:
            for column, value in enumerate(("=HYPERLINK(1)", "dB", 40, 90, 7), start=1):
                cell = book["more factors"].cell(3, column)
                cell.value = value
                cell.data_type = "s" if column == 1 else cell.data_type
            book["questionnaire"].cell(8, 8).value = 10_000

    fill(tmp_path / "ask", add)
    (tmp_path / "ask" / "~$lock.xlsx").write_bytes(b"")
    (tmp_path / "ask" / "notes.txt").write_text("not a questionnaire")
    status, out, err = run("survey", home, "--collect", tmp_path / "ask", "--date", "2026-04-01")
    assert status == 0, err
    assert "Collected: answers of 12 experts." in err
    assert "The experts agree" in out
    assert "for the working group to decide on: =HYPERLINK(1)" in " ".join(out.split())
    assert "'=HYPERLINK(1)" in (home / "proposals.csv").read_text(encoding="utf-8-sig")
    scenario = oshopt.load(home)
    assert len(scenario.survey) == 12 * 31
    assert {proposal.kind.value for proposal in scenario.proposals} == {"added", "interval"}

    before = oshopt.allocate(scenario)
    status, out, err = run("survey", home, "--apply", "--date", "2026-04-02")
    assert status == 0, err
    assert "weights k are those of this survey" in " ".join(out.split())
    after = oshopt.load(home)
    assert after.weights["m01"] > scenario.weights["m01"]
    assert "SHA-256" in after.measures["m01"].source
    assert oshopt.allocate(after).spend != before.spend
    status, out, _ = run("plan", home, "--json", "-")
    bands = json.loads(out)["bands"]
    value = json.loads(out)["value"]
    assert bands["draws"] == 1000
    assert bands["safe_service"]["workers"]["low"] <= value <= bands["safe_service"]["workers"]["high"]


def test_blank_questionnaires_are_no_answers(run: Run, home: Path, tmp_path: Path) -> None:
    run("survey", home, "--questionnaires", tmp_path / "ask")
    fill(tmp_path / "ask")
    run("survey", home, "--questionnaires", tmp_path / "blank")
    shutil.copy(tmp_path / "blank" / "measures-round1-e05.xlsx", tmp_path / "ask")
    (tmp_path / "ask" / "measures-round1-e07.xlsx").unlink()
    status, out, err = run("survey", home, "--collect", tmp_path / "ask")
    assert status == 0
    assert "No answer from: e05, e07." in err
    assert "Without an answer in this round: e05 and e07." in " ".join(out.split())


def test_broken_questionnaires_are_refused_with_their_cells(run: Run, home: Path, tmp_path: Path) -> None:
    run("survey", home, "--questionnaires", tmp_path / "ask")
    ask = tmp_path / "ask"

    def spoil(book: Any, at: int) -> None:
        changes = {
            2: {"F10": 99},
            3: {"F11": "third"},
            4: {"A12": "nothing"},
            5: {"B4": "stranger"},
            6: {"F9": "=F8"},
            7: {"F20": None},
            9: {"A1": "gone"},
            10: {"H8": 9, "I8": 1},
        }
        for cell, value in changes.get(at, {}).items():
            book["questionnaire"][cell].value = value
        if at == 8:
            book["more factors"]["B3"].value = "dB"

    fill(ask, spoil)
    (ask / "garbage.xlsx").write_bytes(b"PK nothing of the sort")
    shutil.copy(ask / "measures-round1-e01.xlsx", ask / "twice.xlsx")
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(ask / "measures-round1-e02.xlsx", tmp_path / "elsewhere" / "outside.xlsx")
    (ask / "link.xlsx").symlink_to(tmp_path / "elsewhere" / "outside.xlsx")
    tables = {path.name: path.read_bytes() for path in home.iterdir()}
    status, _, err = run("survey", home, "--collect", ask)
    assert status == 2
    for place in (
        "measures-round1-e03.xlsx, questionnaire!F10: e03, m03: a rank outside 1 … 31",
        "measures-round1-e04.xlsx, questionnaire!F11: text where a number belongs",
        "measures-round1-e05.xlsx, questionnaire!A12: there is no factor of this id",
        "measures-round1-e06.xlsx, questionnaire!B4: there is no expert of this id",
        "measures-round1-e07.xlsx, questionnaire!F9: a formula whose value was never computed",
        "measures-round1-e08.xlsx, questionnaire!F20: e08, m13: the rank is missing",
        "measures-round1-e09.xlsx, more factors!A3: an added factor without its name",
        "measures-round1-e10.xlsx, questionnaire!A1: the cell that says 'survey' was changed",
        "measures-round1-e11.xlsx, questionnaire!H8: the interval ends below its beginning",
        "garbage.xlsx: this is not a workbook",
        "link.xlsx: the file is a link that leads out of the folder",
        "twice.xlsx, questionnaire!B4: a second questionnaire of the expert e01",
    ):
        assert place in err, place
    assert "e02.xlsx" not in err
    assert {path.name: path.read_bytes() for path in home.iterdir()} == tables
    for folder in (tmp_path / "nowhere", tmp_path):
        assert run("survey", home, "--collect", folder)[0] == 2


def test_round_two_is_asked_by_the_procedure(run: Run, small: Path, tmp_path: Path) -> None:
    def step(name: str, day: int, *more: str) -> tuple[int, str, str]:
        return run("survey", small, "--record", name, "--date", f"2026-05-{day:02d}", *more)

    scores = "".join(f"test,{name},8,10\n" for name in EXPERTS[:3])
    (small / "competence.csv").write_text(f"method,expert,score,out_of\n{scores}", encoding="utf-8")
    status, _, err = step("goals", 1, "--text", "x")
    assert status == 2
    assert "another step is next, organiser (block 1)" in err
    assert "'goals'" in step("goal", 1)[2]
    assert "cannot be shown (U+001B)" in step("organiser", 1, "--text", "\x1b[2J")[2]
    for name in ("organiser", "goals", "working-group", "indicators"):
        assert step(name, 1, "--text", f"about {name}")[0] == 0
    assert step("task", 1, "--text", "x")[0] == 2
    assert step("questionnaire", 1)[0] == step("experts", 1)[0] == step("task", 1, "--text", "rank them")[0] == 0
    run("survey", small, "--questionnaires", tmp_path / "first")
    fill(tmp_path / "first")
    status, out, err = run("survey", small, "--collect", tmp_path / "first", "--date", "2026-05-10")
    assert status == 0, err
    assert "next is survey (block 9)" in " ".join(out.split())
    status, _, err = run("survey", small, "--apply")
    assert status == 2
    assert "the procedure has no results" in err
    status, out, _ = run("survey", small, "--questionnaires", tmp_path / "second")
    assert out.startswith("3 questionnaires of round 2")
    fill(tmp_path / "second", significance=True)
    assert run("survey", small, "--collect", tmp_path / "first", "--round", "2")[0] == 2
    assert run("survey", small, "--collect", tmp_path / "second", "--date", "2026-05-20")[0] == 0
    status, out, err = run("survey", small, "--apply", "--date", "2026-05-21", "--out", tmp_path / "out", "--json", "-")
    assert status == 0, err
    answer = json.loads(out)
    assert answer["procedures"]["measures"]["ending"] == "agreement"
    assert answer["surveys"]["measures"]["weights_from"] == "significance"
    assert answer["surveys"]["measures"]["weights_in_force"] == "applied"
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"survey.json", "protocol-measures.txt"}
    told = (tmp_path / "out" / "protocol-measures.txt").read_text(encoding="utf-8")
    assert "Ended with a decision" in told
    assert "3 experts, under anonymous ids" in told
    assert json.loads((tmp_path / "out" / "survey.json").read_text(encoding="utf-8")) == answer
    journal = small / "procedure-measures.json"
    journal.write_text(journal.read_text(encoding="utf-8").replace('"2026-05-20"', '"May"'), encoding="utf-8")
    status, _, err = run("survey", small)
    assert status == 2
    assert "procedure-measures.json, events.8.date" in err


def test_weights_go_into_a_workbook_and_spare_the_rest(run: Run, small: Path, tmp_path: Path) -> None:
    run("survey", small, "--questionnaires", tmp_path / "ask")
    fill(tmp_path / "ask")
    book = tmp_path / "enterprise.xlsx"
    save_workbook(oshopt.load(small), book)
    opened = openpyxl.load_workbook(book)
    opened["measures"]["A1"].comment = openpyxl.comments.Comment("mine", "me")
    opened.save(book)
    assert run("survey", book, "--collect", tmp_path / "ask")[0] == 0
    assert run("survey", book, "--apply")[0] == 0
    assert run("survey", small, "--collect", tmp_path / "ask")[0] == 0
    assert run("survey", small, "--apply")[0] == 0
    assert dict(oshopt.load(book).weights) == pytest.approx(dict(oshopt.load(small).weights), rel=1e-14)
    opened = openpyxl.load_workbook(book)
    assert opened["measures"]["A1"].comment.text == "mine"
    assert run("survey", book, "--record", "organiser", "--text", "director", "--date", "2026-01-01")[0] == 0
    assert (tmp_path / "enterprise.procedure-measures.json").is_file()
    (tmp_path / "enterprise.procedure-measures.json").unlink()
    opened["scenario"]["C2"].value = "=1+1"
    opened.save(book)
    before = book.read_bytes()
    status, _, err = run("survey", book, "--apply")
    assert status == 2
    assert "scenario!C2: the workbook has formulas" in err
    assert book.read_bytes() == before


def test_csv_keeps_its_dialect(run: Run, small: Path, tmp_path: Path) -> None:
    run("survey", small, "--questionnaires", tmp_path / "ask")
    fill(tmp_path / "ask")
    table = small / "measures.csv"
    scenario = oshopt.load(small)
    rows = [f"{name};{str(row.weight).replace('.', ',')};«Захід»" for name, row in scenario.measures.items()]
    table.write_bytes(("\ufeff" + "\r\n".join(["id;weight;name", *rows]) + "\r\n").encode("utf-16-le"))
    assert run("survey", small, "--collect", tmp_path / "ask")[0] == 0
    assert run("survey", small, "--apply")[0] == 0
    text = table.read_bytes().decode("utf-8-sig")
    assert text.startswith("id;weight;name;source\r\n")
    assert re.search(r"^m01;0,0\d+;«Захід»;weight: survey measures", text, re.MULTILINE)
    assert set(oshopt.load(small).measures) == set(scenario.measures)


def test_disagreement_is_no_error_but_is_not_applied(run: Run, home: Path) -> None:
    order = [f"m{i:02d}" for i in range(1, 32)]
    ranks = [",".join(map(str, range(1, 32))), ",".join(map(str, range(31, 0, -1)))]
    rows = "".join(f"{name},{ranks[at % 2]}\n" for at, name in enumerate(EXPERTS))
    (home / "survey.csv").write_text(f"expert,{','.join(order)}\n{rows}", encoding="utf-8")
    status, out, _ = run("survey", home)
    assert status == 0
    assert "The experts do not agree" in out
    status, _, err = run("survey", home, "--apply")
    assert status == 2
    assert "the weights cannot be applied" in err


def test_collecting_the_first_answer_is_no_error(run: Run, small: Path, tmp_path: Path) -> None:
    run("survey", small, "--questionnaires", tmp_path / "ask")
    fill(tmp_path / "ask")
    for name in EXPERTS[1:3]:
        (tmp_path / "ask" / f"measures-round1-{name}.xlsx").unlink()
    status, _, err = run("survey", small, "--collect", tmp_path / "ask")
    assert status == 0
    assert "left aside: agreement needs at least two experts" in err
    assert run("survey", small)[0] == 2


def test_options_that_do_not_go_together(run: Run, home: Path, tmp_path: Path) -> None:
    status, _, err = run("survey", home, "--apply", "--collect", tmp_path)
    assert (status, "one of" in err) == (2, True)
    status, _, err = run("survey", home, "--record", "organiser", "--text", "x", "--date", "yesterday")
    assert (status, "no date" in err) == (2, True)
    status, _, err = run("survey", home, "--survey", "measurs")
    assert (status, "'measures'" in err) == (2, True)
    assert run("survey", home, "--survey", "measures")[0] == 2


def test_survey_in_its_beginnings_does_not_stop_a_plan(run: Run, home: Path, tmp_path: Path) -> None:
    (home / "survey.csv").write_text(matrix(["e01"]), encoding="utf-8")
    status, _, err = run("plan", home, "--out", tmp_path / "out")
    assert status == 0
    assert "measures is left aside: agreement needs at least two experts" in err
    assert "What the experts say" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_one_rank_moves_every_stage(run: Run, small: Path, tmp_path: Path) -> None:
    """The chain's own test: survey.csv → weights → plan → certificate → simulated service → report."""
    (small / "survey.csv").write_text(matrix(EXPERTS[:3]), encoding="utf-8")

    def stages(name: str) -> dict[str, Any]:
        assert run("survey", small, "--apply")[0] == 0
        status, _, err = run("plan", small, "--out", tmp_path / name)
        assert status == 0, err
        data = json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8"))
        scenario = add_strategies(oshopt.load(small), tmp_path / name / "plan.csv")
        outcome = oshopt.simulate(scenario, "plan", replications=20, seed=1)
        return {
            "weights": dict(scenario.weights),
            "plan": data["spend"],
            "certificate": data["certificate"]["value"],
            "bands": data["bands"],
            "simulated service": outcome.totals["safe_service"].mean,
            "report": (tmp_path / name / "report.html").read_text(encoding="utf-8"),
        }

    before = stages("before")
    table = small / "survey.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    row = lines[3].split(",")
    assert (row[0], row[7]) == ("e03", "7")
    row[7] = "1"
    table.write_text("\n".join([*lines[:3], ",".join(row)]) + "\n", encoding="utf-8")
    out = run("survey", small)[1]
    assert "come from an earlier state of this survey" in " ".join(out.split())
    after = stages("after")
    assert {stage for stage in before if before[stage] == after[stage]} == set()
