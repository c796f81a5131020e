"""What any test may use. Compiled code is cached by the text of every module, so that none is ever stale."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = sorted((ROOT / "oshopt").glob("**/*.py"))
_STAMP = hashlib.blake2b(b"".join(path.read_bytes() for path in _SOURCES), digest_size=8).hexdigest()
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(tempfile.gettempdir()) / f"oshopt-numba-{_STAMP}"))


@pytest.fixture(scope="session")
def root() -> Path:
    """Top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shipped() -> Path:
    """Folder of the scenarios that come with the project."""
    return ROOT / "scenarios"
