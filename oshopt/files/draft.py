"""What was read from one place, sound or not: joined into a scenario, or into the list of all its problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from oshopt.assessment import FORM_PROBLEMS, examine_assessment
from oshopt.files.rows import TableReading
from oshopt.files.settings import SettingsReading
from oshopt.model import KEYED, NEEDED, TABLES, InputError, Problem, Scenario, ScorecardForm, row_key
from oshopt.model.base import Frozen, FrozenMap
from oshopt.model.checks import cross_check

LONGEST_ABOUT = 100_000
"""Characters that the notes may have."""


@dataclass(slots=True)
class Draft:
    """Settings and tables of one scenario as they were read, with the places of everything."""

    path: str
    """What the user named."""
    settings: SettingsReading
    tables: dict[str, TableReading] = field(default_factory=dict)
    about: str = ""
    form: ScorecardForm | None = None
    """Scorecard that the answers follow, where it is not the shipped one."""
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    """File and cell of each table as a whole."""
    problems: list[Problem] = field(default_factory=list)
    """Problems of the files themselves."""

    def scenario(self) -> Scenario:
        """Return the scenario; raise `InputError` with every problem of every file."""
        problems = [*self.problems, *self.settings.problems]
        problems += [problem for reading in self.tables.values() for problem in reading.problems]
        rough = Scenario.model_construct(None, **self._parts())
        if problems:
            found = [*cross_check(rough, self._broken()), *self._assessed(rough)]
            raise InputError([*problems, *self.located(found)])
        try:
            scenario = Scenario(**self._parts())
        except InputError as error:
            raise InputError(self.located([*error.problems, *self._assessed(rough)])) from None
        found = self._assessed(scenario)
        if found:
            raise InputError(self.located(found))
        return scenario

    def _assessed(self, scenario: Scenario) -> list[Problem]:
        """Return what is wrong with the assessment's tables across rows; nothing where its scorecard is broken."""
        if any(problem.table == FORM_PROBLEMS for problem in self.problems):
            return []
        broken = {table for table, reading in self.tables.items() if reading.broken or reading.unreadable}
        return examine_assessment(scenario, broken | ({"groups"} - self.tables.keys()))

    def _parts(self) -> dict[str, Any]:
        parts: dict[str, Any] = {"settings": self.settings.settings, "about": self.about}
        parts["form"] = self.form
        for table in TABLES:
            rows = self.tables[table].rows if table in self.tables else []
            keyed = {row_key(table, row): row for row in rows} if table in KEYED else {}
            parts[table] = FrozenMap(keyed) if table in KEYED else tuple(rows)
        return parts

    def _broken(self) -> set[tuple[str, str]]:
        """Return (table, id) of rows that could not be read; of an unreadable table, every name used anywhere."""
        broken = {(table, key) for table, reading in self.tables.items() for key in reading.broken}
        unreadable = [table for table in TABLES if table in self.tables and self.tables[table].unreadable]
        unreadable += [table for table in NEEDED if table not in self.tables]
        if unreadable:
            rows: list[Frozen] = [row for reading in self.tables.values() for row in reading.rows]
            names = {name for row in [*rows, *self.settings.settings.rule] for name in _names(row)}
            broken |= {(table, name) for table in unreadable for name in ["", *names]}
        return broken

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems with the file and cell where people find them; placed ones stay as they are."""
        return [problem if problem.file else self._located(problem) for problem in problems]

    def _located(self, problem: Problem) -> Problem:
        if problem.table == "scenario":
            return problem.at(self.settings.file, self._setting_cell(problem))
        reading = self.tables.get(problem.table)
        if reading is None:
            return problem.at(*self.places.get(problem.table, (self.path, "")))
        return placed_in(reading, problem)

    def _setting_cell(self, problem: Problem) -> str:
        key, entries = problem.column, self.settings.entries
        if problem.row.startswith("rule "):
            rule = f"rule.{problem.row.removeprefix('rule ')}"
            key = f"{rule}.{problem.column}"
            if key not in entries:
                near = [entry.cell for name, entry in entries.items() if name.rpartition(".")[0] == rule]
                return near[0] if near else rule
        return entries[key].cell if key in entries else key


def placed_in(reading: TableReading, problem: Problem) -> Problem:
    """Return a problem of a table with the file and cell where its row was read."""
    raw = reading.raw
    row = reading.place.get(problem.row, raw.header_row)
    if problem.row and problem.row not in reading.place:
        row = next((at for key, at in reading.place.items() if key.startswith(f"{problem.row} ")), 0)
        if not row:
            return problem.at(raw.file, "")
    return problem.at(raw.file, raw.name_cell(row, raw.columns.get(problem.column, -1), problem.column))


def _names(row: Frozen) -> Iterable[str]:
    for value in dict(row).values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, str))


def problem_of_file(file: str, message: str, remedy: str, *, table: str = "", cell: str = "") -> Problem:
    """Return a problem of a file as a whole."""
    return Problem(table, "", "", "", message, remedy, file, cell)


def within_length(draft: Draft, file: str) -> None:
    """Add a problem where the notes are too long for the model."""
    if len(draft.about) > LONGEST_ABOUT:
        remedy = f"Shorten them to {LONGEST_ABOUT} characters."
        draft.problems.append(problem_of_file(file, "the notes are too long", remedy, table="about"))
        draft.about = ""
