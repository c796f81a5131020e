"""Files that are wrong as a whole: missing, in another encoding, links, archives that are no workbooks or hostile ones.

Each makes one problem that names the file and the remedy, exit status 2 and no traceback; the sound twin is that of
`test_broken_input`.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import oshopt.files
from oshopt.cli import main
from oshopt.files import archive, folder
from oshopt.model import InputError, Problem

Write = Callable[[Path, Mapping[str, str | bytes]], Path]


def problems_of(path: Path) -> tuple[Problem, ...]:
    """Return what `load` refuses."""
    with pytest.raises(InputError) as error:
        oshopt.files.load(path)
    return error.value.problems


def only(path: Path) -> Problem:
    """Return the one problem, which the command line tells with exit status 2."""
    found = problems_of(path)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


@pytest.fixture
def home(tmp_path: Path, mill: dict[str, str], write: Write) -> Path:
    """Folder of the sound scenario."""
    oshopt.files.load(write(tmp_path / "mill", mill))
    return tmp_path / "mill"


def test_settings_missing(home: Path) -> None:
    (home / "scenario.toml").unlink()
    problem = only(home)
    assert (problem.file, problem.message) == (str(home / "scenario.toml"), "the file is missing")
    assert "start_year" in problem.remedy


def test_needed_table_missing(home: Path) -> None:
    (home / "groups.csv").unlink()
    problem = only(home)
    assert (problem.file, problem.message) == (str(home / "groups.csv"), "the file is missing")


def test_stray_table(home: Path) -> None:
    (home / "budgets.csv").rename(home / "bugdets.csv")
    problem = only(home)
    assert problem.file == str(home / "bugdets.csv")
    assert "'budgets.csv'" in problem.remedy


def test_other_encoding_is_refused_until_it_is_named(home: Path) -> None:
    text = (home / "measures.csv").read_text(encoding="utf-8").replace("Quiet fans", "Тихі вентилятори")
    (home / "measures.csv").write_text(text, encoding="cp1251")
    problem = only(home)
    assert (problem.file, problem.cell) == (str(home / "measures.csv"), "row 3")
    assert 'encoding = "cp1251"' in problem.remedy
    settings = (home / "scenario.toml").read_text(encoding="utf-8")
    (home / "scenario.toml").write_text('encoding = "cp1251"\n' + settings, encoding="utf-8")
    assert oshopt.files.load(home).measures["fans"].name == "Тихі вентилятори"


def test_utf8_under_another_name_is_refused(home: Path) -> None:
    settings = (home / "scenario.toml").read_text(encoding="utf-8")
    (home / "scenario.toml").write_text('encoding = "cp1251"\n' + settings, encoding="utf-8")
    text = (home / "measures.csv").read_text(encoding="utf-8").replace("Quiet fans", "Тихі вентилятори")
    (home / "measures.csv").write_text(text, encoding="utf-8")
    assert "Take encoding out" in only(home).remedy


def test_settings_in_another_encoding(home: Path) -> None:
    (home / "scenario.toml").write_bytes('name = "x"\ncurrency = "грн"\n'.encode("cp1251"))
    problem = only(home)
    assert (problem.cell, problem.message) == ("line 2", "the text is not UTF-8")


def test_broken_settings_hide_no_table_and_make_no_noise(home: Path) -> None:
    (home / "scenario.toml").write_text("name = \n", encoding="utf-8")
    assert only(home).cell == "line 1"
    measures = (home / "measures.csv").read_text(encoding="utf-8")
    (home / "measures.csv").write_text(measures.replace("0.5", "-0.5"), encoding="utf-8")
    assert [Path(problem.file).name for problem in problems_of(home)] == ["scenario.toml", "measures.csv"]


def test_unreadable_table_makes_no_dangling_ids(home: Path) -> None:
    (home / "measures.csv").write_text("id\nguards\n", encoding="utf-8")
    assert only(home).column == "weight"


@pytest.mark.parametrize("name", ["measures.csv", "scenario.toml", "about.md"])
def test_link_out_of_the_folder(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("id,weight\n", encoding="utf-8")
    (home / name).unlink(missing_ok=True)
    (home / name).symlink_to(tmp_path / "secret")
    assert "out of the folder" in only(home).message


def test_dangling_link(home: Path) -> None:
    (home / "effects.csv").unlink()
    (home / "effects.csv").symlink_to(home / "nowhere.csv")
    assert "cannot be read" in only(home).message


def test_folder_and_pipe_in_place_of_a_table(home: Path) -> None:
    (home / "effects.csv").unlink()
    (home / "effects.csv").mkdir()
    assert only(home).message == "this is not a file"
    (home / "effects.csv").rmdir()
    os.mkfifo(home / "effects.csv")
    assert only(home).message == "this is not a file"


def test_table_too_large(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LARGEST_FILE", 200)
    assert {problem.message for problem in problems_of(home)} == {"the file is too large"}


def test_unread_tables_are_noted_not_obeyed(home: Path) -> None:
    (home / "decisions.csv").write_text("anything", encoding="utf-8")
    (home / "README.md").write_text("ignored", encoding="utf-8")
    assert oshopt.files.load(home).unread == ("decisions",)


def test_paths_that_are_no_scenario(home: Path, tmp_path: Path) -> None:
    assert "'mill'" in only(tmp_path / "mil").remedy
    assert only(home / "measures.csv").message == "this is no scenario"
    assert "does not exist either" in only(tmp_path / "a" / "b").remedy
    assert oshopt.files.load(home / "scenario.toml") == oshopt.files.load(home)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this is not a workbook, or it is damaged"),
        (b"PK\x03\x04 and nothing", "this is not a workbook, or it is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "the workbook is encrypted, or of the old .xls kind"),
    ],
    ids=["empty", "cut off", "encrypted"],
)
def test_no_workbook(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(content)
    problem = only(file)
    assert (problem.file, problem.message) == (str(file), message)


def sound_workbook(home: Path) -> Path:
    """Write the sound scenario as a workbook beside its folder."""
    file = home.parent / "mill.xlsx"
    oshopt.files.save_workbook(oshopt.files.load(home), file)
    return file


def rewrite(file: Path, parts: Mapping[str, bytes]) -> None:
    """Replace or add parts of a workbook."""
    with zipfile.ZipFile(file) as source:
        content = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in (content | parts).items():
            target.writestr(name, data)


def test_other_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plan.xlsx", "w") as target:
        target.writestr("readme.txt", "no workbook")
    assert only(tmp_path / "plan.xlsx").message == "this is a zip archive, but not a workbook"


def test_archive_bomb(home: Path) -> None:
    file = sound_workbook(home)
    rewrite(file, {"xl/worksheets/sheet2.xml": bytes(archive.LARGEST_UNPACKED)})
    assert file.stat().st_size < 200_000
    assert "unpacks to more than" in only(file).message


def test_too_many_parts_and_too_large(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sound_workbook(home)
    monkeypatch.setattr(archive, "MOST_PARTS", 3)
    assert "3 parts" in only(file).message
    monkeypatch.setattr(archive, "LARGEST_WORKBOOK", 100)
    assert only(file).message == "the workbook is too large"


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a;</t></si></sst>"""


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"])
@pytest.mark.parametrize("content", [ENTITIES, OUTSIDE, b"not XML", b""], ids=["bomb", "outside", "text", "empty"])
def test_hostile_or_damaged_parts(home: Path, part: str, content: bytes) -> None:
    file = sound_workbook(home)
    rewrite(file, {part: content})
    assert only(file).message == "the workbook is damaged"


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


@pytest.mark.parametrize(
    ("rows", "tail"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', ""),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>', ""),
        ('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>', ""),
        ('<row r="1"><c r="A1"><v>nan</v></c></row>', ""),
    ],
    ids=["far corner", "rows out of order", "string that is not there", "number that is none"],
)
def test_sheets_made_to_exhaust_or_confuse(home: Path, rows: str, tail: str) -> None:
    file = sound_workbook(home)
    rewrite(file, {"xl/worksheets/sheet2.xml": SHEET.format(rows, tail).encode()})
    problems_of(file)


def test_huge_merged_range_costs_nothing(home: Path) -> None:
    file = sound_workbook(home)
    tail = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    rewrite(file, {"xl/worksheets/sheet2.xml": SHEET.format('<row r="1"><c r="A1"><v>1</v></c></row>', tail).encode()})
    assert "merged cells in a table" in {problem.message for problem in problems_of(file)}


def test_links_to_other_files_are_ignored(home: Path) -> None:
    file = sound_workbook(home)
    rewrite(file, {"xl/externalLinks/externalLink1.xml": b"<broken"})
    assert oshopt.files.load(file) == oshopt.files.load(home)


def test_missing_libraries_are_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sound_workbook(home)
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    assert 'pip install "oshopt[excel]"' in only(file).remedy


def test_the_command_line_shows_no_traceback(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sound_workbook(home)
    rewrite(file, {"xl/workbook.xml": b"not XML"})
    monkeypatch.setattr(sys, "argv", ["oshopt", "check", str(file)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"oshopt: 1 problem in the input\n  {file}: the workbook is damaged.")
