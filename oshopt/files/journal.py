"""The journal of a survey's procedure: a JSON file beside the scenario, read strictly, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from oshopt.files.cells import unprintable
from oshopt.files.draft import problem_of_file
from oshopt.files.folder import SETTINGS_FILE
from oshopt.files.writing import replacing
from oshopt.model import InputError, Journal, Problem

LARGEST_JOURNAL = 50_000_000
"""Bytes that a journal may have."""

_RESTORE = "Restore the file from a copy, or take it away and begin the procedure anew."
_TOLD = 5


def journal_path(scenario: str | Path, survey: str) -> Path:
    """Return where the journal of a survey lies: in the scenario's folder, or beside its workbook."""
    path = Path(scenario)
    if path.name == SETTINGS_FILE:
        path = path.parent
    if path.is_dir():
        return path / f"procedure-{survey}.json"
    return path.with_name(f"{path.stem}.procedure-{survey}.json")


def load_journal(scenario: str | Path, survey: str) -> Journal | None:
    """Return the journal of a survey; None where no procedure was begun. Raises `InputError` for a broken file."""
    path = journal_path(scenario, survey)
    if not path.is_file():
        return None
    if path.stat().st_size > LARGEST_JOURNAL:
        raise InputError([problem_of_file(str(path), "the journal is too large", _RESTORE)])
    try:
        journal = Journal.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise InputError(_problems(path, error)) from None
    _require_printable(path, journal)
    if journal.survey != survey:
        message = f"this is the journal of another survey, {journal.survey!r}"
        raise InputError([problem_of_file(str(path), message, _RESTORE)])
    return journal


def save_journal(scenario: str | Path, journal: Journal) -> Path:
    """Write the journal of a survey and return its path; raise `InputError` for a text that cannot be shown."""
    path = journal_path(scenario, journal.survey)
    _require_printable(path, journal)
    text = json.dumps(journal.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=1) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return path


def _require_printable(path: Path, journal: Journal) -> None:
    bad = next((found for text in _texts(journal.model_dump(mode="json")) if (found := unprintable(text))), "")
    if bad:
        message = f"a text of the journal holds a character that cannot be shown ({bad})"
        raise InputError([problem_of_file(str(path), message, "Write the text without it.")])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _problems(path: Path, error: ValidationError) -> list[Problem]:
    found = []
    for detail in error.errors(include_url=False, include_context=False, include_input=False)[:_TOLD]:
        place = ".".join(str(part) for part in detail["loc"])
        message = "the file is no journal" if detail["type"] == "json_invalid" else f"not a journal: {detail['msg']}"
        found.append(problem_of_file(str(path), message, _RESTORE, cell=place))
    return found
