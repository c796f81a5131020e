"""Writing that either happens in full or not at all: a temporary name beside the target, then a rename."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oshopt.files.draft import problem_of_file
from oshopt.model import InputError


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary file's path; on leaving, it takes the target's place. On an error, nothing changes."""
    temporary = _beside(target)
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def filling(target: Path) -> Iterator[Path]:
    """Give a temporary folder; on leaving, it gets the target's name. On an error, nothing is left.

    Raises `InputError` where the target exists and is not an empty folder. An empty one stays and is filled.
    """
    if (target.is_symlink() or target.exists()) and (not target.is_dir() or any(target.iterdir())):
        raise existing(target)
    temporary = _beside(target)
    temporary.mkdir()
    try:
        yield temporary
        if target.exists():
            for made in temporary.iterdir():
                made.rename(target / made.name)
        else:
            temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def existing(target: Path) -> InputError:
    """Return the error of a target that is there already."""
    return InputError([problem_of_file(str(target), "it exists already", "Choose another name, or move it away.")])


def _beside(target: Path) -> Path:
    parent = target.absolute().parent
    if not parent.is_dir():
        remedy = f"Make the folder {str(target.parent)!r} first."
        raise InputError([problem_of_file(str(target), "its folder does not exist", remedy)])
    return parent / f".{target.absolute().name[:60]}.{secrets.token_hex(4)}.tmp"
