"""Indicators, history and decisions as people write them: long or as a matrix, and every mistake at its own cell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

import oshopt.files
from oshopt.cli import main
from oshopt.model import InputError, Problem, Scenario

Write = Callable[[Path, Mapping[str, str | bytes]], Path]

INDICATORS = """id,name,role,form,exposure,rate,limit
guards,Guards in place,indicator,,,,
overtime,Overtime,indicator,,,,
hours,Hours,exposure,,,,
injuries,Injuries,outcome,count,hours,ltifr,20
days,Days lost,outcome,linear,,,700
"""
MATRIX = """year,guards,overtime,hours,injuries,days
2010,40.5,12,1500000,31,800
2011,,11,1450000,30,790
2012,45,13,1400000,28,780.5
"""
LONG = """indicator,year,value
days,2010,800
days,2011,790
days,2012,780.5
guards,2010,40.5
guards,2012,45
hours,2010,1500000
hours,2011,1450000
hours,2012,1400000
injuries,2010,31
injuries,2011,30
injuries,2012,28
overtime,2010,12
overtime,2011,11
overtime,2012,13
"""
DECISIONS = """decision,state,name,cost,probability,guards,overtime
more,,More guards,5000,,10,
shifts,,New shifts,3000,,,-2
nothing-new,,As planned,0,,,
,rush,Rush,,0.25,,3
,calm,Calm,,0.75,,
"""
DECISIONS_LONG = """decision,state,name,cost,probability,indicator,change
more,,More guards,5000,,guards,10
shifts,,New shifts,3000,,overtime,-2
nothing-new,,As planned,0,,,
,rush,Rush,,0.25,overtime,3
,calm,Calm,,0.75,,
"""
SETTINGS = '\n[forecast]\nminimise = "injuries"\n'


@pytest.fixture
def files(mill: dict[str, str]) -> dict[str, str]:
    """The sound scenario with a history and decisions, both as matrices."""
    own = {"indicators.csv": INDICATORS, "history.csv": MATRIX, "decisions.csv": DECISIONS}
    return mill | own | {"scenario.toml": mill["scenario.toml"] + SETTINGS}


def load(folder: Path, files: Mapping[str, str], write: Write) -> Scenario:
    return oshopt.files.load(write(folder, files))


def test_matrix_and_long_form_are_the_same(tmp_path: Path, files: dict[str, str], write: Write) -> None:
    wide = load(tmp_path / "wide", files, write)
    long = load(tmp_path / "long", files | {"history.csv": LONG, "decisions.csv": DECISIONS_LONG}, write)
    assert wide == long
    assert wide.fingerprint == long.fingerprint
    assert len(wide.history) == 14
    assert [row.change for row in wide.decisions if row.decision == "nothing-new"] == [None]


def test_a_decimal_comma_and_semicolons_are_read_in_a_matrix(
    tmp_path: Path, files: dict[str, str], write: Write
) -> None:
    other = MATRIX.replace(",", ";").replace(".", ",")
    assert load(tmp_path / "a", files | {"history.csv": other}, write) == load(tmp_path / "b", files, write)


def test_a_sheet_may_be_a_matrix_too(tmp_path: Path, files: dict[str, str], write: Write) -> None:
    scenario = load(tmp_path / "folder", files, write)
    oshopt.files.save_workbook(scenario, tmp_path / "book.xlsx")
    assert oshopt.files.load(tmp_path / "book.xlsx") == scenario
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    del book["history"]
    sheet = book.create_sheet("history")
    for line in MATRIX.splitlines():
        sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in line.split(",")])
    sheet["C3"] = "eleven"
    book.save(tmp_path / "broken.xlsx")
    with pytest.raises(InputError) as caught:
        oshopt.files.load(tmp_path / "broken.xlsx")
    assert [problem.cell for problem in caught.value.problems] == ["history!C3"]
    sheet["C3"] = 11.0
    book.save(tmp_path / "mended.xlsx")
    assert oshopt.files.load(tmp_path / "mended.xlsx") == scenario


BROKEN = [
    ("history.csv", "2011,,11", "2011,,eleven", "row 3, column overtime", "eleven", "digits"),
    ("history.csv", "2011,,11", "20x1,,11", "row 3, column year", "20x1", "digits"),
    ("history.csv", "year,guards", "year,guard", "row 2, column guard", "guard", "Did you mean 'guards'?"),
    ("history.csv", "year,guards", "year,in place", "row 1, column in place", "in place", "letters"),
    ("history.csv", "year,guards,overtime", "year,guards,guards", "row 1, column guards", "guards", "one of the two"),
    ("history.csv", "2012,45", "2010,45", "row 4, column year", "", "Keep one of the rows"),
    ("history.csv", "1450000,30", "0,30", "row 3, column hours", "0", "exposure above 0"),
    ("history.csv", "1450000,30", "1450000,30.5", "row 3, column injuries", "30.5", "not a rate"),
    ("history.csv", "1450000,30", "1450000,-3", "row 3, column injuries", "-3", "number of events"),
    ("indicators.csv", "hours,ltifr", ",ltifr", "row 5, column exposure", "", "hours, workers or cases"),
    ("indicators.csv", "hours,ltifr", "guards,ltifr", "row 5, column exposure", "guards", "hours"),
    ("indicators.csv", "count,hours", ",hours", "row 5, column", "", "form to count"),
    ("indicators.csv", "outcome,linear,,,700", "indicator,,,,700", "row 6, column limit", "700", "role to outcome"),
    ("indicators.csv", "ltifr,20", "ltifr,0", "row 5, column limit", "0", "above 0"),
    ("indicators.csv", "place,indicator,", "place,indicator,count", "row 2, column form", "count", "to outcome"),
    ("decisions.csv", "more,,More", "optimum,,More", "row 2, column decision", "optimum", "another name"),
    ("decisions.csv", "more,,More", "more,rush,More", "row 2, column decision", "more", "Name the decision"),
    ("decisions.csv", "Rush,,0.25", "Rush,9,0.25", "row 5, column cost", "9", "Empty"),
    ("decisions.csv", "Rush,,0.25", "Rush,,0.35", "row ", "1.1", "sum to 1"),
    ("decisions.csv", "Rush,,0.25", "Rush,,", "row 5, column probability", "", "from 0 to 1"),
    ("decisions.csv", "5000,,10", "5000,0.5,10", "row 2, column probability", "0.5", "Empty"),
    ("decisions.csv", "probability,guards", "probability,hours", "row 2, column hours", "hours", "guards"),
    ("scenario.toml", '"injuries"', '"injury"', "forecast.minimise", "injury", "'injuries'"),
    ("scenario.toml", 'minimise = "injuries"', "", "forecast.minimise", "", "days, injuries"),
    ("scenario.toml", "[forecast]", "[forecast]\nlevel = 2.0", "forecast.level", "2.0", "0.99"),
]  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken[0]}-{broken[2]}")
def test_a_mistake_is_named_at_its_cell(
    tmp_path: Path, files: dict[str, str], write: Write, broken: tuple[str, ...]
) -> None:
    file, good, bad, cell, value, remedy = broken
    assert good in files[file]
    with pytest.raises(InputError) as caught:
        load(tmp_path / "bad", files | {file: files[file].replace(good, bad, 1)}, write)
    found = [p for p in caught.value.problems if cell in p.cell and value in p.value and remedy in p.remedy]
    assert found, [str(problem) for problem in caught.value.problems]
    assert all(problem.file.endswith(file) for problem in found)
    assert len({(problem.cell, problem.message) for problem in caught.value.problems}) == len(caught.value.problems)


def test_several_mistakes_come_in_one_list(
    tmp_path: Path,
    files: dict[str, str],
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = MATRIX.replace("2011,,11", "2011,,eleven").replace("2012,45", "2012,x")
    folder = write(
        tmp_path / "bad", files | {"history.csv": history, "decisions.csv": DECISIONS.replace("0.25", "0.5")}
    )
    monkeypatch.setattr(sys, "argv", ["oshopt", "forecast", str(folder)])
    with pytest.raises(SystemExit) as stop:
        main()
    err = capsys.readouterr().err
    assert stop.value.code == 2
    assert "3 problems" in err
    assert "Traceback" not in err
    for words in ("column overtime", "column guards", "sum to 1.25"):
        assert words in err


def test_rows_of_one_decision_agree(tmp_path: Path, files: dict[str, str], write: Write) -> None:
    more = DECISIONS_LONG + "more,,More guards,4000,,overtime,1\n"
    with pytest.raises(InputError, match="rows of one decision or state disagree"):
        load(tmp_path / "bad", files | {"decisions.csv": more}, write)


def test_an_effect_on_an_indicator_names_one(tmp_path: Path, files: dict[str, str], write: Write) -> None:
    effects = "measure,on,target,effect\nguards,indicator,{},5\n"
    scenario = load(tmp_path / "good", files | {"effects.csv": effects.format("guards")}, write)
    assert scenario.effects[0].target == "guards"
    for target, words in (("guard", "Did you mean 'guards'"), ("hours", "no indicator but an exposure")):
        with pytest.raises(InputError, match=words) as caught:
            load(tmp_path / target, files | {"effects.csv": effects.format(target)}, write)
        problem: Problem = caught.value.problems[0]
        assert "row 2, column target" in problem.cell


def test_decisions_without_any_outcome_are_refused(tmp_path: Path, files: dict[str, str], write: Write) -> None:
    files = {name: text for name, text in files.items() if name not in ("indicators.csv", "history.csv")}
    files |= {"scenario.toml": files["scenario.toml"].replace(SETTINGS, ""), "decisions.csv": "decision,cost\nmore,5\n"}
    with pytest.raises(InputError, match="no outcome to judge the decisions by"):
        load(tmp_path / "bad", files, write)


def test_an_unreadable_table_makes_no_unknown_indicators(tmp_path: Path, files: dict[str, str], write: Write) -> None:
    with pytest.raises(InputError) as caught:
        load(tmp_path / "bad", files | {"indicators.csv": "name\nGuards\n"}, write)
    assert [problem.table for problem in caught.value.problems] == ["indicators"]
