"""Settings: from keys of `scenario.toml` or of the sheet `scenario` to the model, each problem at its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from oshopt.files.columns import Column, columns_of
from oshopt.files.dialect import known_encoding
from oshopt.files.numerals import CellError
from oshopt.files.rows import build, shown
from oshopt.model import Budget, Problem, Rule, Settings, nearest
from oshopt.model.base import Frozen

SECTIONS: dict[str, type[Frozen]] = {
    name: type(info.default) for name, info in Settings.model_fields.items() if isinstance(info.default, Frozen)
}
"""Type of each section of the settings by its name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key as it stands in a file: `budget.total`, `rule.<name>.at_most`."""

    key: str
    value: object
    cell: str


@dataclass(slots=True)
class SettingsReading:
    """What came out of the settings."""

    file: str
    settings: Settings
    """The settings; with problems, a stand-in under which no sound row of another table looks wrong."""
    entries: dict[str, Entry] = field(default_factory=dict)
    """Keys as they stand in the file."""
    problems: list[Problem] = field(default_factory=list)
    legible: bool = True
    """Whether it is known which encoding the tables are said to have."""


@cache
def known_keys() -> dict[str, Column]:
    """Return every key outside the rules: its dotted name and what it holds."""
    keys = dict(columns_of(Settings))
    for section, model in SECTIONS.items():
        keys |= {f"{section}.{name}": column for name, column in columns_of(model).items()}
    return keys


def entries_of_toml(text: str) -> list[Entry]:
    """Return the keys of a settings file with their lines; raise `ValueError` where it is not TOML."""
    data = tomllib.loads(text)
    lines = _toml_lines(text)
    entries: list[Entry] = []
    for key, value in data.items():
        if key == "rule" and isinstance(value, list):
            entries += _entries_of_rules(value, lines)
        elif isinstance(value, dict) and key not in columns_of(Settings):
            inner = [Entry(f"{key}.{name}", v, _line(lines, f"{key}.{name}")) for name, v in value.items()]
            entries += inner or ([] if key in SECTIONS else [Entry(f"{key}.", "", _line(lines, key))])
        else:
            entries.append(Entry(key, value, _line(lines, key)))
    return entries


def _entries_of_rules(rules: list[object], lines: dict[str, int]) -> Iterator[Entry]:
    seen = set()
    for number, rule in enumerate(rules, start=1):
        head = f"rule.{number}"
        if not isinstance(rule, dict) or not isinstance(rule.get("name"), str):
            yield Entry("rule", "", _line(lines, head, f"rule {number}"))
            continue
        name = rule["name"]
        fields = {"name": name} if name in seen else rule
        seen.add(name)
        for key, value in fields.items():
            yield Entry(f"rule.{name}.{key}", value, _line(lines, f"{head}.{key}", f"rule.{name}.{key}"))


def _line(lines: dict[str, int], key: str, label: str = "") -> str:
    line = lines.get(key)
    return f"line {line}, {label or key}" if line else label or key


def _toml_lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    section, rules = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        head = re.match(r"\s*\[\[?\s*([\w.\-]+)\s*\]", line)
        if head:
            section = head[1]
            if section == "rule":
                rules += 1
                section = f"rule.{rules}"
            lines.setdefault(section, number)
        elif found := re.match(r"""\s*["']?([\w.\-]+)["']?\s*=""", line):
            lines.setdefault(f"{section}.{found[1]}" if section else found[1], number)
    return lines


def toml_problem(file: str, text: str, error: Exception) -> Problem:
    """Return what is wrong with a settings file that is not TOML, at its line."""
    found = re.search(r"at line (\d+)", str(error))
    lines = text.splitlines() or [""]
    number = int(found[1]) if found else len(lines)
    message = "this line is not valid TOML"
    remedy = 'Write key = value: text in "double quotes", a point in numbers, true or false in small letters.'
    if "overwrite" in str(error) or "twice" in str(error):
        message, remedy = "a second value for the same key or section", "Keep one of the two."
    value = shown(lines[min(number, len(lines)) - 1].strip())
    return Problem("scenario", "", "", value, message, remedy, file, f"line {number}")


def read_settings(file: str, entries: list[Entry], convert: Callable[[Column, object], object]) -> SettingsReading:
    """Return the settings, with every problem at its key."""
    reading = SettingsReading(file, stand_in({}, set()))
    values: dict[str, object] = {}
    rules: dict[str, dict[str, object]] = {}
    broken: set[str] = set()
    for entry in entries:
        if entry.key in reading.entries:
            what = "rule of this name" if entry.key.startswith("rule.") else "value for the same key"
            _report(reading, entry, f"a second {what}", "Keep one of the two, or rename one.")
            continue
        reading.entries[entry.key] = entry
        try:
            rule, name = _rule_key(entry)
            column = _column(entry.key, rule, name)
            value = convert(column, entry.value)
            if name == "encoding" and not rule and value is not None and not known_encoding(str(value)):
                raise CellError("there is no such encoding", "Name one such as cp1251, or take the key out for UTF-8.")
        except CellError as error:
            broken.add(f"rule.{rule}" if rule else entry.key)
            _report(reading, entry, error.message, error.remedy)
        else:
            target, key = (rules.setdefault(rule, {"name": rule}), name) if rule else (values, entry.key)
            if value is not None:
                target[key] = value
    _build_all(reading, values, rules, broken)
    reading.legible = "encoding" not in broken
    return reading


def _report(reading: SettingsReading, entry: Entry, message: str, remedy: str) -> None:
    value = shown(entry.value)
    reading.problems.append(Problem("scenario", entry.key, entry.key, value, message, remedy, reading.file, entry.cell))


def _rule_key(entry: Entry) -> tuple[str, str]:
    """Return (rule, field) of a rule's key and ("", key) of any other."""
    if not entry.key.startswith("rule."):
        return "", entry.key
    rule, _, name = entry.key.removeprefix("rule.").rpartition(".")
    if not rule:
        raise CellError("a rule's key without its field", "Write rule.<name>.<field>, such as rule.training.at_most.")
    return rule, name


def _column(key: str, rule: str, name: str) -> Column:
    if rule:
        fields = columns_of(Rule)
        if name not in fields:
            raise CellError("a rule has no such field", nearest(name, fields))
        return fields[name]
    if key == "rule":
        raise CellError("a rule without its name", 'Write [[rule]] and give it a name: name = "…".')
    if key in SECTIONS:
        raise CellError("a section is needed here", f"Write its keys under [{key}].")
    known = known_keys()
    if key in known:
        return known[key]
    section = key.partition(".")[0]
    if "." in key and section not in SECTIONS:
        raise CellError("there is no such section", nearest(section, [*SECTIONS, "rule"]))
    inside = [k for k in known if k.startswith(f"{section}.")] if "." in key else known
    raise CellError("there is no such key", nearest(key, inside))


def _build_all(
    reading: SettingsReading, values: dict[str, object], rules: dict[str, dict[str, object]], broken: set[str]
) -> None:
    parts: dict[str, object] = {key: value for key, value in values.items() if "." not in key}
    for section, model in SECTIONS.items():
        inner = {key.partition(".")[2]: v for key, v in values.items() if key.startswith(f"{section}.")}
        parts[section] = _part(reading, model, inner, f"{section}.", broken)
    made = {name: _part(reading, Rule, inner, f"rule.{name}.", broken) for name, inner in rules.items()}
    parts["rule"] = tuple(r for name, r in made.items() if r is not None and f"rule.{name}" not in broken)
    settings, errors = build(Settings, known_keys(), {k: v for k, v in parts.items() if v is not None})
    broken |= _add_errors(reading, errors, values, "", broken)
    reading.settings = settings if settings is not None and not reading.problems else stand_in(parts, broken)


def _part(
    reading: SettingsReading, model: type[Frozen], values: dict[str, object], prefix: str, broken: set[str]
) -> Frozen | None:
    part, errors = build(model, columns_of(model), values)
    found = _add_errors(reading, errors, {prefix + k: v for k, v in values.items()}, prefix, broken)
    if found:
        broken |= found | {prefix.removesuffix(".")}
    return part


def _add_errors(
    reading: SettingsReading,
    errors: list[tuple[str, str, str]],
    values: dict[str, object],
    prefix: str,
    broken: set[str],
) -> set[str]:
    found = set()
    suggested = " ".join(problem.remedy for problem in reading.problems)
    for name, message, remedy in errors:
        key = prefix + name
        meant = key not in values and f"{key!r}?" in suggested
        if key not in broken and not meant:
            found.add(key)
            _report(reading, reading.entries.get(key, Entry(key, "", key)), message, remedy)
    return found


def stand_in(parts: Mapping[str, Any], broken: set[str]) -> Settings:
    """Return settings in place of broken ones, so wide that they make no sound row of a table look wrong."""
    wide: dict[str, Any] = {"name": "", "currency": ""}
    if broken & {"start_year", "horizon"} or not {"start_year", "horizon"} <= parts.keys():
        wide |= {"start_year": 1900, "horizon": 601}
    if "full_cost" in broken or not parts:
        wide["full_cost"] = 0.0
    if "normalise_weights" in broken or not parts:
        wide["normalise_weights"] = True
    if any(key.startswith("budget") for key in broken):
        wide["budget"] = Budget()
    return Settings.model_construct(None, **{key: v for key, v in parts.items() if v is not None} | wide)
