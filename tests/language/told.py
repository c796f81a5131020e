"""What a text told in Ukrainian must not hold: English words, and figures with a decimal point.

What the scenario itself supplies (names, ids, sources, notes, its currency) is shown as it is and is taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from oshopt.model import Scenario
from oshopt.reporting.notes import blocks

ALLOWED = frozenset(
    {
        *("SHA", "BLAKE", "Philox", "CSV", "JSON", "HTML", "SVG", "PNG", "PDF", "XLSX", "UTF", "CVaR", "NPV", "ISO"),
        *("oshopt", "Python", "numpy", "numba", "pulp", "PuLP", "scipy", "pandas", "simpy", "matplotlib", "scikit"),
        *("learn", "HiGHS", "CBC", "max", "min", "R_acc", "toml", "LTIFR", "TRIR", "DART", "VIF", "jackknife"),
    }
)
"""Words that stay Latin in any language: names of programs, formats and methods, and symbols."""
_WORD = re.compile(r"[A-Za-z](?:[A-Za-z_]*[A-Za-z])+")
_POINT = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.]|[ab]\d)")
_HASH = re.compile(r"[0-9a-f]{32,}")
_LONG = 6
"""Characters from which a name is none by chance, so that it may touch the next cell's text."""
_LONGEST = 60
"""Characters that figures show of a long name at most."""


def english_left(text: str, scenario: Scenario, *supplied: str) -> set[str]:
    """Return Latin words of three or more letters that are neither the scenario's, nor `supplied`, nor allowed."""
    rest = _without_names(text, scenario, supplied)
    return {word for word in _WORD.findall(rest) if len(word) > 2 and word not in ALLOWED}


def points_left(text: str, scenario: Scenario, *supplied: str) -> set[str]:
    """Return figures that are written with a decimal point and are neither the scenario's nor `supplied`.

    Versions, whose points are more than one, are no figures.
    """
    return set(_POINT.findall(_without_names(text, scenario, supplied)))


def _without_names(text: str, scenario: Scenario, supplied: Iterable[str]) -> str:
    """Return a text with one kind of space, in which what is supplied has given way to a mark; the longest first."""
    given = {_plain(each) for each in (*_texts(scenario), *supplied, *_notes(scenario))} - {""}
    given |= {name[0].lower() + name[1:] for name in given}
    rest = _plain(text)
    cuts = {_cut(rest[max(0, mark.start() - _LONGEST) : mark.start()], given) for mark in re.finditer("…", rest)}
    for cut in cuts - {""}:
        rest = rest.replace(f"{cut}…", "·")
    for name in sorted(given, key=len, reverse=True):
        alone = rf"(?<![^\W_]){re.escape(name)}(?![^\W_])"
        rest = rest.replace(name, " · ") if len(name) >= _LONG else re.sub(alone, " · ", rest)
    return _HASH.sub("·", rest)


def _cut(before: str, given: Iterable[str]) -> str:
    """Return the end of a text that is the beginning of a name, as figures show long ones; the longest there is."""
    ends = (before[at:] for at in range(len(before) - 2))
    return next((end for end in ends if any(name.startswith(end) for name in given)), "")


def _plain(text: str) -> str:
    return " ".join(re.sub("[\u2066-\u2069\u200b-\u200f\u00ad]", "", text).split())


def _notes(scenario: Scenario) -> Iterator[str]:
    for block in blocks(scenario.about):
        for row in block.rows:
            yield from row


def _texts(part: Any) -> Iterator[str]:
    """Yield every text and key of a scenario; words of the program's own lists (levels of control …) are not its."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _texts(getattr(part, name))
    elif isinstance(part, Mapping):
        yield from _texts(list(part))
        yield from _texts(list(part.values()))
    elif isinstance(part, list | tuple | set | frozenset):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, str) and not isinstance(part, Enum):
        yield part
