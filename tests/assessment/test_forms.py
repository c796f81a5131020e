"""Other scorecards in the same form: read, scored, written; broken ones refused with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

import oshopt.files
from oshopt.assessment import extremes, form_toml, parse_form, read_form, standard_form
from oshopt.model import Answer, InputError
from tests.assessment.sheets import card, indicator

FORM = """name = "Three of our own"

[[scale]]
id = "steps"
edges = [[10, 9], [2.5, 4], [0, -1]]

[[indicator]]
id = "drills"
number = 1
text = "Drills"
plannable = true
part = [{ id = "held", text = "drills held", unit = "drills", kind = "count" }]
item = [{ rule = "count", count = "held", scale = "steps" }]

[[indicator]]
id = "kits"
number = 2
text = "First-aid kits"
part = [
  { id = "shops", text = "workshops", kind = "count" },
  { id = "kits", text = "kits", kind = "count" },
  { id = "nurse", text = "a nurse is there", kind = "yes_no" },
]
item = [{ rule = "enough", provided = "kits", people = ["shops"], per = 2, points = 7, needs = "nurse" }]
"""


def test_a_scorecard_of_ones_own() -> None:
    form = parse_form(FORM, "own.toml")
    assert extremes(form) == (-1, 16, ())
    for held, points in ((0, -1), (2, -1), (3, 4), (9, 4), (10, 9)):
        assert indicator("drills", {"drills.held": held}, form=form).low == points
    assert card({"drills.held": 10, "kits.shops": 5, "kits.kits": 3, "kits.nurse": True}, form).low == 16
    assert card({"drills.held": 10, "kits.nurse": False}, form).greatest == 9
    assert card({}, form).form == "Three of our own"


def test_forms_are_written_as_they_are_read() -> None:
    for form in (standard_form(), parse_form(FORM, "own.toml")):
        assert parse_form(form_toml(form), "again.toml") == form


@pytest.mark.parametrize(
    ("good", "bad", "place", "words"),
    [
        ('rule = "count"', 'rule = "counts"', "indicator drills, item 1", "there is no such rule"),
        ('scale = "steps"', 'scale = "step"', "indicator drills, item 1, scale", "no such scale"),
        ('count = "held"', 'count = "hold"', "indicator drills, item 1, count", "no such part"),
        ("number = 1\n", "", "indicator drills, number", "a needed key is missing"),
        ("number = 1\n", "number = 1\nweight = 3\n", "indicator drills, weight", "no such key"),
        ('kind = "yes_no"', 'kind = "yesno"', "indicator kits, part nurse, kind", "not a word that is known"),
        ('kind = "yes_no"', 'kind = "count"', "indicator kits, item 1, needs", "a part of kind count"),
        ('id = "kits"\nnumber', 'id = "drills"\nnumber', "indicator drills", "a second one of this id"),
        ('id = "shops"', 'id = "kits"', "indicator kits, part kits", "a second one of this id"),
        ("[2.5, 4]", "[12, 4]", "scale steps, edges", "the edges do not fall"),
        ("[2.5, 4]", "[2.5, 40]", "scale steps, edges", "more is worth less here"),
        ("[0, -1]", "[1, -1]", "scale steps, edges", "does not begin at 0"),
        ("points = 7", 'points = "7"', "indicator kits, item 1, points", "integer"),
        ("points = 7", "points = 7.5", "indicator kits, item 1, points", "integer"),
        ('id = "held"', 'id = "he.ld"', "indicator drills, part he.ld, id", "cannot be an id"),
        ("[[indicator]]\nid", "[indicator]\nid", "", "not valid TOML"),
        ('needs = "nurse"', 'needs = "nurse"\n', "", "not valid TOML"),
    ],
)
def test_a_broken_form_says_where(tmp_path: Path, good: str, bad: str, place: str, words: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(FORM, encoding="utf-8")
    assert read_form(file).indicator
    assert FORM.count(good) >= 1
    file.write_text(FORM.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_form(file)
    found = [
        problem for problem in caught.value.problems if problem.cell.startswith(place) and words in problem.message
    ]
    assert found, str(caught.value)
    assert all(problem.file == str(file) and problem.remedy for problem in caught.value.problems)


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = FORM.replace('count = "held"', 'count = "hold"').replace('"steps" }', '"stairs" }').replace("2.5", "12")
    with pytest.raises(InputError) as caught:
        parse_form(text, "own.toml")
    assert len(caught.value.problems) == 3


def test_files_that_are_no_form(tmp_path: Path) -> None:
    (tmp_path / "cp.toml").write_bytes('name = "Оценка"'.encode("cp1251"))
    for name, words in (("cp.toml", "not UTF-8"), ("none.toml", "cannot be read"), (".", "cannot be read")):
        with pytest.raises(InputError, match=words):
            read_form(tmp_path / name)


def test_a_scenario_may_name_its_own(tmp_path: Path) -> None:
    home = tmp_path / "plant"
    oshopt.files.new_folder(home)
    settings = (home / "scenario.toml").read_text(encoding="utf-8")
    (home / "scenario.toml").write_text(settings.replace('# form = ""', 'form = "own.toml"'), encoding="utf-8")
    (home / "scorecard.csv").write_text("indicator,value\ndrills,3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.toml"):
        oshopt.files.load(home)
    (home / "own.toml").write_text(FORM, encoding="utf-8")
    scenario = oshopt.files.load(home)
    assert scenario.scorecard == (Answer(indicator="drills", value=3.0),)
    assert oshopt.assess(scenario).scorecard == card({"drills.held": 3}, parse_form(FORM, ""))
    oshopt.files.save_folder(scenario, tmp_path / "again")
    assert oshopt.files.load(tmp_path / "again") == scenario
    with pytest.raises(InputError, match="does not hold a scorecard of its own"):
        oshopt.files.save_workbook(scenario, tmp_path / "again.xlsx")


def test_readings_stand_in_the_settings(tmp_path: Path) -> None:
    home = tmp_path / "plant"
    oshopt.files.new_folder(home)
    settings = (home / "scenario.toml").read_text(encoding="utf-8")
    (home / "scorecard.csv").write_text("indicator,part,value,note\n27,part,12,seen\n", encoding="utf-8")
    for chosen, high in (('["27-two"]', 12 + 12), ("[]", 12)):
        (home / "scenario.toml").write_text(
            settings.replace("# readings = []", f"readings = {chosen}"), encoding="utf-8"
        )
        found = oshopt.assess(oshopt.files.load(home)).scorecard
        assert found is not None
        assert found.indicators[-1].high == high
    assert oshopt.files.load(home, readings=["27-two"]).settings.assessment.readings == ("27-two",)
    (home / "scenario.toml").write_text(settings.replace("# readings = []", 'readings = ["27-too"]'), encoding="utf-8")
    with pytest.raises(InputError, match=r"line \d+, assessment.readings.*27-two"):
        oshopt.files.load(home)


@pytest.mark.parametrize("name", ["../own.toml", "/etc/hostname", "sub/own.toml"])
def test_a_form_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    home = tmp_path / "plant"
    oshopt.files.new_folder(home)
    (tmp_path / "own.toml").write_text(FORM, encoding="utf-8")
    settings = (home / "scenario.toml").read_text(encoding="utf-8")
    (home / "scenario.toml").write_text(settings.replace('# form = ""', f'form = "{name}"'), encoding="utf-8")
    with pytest.raises(InputError, match="not the name of a file"):
        oshopt.files.load(home)


def test_answers_by_another_form_may_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("indicator,value\ndrills,3\n", encoding="utf-8")
    with pytest.raises(InputError, match="no such indicator"):
        oshopt.files.load_answers(tmp_path / "a.csv")
    assert oshopt.files.load_answers(tmp_path / "a.csv", form=parse_form(FORM, "")).scorecard


def test_the_shipped_form_can_be_changed(tmp_path: Path) -> None:
    oshopt.files.new_answer_sheet(tmp_path / "mine.toml")
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert read_form(tmp_path / "mine.toml") == standard_form()
    (tmp_path / "mine.toml").write_text(text.replace("yes = 5, no = -5", "yes = 9, no = -5"), encoding="utf-8")
    assert extremes(read_form(tmp_path / "mine.toml"))[1] == 123 + 8


def test_a_foreign_form_writes_no_formula(tmp_path: Path) -> None:
    import openpyxl

    form = parse_form(FORM.replace('text = "Drills"', 'text = "Drills"\nevidence = "=1+1"'), "own.toml")
    oshopt.files.new_answer_sheet(tmp_path / "own.xlsx", form)
    oshopt.files.new_answer_sheet(tmp_path / "own.csv", form)
    sheet = openpyxl.load_workbook(tmp_path / "own.xlsx")["scorecard"]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    assert ",'=1+1," in (tmp_path / "own.csv").read_text(encoding="utf-8")


def test_answer_sheets_come_back_blank(tmp_path: Path) -> None:
    form = parse_form(FORM, "own.toml")
    oshopt.files.new_answer_sheet(tmp_path / "own.csv", form)
    rows = oshopt.files.load_answers(tmp_path / "own.csv", form=form).scorecard
    assert [(row.indicator, row.part) for row in rows] == [
        ("drills", "held"),
        *(("kits", p) for p in ("shops", "kits", "nurse")),
    ]
    for name, answers, levels in (("a.csv", 59, 0), ("compliance.csv", 0, 49), ("a.xlsx", 59, 49)):
        oshopt.files.new_answer_sheet(tmp_path / name)
        assert oshopt.files.is_answer_sheet(tmp_path / name)
        sheet = oshopt.files.load_answers(tmp_path / name)
        assert (len(sheet.scorecard), len(sheet.compliance)) == (answers, levels)
        with pytest.raises(InputError, match="exists already"):
            oshopt.files.new_answer_sheet(tmp_path / name)
    with pytest.raises(InputError, match=r"\.csv or an \.xlsx"):
        oshopt.files.new_answer_sheet(tmp_path / "a.ods")
