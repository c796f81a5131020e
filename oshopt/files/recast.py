"""A scenario written anew in the other form: a folder as a workbook, or a workbook as a folder."""

from __future__ import annotations

from pathlib import Path

from oshopt.files.load import load
from oshopt.files.save import save_folder, save_workbook
from oshopt.files.writing import existing


def recast_folder(source: str | Path, folder: str | Path) -> None:
    """Write the scenario at `source` as a new folder; raise `InputError` where it has problems or `folder` exists."""
    save_folder(load(source), folder)


def recast_workbook(source: str | Path, file: str | Path) -> None:
    """Write the scenario at `source` as a new workbook; raise `InputError` where it has problems or `file` exists."""
    scenario, target = load(source), Path(file)
    if target.exists():
        raise existing(target)
    save_workbook(scenario, target)
