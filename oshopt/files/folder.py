"""A scenario folder in: `scenario.toml`, a CSV file for each table, notes in `about.md`."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from oshopt.assessment import FORM_PROBLEMS, parse_form
from oshopt.files.cells import from_text, from_toml
from oshopt.files.columns import WITH_NUMBERS, Column, table_columns
from oshopt.files.dialect import DialectError, decode, find_separator, split_rows
from oshopt.files.draft import Draft, problem_of_file, within_length
from oshopt.files.numerals import decimal_mark
from oshopt.files.rows import RawTable, TableReading, raw_table, read_rows
from oshopt.files.settings import SettingsReading, entries_of_toml, read_settings, stand_in, toml_problem
from oshopt.model import NEEDED, TABLES, InputError, Problem, nearest

SETTINGS_FILE = "scenario.toml"
"""Name of the settings in a folder."""
ABOUT_FILE = "about.md"
"""Name of the notes in a folder."""
LARGEST_FILE = 50_000_000
"""Bytes that a file of a scenario may have."""


def read_folder(folder: Path) -> Draft:
    """Read everything that a scenario folder holds."""
    settings = _settings(folder)
    draft = Draft(str(folder), settings)
    named = settings.settings.encoding
    for table in TABLES:
        path = folder / f"{table}.csv"
        draft.places[table] = (str(path), "")
        if _present(path):
            draft.tables[table] = read_table(path, table, named, settings.legible)
        elif table in NEEDED:
            remedy = f"Add {path.name} with a header row and a row for each of the {table}."
            draft.problems.append(problem_of_file(str(path), "the file is missing", remedy, table=table))
    known = {f"{table}.csv" for table in TABLES}
    for stray in sorted(path.name for path in folder.iterdir() if path.suffix.casefold() == ".csv"):
        if stray not in known:
            remedy = nearest(stray, known) + " Rename it, or move it out of the folder."
            draft.problems.append(problem_of_file(str(folder / stray), "there is no table of this name", remedy))
    if _present(folder / ABOUT_FILE):
        _read_about(draft, folder)
    add_form(draft, folder)
    return draft


def add_form(draft: Draft, folder: Path) -> None:
    """Read the scorecard that the settings name, a TOML file in the scenario's folder."""
    name = draft.settings.settings.assessment.form
    if not name:
        return
    try:
        if Path(name).name != name:
            raise InputError([_form_problem(name, "not the name of a file", "Put the file beside the scenario.")])
        text = read_bytes(folder, name, FORM_PROBLEMS).decode("utf-8-sig")
        draft.form = parse_form(text, str(folder / name))
    except UnicodeDecodeError:
        draft.problems.append(_form_problem(str(folder / name), "the text is not UTF-8", "Save the file as UTF-8."))
    except InputError as error:
        draft.problems.extend(error.problems)


def _form_problem(file: str, message: str, remedy: str) -> Problem:
    return problem_of_file(file, message, remedy, table=FORM_PROBLEMS)


def _present(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def read_bytes(folder: Path, name: str, table: str) -> bytes:
    """Return a file's content; raise `InputError` where it cannot or must not be read."""
    path = folder / name

    def refusal(message: str, remedy: str) -> InputError:
        return InputError([problem_of_file(str(path), message, remedy, table=table)])

    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve(strict=True)):
            raise refusal("the file is a link that leads out of the folder", "Copy the file itself into the folder.")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise refusal("this is not a file", "Put a file here, or take it away.")
        if status.st_size > LARGEST_FILE:
            raise refusal("the file is too large", f"Keep it below {LARGEST_FILE // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise refusal(f"the file cannot be read: {error.strerror}", "Mend the file or its permissions.") from None


def _settings(folder: Path) -> SettingsReading:
    path = folder / SETTINGS_FILE
    illegible = SettingsReading(str(path), stand_in({}, set()), legible=False)
    if not _present(path):
        remedy = "Write scenario.toml with at least name, currency, start_year and horizon."
        illegible.problems.append(problem_of_file(str(path), "the file is missing", remedy, table="scenario"))
        return illegible
    try:
        data = read_bytes(folder, SETTINGS_FILE, "scenario")
    except InputError as error:
        illegible.problems.extend(error.problems)
        return illegible
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cell = f"line {data.count(bytes([10]), 0, error.start) + 1}"
        remedy = "Save scenario.toml as UTF-8; only the tables may be in another encoding."
        problem = problem_of_file(str(path), "the text is not UTF-8", remedy, table="scenario", cell=cell)
        illegible.problems.append(problem)
        return illegible
    try:
        entries = entries_of_toml(text)
    except (ValueError, RecursionError) as error:  # immense numbers and nesting are no TOMLDecodeError
        illegible.problems.append(toml_problem(str(path), text, error))
        return illegible
    return read_settings(str(path), entries, from_toml)


def read_table(path: Path, table: str, encoding: str | None, encoding_known: bool = True) -> TableReading:
    """Read one CSV file as a table; where the encoding's name is not known, a file that needs it is no problem yet."""
    file = str(path)
    nothing = TableReading(RawTable(table, file, _cell_name), unreadable=True)
    try:
        data = read_bytes(path.parent, path.name, table)
    except InputError as error:
        nothing.problems.extend(error.problems)
        return nothing
    try:
        text = decode(data, encoding)
    except DialectError as error:
        if encoding_known:
            cell = f"row {error.row}" if error.row else ""
            nothing.problems.append(problem_of_file(file, error.message, error.remedy, table=table, cell=cell))
        return nothing
    try:
        separator = find_separator(text, table_columns(table))
        records = split_rows(text, separator)
    except DialectError as error:
        cell = f"row {error.row}"
        nothing.problems.append(problem_of_file(file, error.message, error.remedy, table=table, cell=cell))
        return nothing
    found: list[tuple[int, Sequence[object]]] = [(number, cells) for number, cells in records]
    raw, problems = raw_table(table, file, found, _cell_name)
    mark = decimal_mark(_number_cells(raw), separator)
    return read_rows(raw, problems, partial(_convert, mark))


def _convert(mark: str, column: Column, cell: object) -> object:
    return from_text(column, "" if cell is None else str(cell), mark)


def _number_cells(raw: RawTable) -> Iterator[str]:
    columns = table_columns(raw.table)
    wanted = [position for name, position in raw.columns.items() if columns[name].holds in WITH_NUMBERS]
    for _, cells in raw.rows:
        yield from (str(cells[position]) for position in wanted if position < len(cells))


def _cell_name(row: int, position: int, column: str) -> str:
    del position
    return f"row {row}, column {column}" if column else f"row {row}"


def _read_about(draft: Draft, folder: Path) -> None:
    file = str(folder / ABOUT_FILE)
    try:
        text = decode(read_bytes(folder, ABOUT_FILE, "about"))
    except InputError as error:
        draft.problems.extend(error.problems)
    except DialectError as error:
        message = "the notes are not UTF-8 text"
        draft.problems.append(
            problem_of_file(file, message, "Save them as UTF-8.", table="about", cell=f"row {error.row}")
        )
    else:
        draft.about = text.replace("\r\n", "\n").rstrip("\n")
        within_length(draft, file)
