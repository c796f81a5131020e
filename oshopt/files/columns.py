"""What each column or key holds: derived from the model's fields, so that a field is described in one place only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from oshopt.model import TABLES
from oshopt.model.base import Frozen, Id


class Holds(StrEnum):
    """Sort of value in a column or key, in the words that people are shown."""

    TEXT = "text"
    ID = "an id"
    NUMBER = "a number"
    WHOLE = "a whole number"
    FIGURE = "a number, or yes or no"
    YES_NO = "yes or no"
    CHOICE = "one of a few words"
    IDS = "ids"
    YEARS = "years"


NUMERIC = frozenset({Holds.NUMBER, Holds.WHOLE})
"""Sorts whose cells are numbers."""
WITH_NUMBERS = NUMERIC | {Holds.FIGURE}
"""Sorts whose cells are numbers or may be."""

_BOOL_OR_FLOAT = bool | float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a key of the settings."""

    name: str
    holds: Holds
    choices: tuple[str, ...]
    """Words allowed, for `Holds.CHOICE`."""
    enum: type[Enum] | None
    """Type of the choices, where the model has one."""
    needed: bool
    default: object
    limits: str
    """What is allowed, in words: "a number from 0 to 1"."""
    meaning: str
    """The field's description."""


@cache
def columns_of(model: type[Frozen]) -> dict[str, Column]:
    """Return the columns of a row type (or keys of a section) by name, in the order of its fields."""
    return {name: _column(name, field) for name, field in model.model_fields.items() if not _holds_models(field)}


def _holds_models(field: FieldInfo) -> bool:
    inner = [field.annotation, *get_args(field.annotation)]
    return any(isinstance(part, type) and issubclass(part, Frozen) for part in inner)


def table_columns(table: str) -> dict[str, Column]:
    """Return the columns of a table by name, in order."""
    return columns_of(TABLES[table])


def _column(name: str, field: FieldInfo) -> Column:
    plain, metadata = _unwrap(field.annotation, list(field.metadata))
    holds, choices, enum = _sort(plain, metadata)
    return Column(
        name=name,
        holds=holds,
        choices=choices,
        enum=enum,
        needed=field.is_required(),
        default=None if field.is_required() else field.get_default(),
        limits=_limits(holds, choices, metadata),
        meaning=" ".join((field.description or "").split()),
    )


def _unwrap(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """Take `Annotated[…]` and `… | None` off a type and gather what they said."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            metadata = metadata + [m for f in found for m in (f.metadata if isinstance(f, FieldInfo) else [f])]
        elif origin in (Union, UnionType):
            parts = [part for part in get_args(annotation) if part is not NoneType]
            if parts[0] is bool and len(parts) > 1:
                return _BOOL_OR_FLOAT, metadata
            annotation = parts[0]
        else:
            return annotation, metadata


def _sort(plain: Any, metadata: list[Any]) -> tuple[Holds, tuple[str, ...], type[Enum] | None]:
    if get_origin(plain) is Literal:
        return Holds.CHOICE, get_args(plain), None
    if get_origin(plain) is tuple:
        return (Holds.IDS if get_args(plain)[0] == Id else Holds.YEARS), (), None
    if isinstance(plain, type) and issubclass(plain, Enum):
        return Holds.CHOICE, tuple(member.value for member in plain), plain
    if plain is str:
        return (Holds.ID if _bound(metadata, "pattern") else Holds.TEXT), (), None
    if plain == _BOOL_OR_FLOAT:
        return Holds.FIGURE, (), None
    return {bool: Holds.YES_NO, int: Holds.WHOLE, float: Holds.NUMBER}[plain], (), None


def _bound(metadata: list[Any], name: str) -> Any:
    return next((getattr(m, name) for m in metadata if getattr(m, name, None) is not None), None)


def _limits(holds: Holds, choices: tuple[str, ...], metadata: list[Any]) -> str:
    if holds is Holds.CHOICE:
        return "one of " + ", ".join(choices)
    if holds is Holds.TEXT:
        return f"at most {_bound(metadata, 'max_length')} characters"
    if holds not in NUMERIC:
        return {
            Holds.ID: "letters, digits, _, - and . without spaces, at most 64, the first a letter, digit or _",
            Holds.YES_NO: "yes or no",
            Holds.FIGURE: "a number, or yes or no, as the part asks",
            Holds.IDS: "ids separated by spaces",
            Holds.YEARS: "whole years from 1900 to 2500",
        }[holds]
    low, above, high = (_bound(metadata, name) for name in ("ge", "gt", "le"))
    least = f"above {above:g}" if above is not None else f"from {low:.15g}"
    joint = " and at most " if above is not None else " to "
    return f"{holds} {least}{joint}{high:.15g}"
