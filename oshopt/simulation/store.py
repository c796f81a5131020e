"""Results of replications on disk, piece by piece, so that a run that was stopped goes on where it was.

A run directory has one folder for each job, named by the hash of its inputs: what was made from other inputs, another
seed or other versions is never picked up. Every file appears whole or not at all.
"""

from __future__ import annotations

import re
import secrets
import zipfile
from dataclasses import fields
from pathlib import Path

import numpy as np

from oshopt.simulation.replications import Job, Samples

_NAME = re.compile(r"replications-(\d+)-(\d+)\.npz")
_KEY = 16


class Store:
    """Pieces of one job's results in a run directory."""

    def __init__(self, directory: Path, job: Job) -> None:
        self.folder = directory / job.key[:_KEY]
        self.folder.mkdir(parents=True, exist_ok=True)

    def save(self, first: int, part: Samples) -> None:
        """Write the results of replications from `first` on."""
        last = first + len(part.spend)
        target = self.folder / f"replications-{first:09d}-{last:09d}.npz"
        temporary = self.folder / f".{target.name}.{secrets.token_hex(4)}.tmp"
        try:
            with temporary.open("wb") as file:
                np.savez(file, **{field.name: getattr(part, field.name) for field in fields(part)})
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def load(self, samples: Samples) -> set[int]:
        """Fill `samples` from what is on disk; return the numbers of the replications found.

        A file that cannot be read counts as missing.
        """
        found: set[int] = set()
        room = len(samples.spend)
        for path in sorted(self.folder.glob("replications-*.npz")):
            name = _NAME.fullmatch(path.name)
            if name is None:
                continue
            first, last = int(name[1]), min(int(name[2]), room)
            part = _read(path)
            if part is not None and first < last:
                samples.put(first, part.head(last - first))
                found.update(range(first, last))
        return found


def _read(path: Path) -> Samples | None:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            return Samples(**{field.name: file[field.name] for field in fields(Samples)})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
