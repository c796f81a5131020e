"""Scenarios that come with the package, and copies of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from oshopt.files.folder import SETTINGS_FILE
from oshopt.files.writing import filling
from oshopt.model import InputError, Problem, nearest

_PACKAGE = Path(__file__).parent.parent
_HOMES = (_PACKAGE / "shipped", _PACKAGE.parent / "scenarios")


def shipped_scenarios() -> dict[str, Path]:
    """Return the folder of each shipped scenario by name: inside an installed package, or in a checkout beside it."""
    home = next((folder for folder in _HOMES if folder.is_dir()), None)
    if home is None:
        return {}
    return {path.name: path for path in sorted(home.iterdir()) if (path / SETTINGS_FILE).is_file()}


def shipped_scenario(name: str) -> Path:
    """Return the folder of a shipped scenario; raise `InputError` where there is none of that name."""
    known = shipped_scenarios()
    if name not in known:
        raise InputError([Problem("", "", "", name, "there is no shipped scenario of this name", nearest(name, known))])
    return known[name]


def copy_example(name: str, folder: str | Path) -> None:
    """Copy a shipped scenario into a new folder; raise `InputError` where there is none of that name."""
    source = shipped_scenario(name)
    with filling(Path(folder)) as temporary:
        shutil.copytree(
            source,
            temporary,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns("__pycache__", "*.py"),
            dirs_exist_ok=True,
        )
