"""Settings out: as TOML text, with or without a comment for each key, and as rows of the sheet `scenario`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum

from oshopt.files.cells import to_cell
from oshopt.files.columns import Column, Holds, columns_of
from oshopt.files.settings import SECTIONS
from oshopt.model import Rule, Settings
from oshopt.model.base import Frozen

_WIDTH = 110
_TOML_LIMITS = {Holds.YES_NO: "true or false", Holds.IDS: '["a", "b"]', Holds.YEARS: "[2026, 2027]"}


def settings_toml(settings: Settings, *, commented: bool = False) -> str:
    """Return `scenario.toml`: the keys that differ from their defaults, or every key with its meaning."""
    blocks = ["\n".join(_keys(settings, commented))]
    for section in SECTIONS:
        lines = list(_keys(getattr(settings, section), commented))
        if lines:
            blocks.append("\n".join([f"[{section}]", *lines]))
    blocks += ["\n".join(["[[rule]]", *_keys(rule, commented=False)]) for rule in settings.rule]
    if commented and not settings.rule:
        blocks.append("\n".join(_sample_rule()))
    return "\n\n".join(blocks) + "\n"


def settings_rows(settings: Settings, *, every: bool = False) -> list[tuple[str, str | int | float | bool, str]]:
    """Return (key, value, meaning) of the keys that differ from their defaults, or of every key."""
    rows = [(name, *rest) for name, *rest in _rows(settings, every)]
    for section in SECTIONS:
        rows += [(f"{section}.{name}", *rest) for name, *rest in _rows(getattr(settings, section), every)]
    for rule in settings.rule:
        rows += [(f"rule.{rule.name}.{name}", *rest) for name, *rest in _rows(rule, every=False) if name != "name"]
    return [(str(key), to_cell(value), str(meaning)) for key, value, meaning in rows]


def _rows(part: Frozen, every: bool) -> Iterator[tuple[str, object, str]]:
    for name, column in columns_of(type(part)).items():
        value = getattr(part, name)
        if every or column.needed or value != column.default:
            yield name, value, column.meaning


def _keys(part: Frozen, commented: bool) -> Iterator[str]:
    for name, column in columns_of(type(part)).items():
        value = getattr(part, name)
        used = column.needed or value != column.default
        if commented:
            yield from _comment(column)
        if used:
            yield f"{name} = {_toml(value)}"
        elif commented:
            yield f"# {name} = {_toml(value)}".rstrip()


def _comment(column: Column) -> Iterator[str]:
    allowed = _TOML_LIMITS.get(column.holds, column.limits)
    words, line = f"{column.meaning} ({allowed})".split(), "#"
    for word in words:
        if len(line) + len(word) >= _WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    yield line


def _sample_rule() -> Iterator[str]:
    yield "# A limit of your own on spend or share; take the # away from the lines without a sentence:"
    yield "# [[rule]]"
    examples = {"name": '"training"', "on": '"spend"', "measures": '["training"]', "at_most": "50000.0"}
    for name, column in columns_of(Rule).items():
        yield f"# # {column.meaning}"
        yield f"# {name} = {examples.get(name, '')}".rstrip()


def _toml(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return json.dumps(value.value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return repr(value)
