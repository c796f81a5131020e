"""The way in: a scenario from a folder, its `scenario.toml` or a workbook, and the places of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from oshopt.files.draft import Draft, placed_in, problem_of_file
from oshopt.files.folder import SETTINGS_FILE, read_folder, read_table
from oshopt.model import RESERVED, InputError, Problem, Scenario, ScorecardForm, StrategyEntry, nearest

_SPREADSHEETS = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".fods", ".csv"})


def load(path: str | Path, *, form: ScorecardForm | None = None, readings: Sequence[str] | None = None) -> Scenario:
    """Return the scenario at `path`: a folder, the `scenario.toml` inside one, or an .xlsx workbook.

    `form` and `readings` stand in place of the scorecard that its settings name. Raises `InputError` with every problem
    of every file, each with its file, cell, value and remedy.
    """
    draft = _read(Path(path))
    draft.form = form or draft.form
    if readings is not None:
        chosen = draft.settings.settings.assessment.model_copy(update={"readings": tuple(readings)})
        draft.settings.settings = draft.settings.settings.model_copy(update={"assessment": chosen})
    return draft.scenario()


def add_strategies(scenario: Scenario, file: str | Path) -> Scenario:
    """Return the scenario with the strategies of a file: CSV as `strategies`, or the plan of a workbook of results.

    A workbook holds one strategy, the plan on its sheet as it was edited, named after the file. Raises `InputError`
    with every problem of the file; a strategy that the scenario has already is one.
    """
    path = Path(file)
    if not path.is_file():
        remedy = "Name a CSV file with the columns of strategies.csv, or a workbook of results."
        raise _refusal(path, "there is no such file", remedy)
    if path.suffix.casefold() == ".xlsx":
        return _add_plan(scenario, path)
    reading = read_table(path, "strategies", scenario.settings.encoding)
    rows = [row for row in reading.rows if isinstance(row, StrategyEntry)]
    taken = {row.strategy for row in rows} & set(scenario.strategy_tables)
    problems = list(reading.problems)
    for name in sorted(taken):
        remedy = "Give the strategy of the file another name."
        message = "the scenario has a strategy of this name"
        problems.append(problem_of_file(str(path), f"{message}: {name}", remedy, table="strategies"))
    if problems:
        raise InputError(problems)
    try:
        return scenario.update(strategies=(*scenario.strategies, *rows))
    except InputError as error:
        raise InputError(placed_in(reading, problem) for problem in error.problems) from None


def _add_plan(scenario: Scenario, path: Path) -> Scenario:
    from oshopt.files.plan_sheet import read_plan, strategy_name

    rows, name = read_plan(path, scenario), strategy_name(path)
    if name in scenario.strategy_tables or name in RESERVED:
        message = f"the plan is named after its file, and there is a strategy of this name: {name}"
        raise _refusal(path, message, "Give the file another name.")
    return scenario.update(strategies=(*scenario.strategies, *rows))


def locate(problems: Iterable[Problem], path: str | Path) -> list[Problem]:
    """Return problems of the scenario at `path` with the file and cell where people find them.

    For problems that engines found in a loaded scenario and could name only by table, row and column.
    """
    return _read(Path(path)).located(problems)


def _read(path: Path) -> Draft:
    try:
        return _read_kind(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refusal(path, f"it cannot be read: {reason}", "Check the path and its permissions.") from None


def _read_kind(path: Path) -> Draft:
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        raise _refusal(path, "there is no such file or folder", _near(path))
    if path.name == SETTINGS_FILE:
        return read_folder(path.parent)
    if path.suffix.casefold() == ".xlsx":
        from oshopt.files.workbook import read_workbook

        return read_workbook(path)
    if path.suffix.casefold() in _SPREADSHEETS:
        raise _refusal(path, "this is no scenario", "Name the folder that holds it, or save the workbook as .xlsx.")
    raise _refusal(path, "this is no scenario", "Name a folder with scenario.toml in it, or an .xlsx workbook.")


def _near(path: Path) -> str:
    parent = path.parent
    if not parent.is_dir():
        return f"The folder {str(parent)!r} does not exist either."
    names = [p.name for p in parent.iterdir() if p.suffix == ".xlsx" or (p / SETTINGS_FILE).is_file()]
    return nearest(path.name, names) if names else "Check the path, or start a scenario with: oshopt new DIR."


def _refusal(path: Path, message: str, remedy: str) -> InputError:
    return InputError([problem_of_file(str(path), message, remedy)])
