"""Timings, run with `make bench`: this package beside its peers. They inform; no test depends on them.

Compiled code is cached by the text of every compiled module, so that what is timed is never stale.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_SOURCES = sorted((Path(__file__).parents[1] / "oshopt").glob("**/*.py"))
_STAMP = hashlib.blake2b(b"".join(path.read_bytes() for path in _SOURCES), digest_size=8).hexdigest()
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(tempfile.gettempdir()) / f"oshopt-numba-{_STAMP}"))
