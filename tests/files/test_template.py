"""What `new` makes: a folder and a workbook that are scenarios already, and copies of shipped ones."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import oshopt.files
from oshopt.files.columns import table_columns
from oshopt.model import TABLES, InputError


def test_folder_and_workbook_are_one_valid_scenario(tmp_path: Path) -> None:
    oshopt.files.new_folder(tmp_path / "mine")
    oshopt.files.new_workbook(tmp_path / "mine.xlsx")
    folder, workbook = oshopt.files.load(tmp_path / "mine"), oshopt.files.load(tmp_path / "mine.xlsx")
    assert folder.fingerprint == workbook.fingerprint


def test_settings_and_columns_are_explained(tmp_path: Path) -> None:
    oshopt.files.new_folder(tmp_path / "mine")
    settings = (tmp_path / "mine" / "scenario.toml").read_text(encoding="utf-8")
    columns = (tmp_path / "mine" / "COLUMNS.md").read_text(encoding="utf-8")
    assert "# Discount rate a year" in settings
    for table in TABLES:
        for column in table_columns(table).values():
            assert column.meaning
            assert f"{column.name}" in columns


def test_every_commented_key_can_be_used(tmp_path: Path) -> None:
    oshopt.files.new_folder(tmp_path / "mine")
    file = tmp_path / "mine" / "scenario.toml"
    text, _, _ = file.read_text(encoding="utf-8").partition("# A limit of your own")
    lines = text.splitlines()
    used = [line.removeprefix("# ") if line.startswith("# ") and " = " in line else line for line in lines]
    file.write_text("\n".join(used), encoding="utf-8")
    assert oshopt.files.load(tmp_path / "mine").settings.price_growth == 0


def test_workbook_has_notes_and_lists(tmp_path: Path) -> None:
    oshopt.files.new_workbook(tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    assert book.sheetnames == ["about", "scenario", *TABLES]
    for table in TABLES:
        sheet = book[table]
        header = {cell.value: cell for cell in sheet[1]}
        assert list(header) == list(table_columns(table))
        for name, column in table_columns(table).items():
            assert header[name].comment.text.startswith(column.meaning)
            assert bool(header[name].font.bold) == column.needed
    lists = {validation.formula1 for validation in book["measures"].data_validations.dataValidation}
    assert {'"yes,no"', '"divisible,whole,levels"'} <= lists
    (chosen,) = [v.formula1 for v in book["effects"].data_validations.dataValidation if "$" in v.formula1]
    assert chosen == "measures!$A$2:$A$1000"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    oshopt.files.new_folder(tmp_path / "mine")
    oshopt.files.new_workbook(tmp_path / "mine.xlsx")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for again in (
        lambda: oshopt.files.new_folder(tmp_path / "mine"),
        lambda: oshopt.files.new_workbook(tmp_path / "mine.xlsx"),
        lambda: oshopt.files.copy_example("conditional-enterprise", tmp_path / "mine"),
        lambda: oshopt.files.new_folder(tmp_path / "mine.xlsx"),
    ):
        with pytest.raises(InputError, match="exists already"):
            again()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_shipped_scenarios_are_copied_whole(tmp_path: Path) -> None:
    shipped = oshopt.files.shipped_scenarios()
    assert {"conditional-enterprise", "food-plant"} <= set(shipped)
    for name, path in shipped.items():
        oshopt.files.copy_example(name, tmp_path / name)
        assert oshopt.files.load(tmp_path / name) == oshopt.files.load(path)
        assert sorted(p.name for p in (tmp_path / name).iterdir()) == sorted(p.name for p in path.iterdir())


def test_unknown_example_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'food-plant'"):
        oshopt.files.copy_example("foodplant", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_missing_parent_is_told(tmp_path: Path) -> None:
    for make in (oshopt.files.new_folder, oshopt.files.new_workbook):
        with pytest.raises(InputError, match="its folder does not exist"):
            make(tmp_path / "no" / "mine.xlsx")


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    def write_half() -> None:
        with oshopt.files.replacing(tmp_path / "x") as temporary:
            temporary.write_text("half", encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert list(tmp_path.iterdir()) == []
