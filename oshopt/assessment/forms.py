"""Scorecards from TOML files: the shipped one and others of the same form, each checked as a whole."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from oshopt.language import say
from oshopt.model import InputError, Problem, nearest
from oshopt.model.form import (
    AllItem,
    CountItem,
    EachItem,
    EnoughItem,
    Indicator,
    Item,
    JudgedItem,
    PartKind,
    ScorecardForm,
    ShareItem,
    YesItem,
    full_ref,
    moved_parts,
)

TABLE = "scorecard form"
"""Table that problems of a form name."""
LARGEST_FORM = 2_000_000
"""Bytes that a scorecard's file may have."""

_COUNTS = (PartKind.COUNT,)
_WORDS = {
    "missing": ("a needed key is missing", "Write it."),
    "extra_forbidden": ("there is no such key here", "Take it out, or correct its name."),
    "union_tag_invalid": ("there is no such rule", "Known: yes, all, share, count, each, enough, judged."),
    "union_tag_not_found": ("an item without its rule", 'Write rule = "…".'),
    "string_pattern_mismatch": ("this cannot be an id", "Use letters, digits, _ and - without spaces."),
    "enum": ("not a word that is known here", f"Known: {', '.join(PartKind)}."),
}


@cache
def standard_form() -> ScorecardForm:
    """Return the scorecard of 27 indicators that comes with the package (S1)."""
    return parse_form(standard_text(), "indicators.toml")


def told(form: ScorecardForm, text: str) -> str:
    """Return a text of a form: the shipped one is told in the language spoken, any other as it is written."""
    return say(text) if form is standard_form() else text


def standard_text() -> str:
    """Return the shipped scorecard's file, to start another one from."""
    return files("oshopt.assessment").joinpath("indicators.toml").read_text(encoding="utf-8")


def read_form(path: str | Path) -> ScorecardForm:
    """Return the scorecard that a TOML file describes; raise `InputError` with everything that is wrong with it."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST_FORM:
            raise _refusal(str(file), "", "the file is too large", f"Keep it below {LARGEST_FORM // 1_000_000} MB.")
        return parse_form(file.read_text(encoding="utf-8-sig"), str(file))
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refusal(str(file), "", f"it cannot be read: {reason}", "Name a scorecard's TOML file.") from None
    except UnicodeDecodeError:
        raise _refusal(str(file), "", "the text is not UTF-8", "Save the file as UTF-8.") from None


def parse_form(text: str, file: str) -> ScorecardForm:
    """Return the scorecard in a TOML text; `file` names it in problems."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refusal(file, "", f"this is not valid TOML ({error})", "Correct the line.") from None
    try:
        form = ScorecardForm.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        raise InputError(_of_pydantic(error, data, file)) from None
    problems = [
        Problem(TABLE, "", "", value, message, remedy, file, place)
        for place, value, message, remedy in form_problems(form)
    ]
    if problems:
        raise InputError(problems)
    return form


def form_toml(form: ScorecardForm) -> str:
    """Return a scorecard as TOML that `parse_form` reads back the same: a line for each scale and indicator."""
    data = form.model_dump(mode="json", exclude_none=True)
    lines = [f"{key} = {_toml(data[key])}" for key in ("name", "source")]
    for key in ("scale", "indicator"):
        lines += ["", f"{key} = [", *(f"  {_toml(row)}," for row in data[key]), "]"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _refusal(file: str, place: str, message: str, remedy: str) -> InputError:
    return InputError([Problem(TABLE, "", "", "", message, remedy, file, place)])


def _of_pydantic(error: ValidationError, data: dict[str, object], file: str) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_context=False):
        message, remedy = _WORDS.get(detail["type"], (detail["msg"][:1].lower() + detail["msg"][1:], "Correct it."))
        shown = detail["input"]
        value = "" if isinstance(shown, dict | list) else str(shown)[:80]
        yield Problem(TABLE, "", "", value, message, remedy, file, _where(detail["loc"], data))


def _where(loc: tuple[int | str, ...], data: object) -> str:
    """Return the place of an error with ids in place of positions: indicator 8, item 1, done."""
    parts: list[str] = []
    at: object = data
    for key in loc:
        if isinstance(key, int):
            at = at[key] if isinstance(at, list) and key < len(at) else None
            own = at.get("id") if isinstance(at, dict) else None
            parts[-1] += f" {own if isinstance(own, str) else key + 1}"
        elif isinstance(at, dict) and key in at:
            at = at[key]
            parts.append(key)
        elif not (isinstance(at, dict) and at.get("rule") == key):
            parts.append(key)
    return ", ".join(parts)


Found = tuple[str, str, str, str]
"""Place, value, message and remedy of one problem."""


def form_problems(form: ScorecardForm) -> Iterator[Found]:
    """Find what is wrong with a form across its rows: names used twice or not defined, scales that fall, circles."""
    yield from _twice("indicator", (indicator.id for indicator in form.indicator))
    yield from _twice("reading", (reading.id for i in form.indicator for reading in i.reading))
    yield from _twice("scale", (scale.id for scale in form.scale))
    for scale in form.scale:
        yield from _scale(scale.id, scale.edges)
    kinds = {f"{i.id}.{part.id}": part.kind for i in form.indicator for part in i.part}
    gates: set[str] = set()
    for indicator in form.indicator:
        place = f"indicator {indicator.id}"
        yield from _twice(f"{place}, part", (part.id for part in indicator.part))
        for label, items in _variants(indicator):
            names = [item.id or "" for item in items]
            yield from _twice(f"{place}{label}, item", names)
            for item in items:
                yield from _item(form, indicator, item, f"{place}{label}, item {item.id or 1}", kinds)
                if item.needs:
                    gates.add(full_ref(indicator, item.needs))
    yield from _uses(form, gates)


def _variants(indicator: Indicator) -> Iterator[tuple[str, tuple[Item, ...]]]:
    yield "", indicator.item
    for reading in indicator.reading:
        yield f", reading {reading.id}", reading.item


def _twice(what: str, names: Iterable[str]) -> Iterator[Found]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = "a second one of this id" if name else "several items, and one without an id"
            yield f"{what} {name}".strip(), name, message, "Give each an id of its own."
        seen.add(name)


def _scale(name: str, edges: tuple[tuple[float, int], ...]) -> Iterator[Found]:
    place = f"scale {name}, edges"
    if edges[-1][0] != 0:
        yield place, f"{edges[-1][0]:g}", "the last bracket does not begin at 0", "End the list with [0, points]."
    for (edge, points), (lower, fewer) in pairwise(edges):
        if lower >= edge:
            yield place, f"{lower:g}", "the edges do not fall", "List the highest bracket first."
        elif fewer > points:
            yield place, f"{fewer}", "more is worth less here", "Points must not rise as the edges fall."


def _refs(item: Item) -> Iterator[tuple[str, str, tuple[PartKind, ...]]]:
    """Return each part that an item uses: its key, its name and the kinds that will do."""
    if item.needs:
        yield "needs", item.needs, (PartKind.YES_NO,)
    if isinstance(item, YesItem):
        yield from (("parts", name, (PartKind.YES_NO,)) for name in item.parts)
    elif isinstance(item, AllItem | ShareItem):
        yield from (("done", item.done, _COUNTS), ("of", item.of, _COUNTS))
    elif isinstance(item, CountItem | EachItem):
        yield "count", item.count, (PartKind.COUNT,)
    elif isinstance(item, EnoughItem):
        yield "provided", item.provided, (PartKind.COUNT,)
        yield from (("people", name, (PartKind.COUNT,)) for name in item.people)
    elif isinstance(item, JudgedItem):
        yield "figure", item.figure, (PartKind.JUDGED,)
        if item.per:
            yield "per", item.per, (PartKind.COUNT,)


def _item(
    form: ScorecardForm, indicator: Indicator, item: Item, place: str, kinds: dict[str, PartKind]
) -> Iterator[Found]:
    for key, name, wanted in _refs(item):
        ref = full_ref(indicator, name)
        if ref not in kinds:
            yield f"{place}, {key}", name, "there is no such part", nearest(ref, kinds)
        elif kinds[ref] not in wanted:
            words = " or ".join(wanted)
            yield f"{place}, {key}", name, f"a part of kind {kinds[ref]}", f"Name a part of kind {words}."
    if isinstance(item, ShareItem | CountItem) and item.scale not in {scale.id for scale in form.scale}:
        known = [scale.id for scale in form.scale]
        yield f"{place}, scale", item.scale, "there is no such scale", nearest(item.scale, known)
    if isinstance(item, YesItem | AllItem) and item.no > item.yes:
        yield f"{place}, no", str(item.no), "no is worth more than yes", "Give no at most the points of yes."
    if isinstance(item, YesItem | AllItem) and item.without is not None and item.without > item.no:
        yield f"{place}, without", str(item.without), "nothing at all is worth more than no", "Give at most `no`."
    if item.without is not None and not item.needs:
        yield f"{place}, without", str(item.without), "points without `needs`", "Name the part in needs too."


def _uses(form: ScorecardForm, gates: set[str]) -> Iterator[Found]:
    """A part that measures move has one use; a part that others need stands on its own."""
    for indicator in form.indicator:
        for label, items in _variants(indicator):
            place = f"indicator {indicator.id}{label}"
            for item in items:
                own = set(moved_parts(indicator, item)) & gates
                if item.needs and own:
                    yield place, min(own), "an item that others need, and that needs another itself", "Take one out."
                if indicator.plannable and own:
                    yield place, min(own), "a part that measures move and that another item needs", "Split it in two."
            moved = [ref for item in items for ref in moved_parts(indicator, item)]
            if indicator.plannable:
                yield from _twice(f"{place}, moved part", moved)
                fixed = {
                    full_ref(indicator, name)
                    for item in items
                    for key, name, _ in _refs(item)
                    if key in ("of", "people", "per")
                }
                for ref in sorted(fixed & set(moved)):
                    yield place, ref, "a part that is both done and due", "Ask for them in two parts."
