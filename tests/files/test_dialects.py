"""CSV as spreadsheets of the region write it: encodings, separators, decimal marks, spaces, words, lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import oshopt.files
from oshopt.files.numerals import CellError, decimal_mark, number_from_text
from oshopt.model import Scenario

Write = Callable[[Path, Mapping[str, str | bytes]], Path]

NAMES = ("Ограждения станков", "Тихі вентилятори", "安全培训 «на ходу»; 2, 3")
POINTS = """id,name,weight,full_cost,mandatory
guards,"Ограждения станков",0.5,"50 000.25",no
fans,Тихі вентилятори,0.3,1 234 567,no
training,"安全培训 «на ходу»; 2, 3",0.2,0,yes
"""


def cells(separator: str, mark: str, space: str) -> str:
    """Return the same measures in another dialect."""
    rows = [
        ["id", "name", "weight", "full_cost", "mandatory"],
        ["guards", NAMES[0], f"0{mark}5", f"50{space}000{mark}25", "ні"],
        ["fans", NAMES[1], f"0{mark}3", f"1{space}234{space}567", "ЛОЖЬ"],
        ["training", NAMES[2], f"0{mark}2", "0", "Так"],
    ]
    quoted = [[f'"{cell}"' if separator in cell else cell for cell in row] for row in rows]
    return "\r\n".join(separator.join(row) for row in quoted) + "\r\n"


@pytest.fixture
def plain(tmp_path: Path, mill: dict[str, str], write: Write) -> Scenario:
    """The scenario in UTF-8 with commas and points."""
    return oshopt.files.load(write(tmp_path / "plain", mill | {"measures.csv": POINTS}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\u202f"], ids=["none", "space", "nbsp", "narrow"])
def test_every_dialect_says_the_same(
    plain: Scenario,
    tmp_path: Path,
    mill: dict[str, str],
    write: Write,
    encoding: str,
    separator: str,
    mark: str,
    space: str,
) -> None:
    data = cells(separator, mark, space).encode(encoding)
    assert oshopt.files.load(write(tmp_path / "other", mill | {"measures.csv": data})) == plain


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u", "utf-16-le", "utf-16-be"])
def test_a_named_encoding(tmp_path: Path, mill: dict[str, str], write: Write, encoding: str) -> None:
    text = cells(";", ",", "").replace(NAMES[2], "навчання")
    files = mill | {
        "scenario.toml": f'encoding = "{encoding}"\n' + mill["scenario.toml"],
        **{
            f"{table}.csv": mill[f"{table}.csv"].encode(encoding)
            for table in ("groups", "effects", "budgets", "strategies")
        },
        "measures.csv": text.encode(encoding, "replace"),
    }
    assert oshopt.files.load(write(tmp_path, files)).measures["training"].name == "навчання"


def test_blank_lines_case_and_trailing_cells_change_nothing(
    plain: Scenario, tmp_path: Path, mill: dict[str, str], write: Write
) -> None:
    lines = POINTS.replace("id,name,weight", " ID ,Name,WEIGHT").splitlines()
    text = "\n\n" + "\n,,,,,\n\n".join(line + ",,," for line in lines)
    assert oshopt.files.load(write(tmp_path / "other", mill | {"measures.csv": text})) == plain


def test_rows_keep_their_number_behind_blank_lines_and_line_breaks(
    tmp_path: Path, mill: dict[str, str], write: Write
) -> None:
    text = 'id,name,weight,full_cost\n\nguards,"two\nlines",1,1\n\nfans,,-1,1\n'
    with pytest.raises(oshopt.model.InputError) as error:
        oshopt.files.load(write(tmp_path, mill | {"measures.csv": text}))
    assert "row 5, column weight" in [problem.cell for problem in error.value.problems]


def test_order_of_rows_and_columns_changes_nothing(
    plain: Scenario, tmp_path: Path, mill: dict[str, str], write: Write
) -> None:
    rows = [line.split(",") for line in mill["strategies.csv"].splitlines()]
    shuffled = "\n".join(",".join(reversed(row)) for row in [rows[0], *reversed(rows[1:])])
    files = mill | {"measures.csv": POINTS, "strategies.csv": shuffled}
    other = oshopt.files.load(write(tmp_path / "other", files))
    assert (other, other.fingerprint) == (plain, plain.fingerprint)


def test_lists_of_ids(tmp_path: Path, mill: dict[str, str], write: Write) -> None:
    files = mill | {"budgets.csv": "line,amount,measures\nown,1, training|fans \ngrant,1,training  | fans\n"}
    lines = oshopt.files.load(write(tmp_path, files)).lines
    assert {line.measures for line in lines.values()} == {("fans", "training")}


@pytest.mark.parametrize(
    ("texts", "separator", "mark"),
    [
        (["0,5", "1,234"], ",", ","),
        (["0.5", "1.234"], ";", "."),
        (["1,234"], ";", ","),
        (["1.234"], ",", "."),
        (["1.234", "1,234"], "\t", ""),
        (["0,500"], "\t", ","),
        (["1 234,567"], "\t", ","),
        (["1234,567"], "\t", ","),
        (["1,5e3", "2.5", "3.5"], ";", "."),
        (["12", "", "word"], "\t", ""),
    ],
)
def test_decimal_mark_of_a_file(texts: list[str], separator: str, mark: str) -> None:
    assert decimal_mark(texts, separator) == mark


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("0", ".", 0),
        ("-5", ".", -5),
        ("+5", ".", 5),
        ("\u2212" + "5", ".", -5),
        (".5", ".", 0.5),
        ("5.", ".", 5.0),
        ("1 234 567,89", ",", 1234567.89),
        ("1e5", "", 1e5),
        ("1,5E-3", ",", 0.0015),
        ("12345678901234567890", ".", 12345678901234567890),
        ("0.1000000000000000055511151231257827", ".", 0.1),
    ],
)
def test_numbers(text: str, mark: str, value: float) -> None:
    found = number_from_text(text, mark)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", ["", ".", ",", "-", "1e", "e5", "1_000", "0x10", "١٢", "1'234", "12 3", "1  234", "5 %", "½"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(CellError):
        number_from_text(text, ".")
