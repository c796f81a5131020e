"""What any test may use. Compiled code is cached by the text of every module, so that none is ever stale."""

from __future__ import annotations

import gettext
import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from oshopt.language import ENGLISH, catalogue, languages

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


class _Refusing(gettext.NullTranslations):
    """What a shipped language falls back on: nothing."""

    def gettext(self, message: str) -> str:
        raise LookupError(f"not in the catalogue: {message!r}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        raise LookupError(f"not in the catalogue: {msgid1!r}, {msgid2!r} for {n}")

    def pgettext(self, context: str, message: str) -> str:
        raise LookupError(f"not in the catalogue: {message!r} as {context}")


@pytest.fixture(scope="session", autouse=True)
def _no_language_falls_back() -> None:
    for code in languages():
        if code != ENGLISH:
            catalogue(code).add_fallback(_Refusing())
