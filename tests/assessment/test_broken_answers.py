"""Broken answer sheets: every problem in one list, with its file and cell; what contradicts itself is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import oshopt.files
from oshopt.assessment import score
from oshopt.model import Answer, InputError
from tests.assessment.sheets import Values, answers

BROKEN = """indicator,part,value,note
8,found,20,
8,remedied,21,
14,entitled,-5,
99,found,1,
17,dne,1,
7,,plenty,
18,due,7.5,
15,stage-1,3,
16,due,yes,
22,points,6,seen
23,points,4,
1,commission,no,
1,members,3,
10,,4,
"""
EXPECTED = {
    3: ("value", "21", "105 %"),
    4: ("value", "-5", "a negative number"),
    5: ("indicator", "99", "no such indicator"),
    6: ("part", "dne", "no such part"),
    7: ("value", "plenty", "not a number"),
    8: ("value", "7.5", "not a whole number"),
    9: ("value", "3", "a number where yes or no belongs"),
    10: ("value", "yes", "where a number belongs"),
    11: ("value", "6", "more than the 5 points"),
    12: ("note", "", "without its reason"),
    14: ("value", "3", "is no"),
    15: ("part", "", "several parts"),
}
"""Column, value and words of the problem of each broken row."""


def seen(path: Path) -> dict[int, tuple[str, str, str]]:
    with pytest.raises(InputError) as caught:
        oshopt.files.load_answers(path) if path.suffix == ".csv" else oshopt.files.load(path)
    found = {}
    for problem in caught.value.problems:
        assert problem.file.endswith(".csv")
        assert problem.remedy
        row = int(problem.cell.removeprefix("row ").partition(",")[0])
        assert row not in found
        found[row] = (problem.column, problem.value, problem.message)
    return found


def agree(found: dict[int, tuple[str, str, str]]) -> None:
    assert set(found) == set(EXPECTED)
    for row, (column, value, words) in EXPECTED.items():
        assert found[row][:2] == (column, value)
        assert words in found[row][2]


def test_a_sheet_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "plant.csv").write_text(BROKEN, encoding="utf-8")
    agree(seen(tmp_path / "plant.csv"))


def test_a_sheet_of_a_scenario(tmp_path: Path) -> None:
    oshopt.files.new_folder(tmp_path / "plant")
    (tmp_path / "plant" / "scorecard.csv").write_text(BROKEN, encoding="utf-8")
    agree(seen(tmp_path / "plant"))


def test_levels_and_effects_are_in_the_same_list(tmp_path: Path) -> None:
    home = tmp_path / "plant"
    oshopt.files.new_folder(home)
    levels = "factor,unit,required,actual\ntraining,%,100,120\ntrainin,%,100,20\nequipment,%,100,many\n"
    (home / "compliance.csv").write_text(levels, encoding="utf-8")
    (home / "scorecard.csv").write_text("indicator,part,value\n8,found,20\n8,remedied,30\n", encoding="utf-8")
    effects = "measure,on,target,effect\nppe,score,9,1\nppe,factor,training,-4\nppe,group,shopp,1\n"
    (home / "effects.csv").write_text(effects, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        oshopt.files.load(home)
    found = sorted((Path(p.file).name, p.cell.partition(",")[0]) for p in caught.value.problems)
    assert found == [
        ("compliance.csv", "row 2"), ("compliance.csv", "row 3"), ("compliance.csv", "row 4"),
        ("effects.csv", "row 2"), ("effects.csv", "row 4"), ("scorecard.csv", "row 3"),
    ]  # fmt: skip


def test_a_workbook_names_its_cells(tmp_path: Path) -> None:
    import openpyxl

    oshopt.files.new_answer_sheet(tmp_path / "plant.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plant.xlsx")
    sheet = book["scorecard"]
    rows = {(str(cells[0].value), cells[1].value): cells for cells in sheet.iter_rows(min_row=2)}
    rows["8", "found"][4].value, rows["8", "remedied"][4].value = 20, 30
    rows["1", "commission"][4].value, rows["7", "reviews"][4].value = "TRUE", "a few"
    book.save(tmp_path / "plant.xlsx")
    with pytest.raises(InputError) as caught:
        oshopt.files.load_answers(tmp_path / "plant.xlsx")
    cells = {problem.cell for problem in caught.value.problems}
    assert cells == {
        f"scorecard!{rows['8', 'remedied'][4].coordinate}",
        f"scorecard!{rows['7', 'reviews'][4].coordinate}",
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"1.commission": True, "1.members": 0}, "and the answer to “an OSH commission exists” is yes"),
        ({"1.members": 5, "2.trained": 6}, "more than there are to do: 6 of 5, 120 %"),
        ({"4.representatives": 5, "5.trained": 6}, "more than there are to do: 6 of 5, 120 %"),
        ({"13.planned": 0, "13.done": 1}, "more than there are to do: 1 of 0"),
        ({"3.planned": 4, "3.done": 5}, "more than there are to do: 5 of 4, 125 %"),
    ],
)
def test_contradictions(values: Values, words: str) -> None:
    with pytest.raises(InputError, match="scorecard") as caught:
        score(answers(values))
    (problem,) = caught.value.problems
    assert problem.message.startswith(words) or words in problem.message


def test_one_part_by_two_names() -> None:
    rows = [Answer(indicator="7", value=1.0), Answer(indicator="7", part="reviews", value=2.0)]
    with pytest.raises(InputError, match="a second answer to the same part"):
        score(rows)
    assert score(rows[:1]).low == score(rows[1:]).low - 1


def test_readings_that_there_are_not() -> None:
    with pytest.raises(InputError, match="Did you mean '27-two'"):
        score([], readings=["27-twoo"])
    with pytest.raises(InputError, match="a second reading of indicator 27"):
        score([], readings=["27-two", "27-per-commission"])


def test_a_judged_figure_follows_its_reading() -> None:
    many = answers({"27.points": 30, "27.commissions": 3})
    assert score(many, readings=["27-per-commission"]).low == score([]).low + 30
    for readings in ([], ["27-per-commission"]):
        with pytest.raises(InputError, match="points that may be given"):
            score(answers({"27.points": 37, "27.commissions": 3}), readings=readings)


@pytest.mark.parametrize("word", ["yes", "так", "TRUE", "да"])
def test_yes_in_the_words_of_the_region(tmp_path: Path, word: str) -> None:
    (tmp_path / "a.csv").write_text(f"indicator;part;value\n1;commission;{word}\n22;points;4,5\n", encoding="utf-8")
    with pytest.raises(InputError, match="without its reason"):
        oshopt.files.load_answers(tmp_path / "a.csv")
    text = f"indicator;part;value;note\n1;commission;{word}\n22;points;4,5;protocol 3\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    sheet = oshopt.files.load_answers(tmp_path / "a.csv")
    assert [row.value for row in sheet.scorecard] == [True, 4.5]
