"""Surveys in files: the matrix and the long form say the same, and each problem is shown at its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

import oshopt.files
from oshopt.model import InputError

Write = Callable[[Path, Mapping[str, str | bytes]], Path]

MATRIX = """expert,guards,fans,training,source
e1,1,2,3,asked
e2,1.5,1.5,3,asked
"""
LONG = """expert,factor,rank,source
e1,guards,1,asked
e1,fans,2,asked
e1,training,3,asked
e2,guards,1.5,asked
e2,fans,1.5,asked
e2,training,3,asked
"""


def problems(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        oshopt.files.load(folder)
    return [(problem.cell, problem.message) for problem in caught.value.problems]


@pytest.fixture
def load(tmp_path: Path, mill: dict[str, str], write: Write) -> Callable[[str], Path]:
    """Writer of the mill with this survey."""
    return lambda survey: write(tmp_path / "mill", mill | {"survey.csv": survey})


def test_matrix_and_long_form_are_one(tmp_path: Path, mill: dict[str, str], write: Write) -> None:
    long = oshopt.files.load(write(tmp_path / "long", mill | {"survey.csv": LONG}))
    matrix = oshopt.files.load(write(tmp_path / "matrix", mill | {"survey.csv": MATRIX}))
    semicolons = MATRIX.replace(",", ";").replace("1.5", "1,5")
    other = oshopt.files.load(write(tmp_path / "other", mill | {"survey.csv": semicolons}))
    assert long == matrix == other
    assert len(long.survey) == 6


def test_surveys_and_rounds_stand_in_one_matrix(load: Callable[[str], Path]) -> None:
    text = """survey,subject,round,expert,answer,guards,fans,training,noise,heat
,,1,e1,,1,2,3,,
,,2,e1,rank,2,1,3,,
,,2,e1,significance,5,9,1,,
yard,factors,,e1,rank,,,,1,2
"""
    scenario = oshopt.files.load(load(text))
    measures, yard = scenario.surveys["measures"], scenario.surveys["yard"]
    assert measures.values("rank", 2) == {"e1": {"guards": 2, "fans": 1, "training": 3}}
    assert measures.values("significance", 2) == {"e1": {"guards": 5, "fans": 9, "training": 1}}
    assert measures.values("rank", 1) == {"e1": {"guards": 1, "fans": 2, "training": 3}}
    assert set(yard.questions) == {"noise", "heat"}


def test_survey_goes_through_folder_and_workbook(load: Callable[[str], Path], tmp_path: Path) -> None:
    scenario = oshopt.files.load(load(MATRIX))
    oshopt.files.save_folder(scenario, tmp_path / "again")
    oshopt.files.save_workbook(scenario, tmp_path / "again.xlsx")
    assert oshopt.files.load(tmp_path / "again") == oshopt.files.load(tmp_path / "again.xlsx") == scenario


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        (MATRIX.replace("1.5,1.5", "x,9"), [("row 3, column guards", "not a number")]),
        (MATRIX.replace("1.5,1.5", "9,2"), [("row 3, column guards", "e2, guards: a rank outside 1 … 3")]),
        (MATRIX.replace("e2,1.5", "e2,"), [("row 3, column guards", "e2, guards: the rank is missing")]),
        (MATRIX.replace("e2,1.5", "e2,-1"), [("row 3, column guards", "a negative number")]),
        (MATRIX.replace("e2", "a b"), [("row 3, column expert", "this cannot be an id")]),
        (MATRIX.replace("fans", "fns"), [("row 1, column fns", "there is no measure of this id")]),
        (MATRIX.replace("fans", "fans,fans"), [("row 1, column fans", "a second column of this name")]),
        (MATRIX.replace("fans", "Quiet fans"), [("row 1, column Quiet fans", "this cannot be a factor's id")]),
        (
            MATRIX.replace("e2", "e1"),
            [("row 3, column expert", "a second row of the same expert, survey and round (the first is row 2)")],
        ),
        (MATRIX + "e3,1,2,3,asked,9\n", [("row 4", "more cells than the header has columns")]),
        (
            MATRIX.replace("source", "answer"),
            [(f"row {row}, column answer", "neither rank nor significance") for row in (2, 3)],
        ),
        (LONG.replace("e2,fans,1.5", "e2,fans,nan"), [("row 6, column rank", "not a finite number")]),
        (
            LONG.replace("e2,fans,1.5,asked\n", ""),
            [("row 5, column factor", "e2 judged another list than the others, without fans")],
        ),
    ],
)
def test_problems_stand_at_their_cells(
    load: Callable[[str], Path], survey: str, expected: list[tuple[str, str]]
) -> None:
    assert problems(load(survey)) == expected


def test_problems_of_a_workbook_stand_at_their_cells(load: Callable[[str], Path], tmp_path: Path) -> None:
    oshopt.files.save_workbook(oshopt.files.load(load(MATRIX)), tmp_path / "mill.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mill.xlsx")
    del book["survey"]
    sheet = book.create_sheet("survey")
    for row in (["expert", "guards", "fans", "training"], ["e1", 1, 2, 3], ["e2", 1, None, "=1+1"]):
        sheet.append(row)
    book.save(tmp_path / "mill.xlsx")
    found = problems(tmp_path / "mill.xlsx")
    assert found == [("survey!D3", "a formula whose value was never computed")]
    sheet["D3"].value = 9
    book.save(tmp_path / "mill.xlsx")
    assert problems(tmp_path / "mill.xlsx") == [
        ("survey!C3", "e2, fans: the rank is missing"),
        ("survey!D3", "e2, training: a rank outside 1 … 3"),
    ]


def test_people_of_a_survey_are_checked(tmp_path: Path, mill: dict[str, str], write: Write) -> None:
    parts = {
        "survey.csv": MATRIX,
        "experts.csv": "id,group,surveys\ne1,engineers,yards\ne3,,\n",
        "competence.csv": "method,assessor,expert,score,out_of\nmutual,e9,e1,3,5\ntest,,e1,7,5\n",
        "proposals.csv": "expert,kind,factor,low,high\ne1,interval,fans,3,1\ne1,interval,guards,,\n",
        "questionnaire.csv": "factor,low,high\nguards,5,1\nfans,,\ntraining,,\n",
    }
    found = problems(write(tmp_path / "mill", mill | parts))
    assert set(found) == {
        ("row 3, column expert", "there is no expert of this id"),
        ("row 2, column surveys", "there is no such survey"),
        ("row 2, column assessor", "there is no expert of this id"),
        ("row 3, column score", "more points than possible"),
        ("row 2, column high", "the variation interval ends below its beginning"),
        ("row 3, column low", "a proposed interval without an end"),
    }
