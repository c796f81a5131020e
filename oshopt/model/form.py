"""A scorecard as data: what it asks, what earns points, and the readings where its source leaves something open.

Types only; forms are read from files and checked as a whole in `oshopt.assessment`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from oshopt.model.base import Frozen, Name, Text

FormId = Annotated[str, Field(pattern=r"^\w[\w\-]*$", max_length=40)]
"""Name of an indicator, part, item, scale or reading: an id without points."""
Ref = Annotated[str, Field(pattern=r"^\w[\w\-]*(\.\w[\w\-]*)?$", max_length=81)]
"""A part of the same indicator, or of another one as `indicator.part`."""
Points = Annotated[int, Field(ge=-1000, le=1000)]
Edge = Annotated[float, Field(ge=0, le=1e6)]


class PartKind(StrEnum):
    """What answers a part."""

    YES_NO = "yes_no"
    """Yes or no."""
    COUNT = "count"
    """A whole number of people or things, 0 and above."""
    AMOUNT = "amount"
    """Any number, 0 and above."""
    JUDGED = "judged"
    """A judge's figure, with its reason in the answer's note."""


class Part(Frozen):
    """One thing that is asked."""

    id: FormId
    """Name within the indicator."""
    text: Name
    """What is asked."""
    unit: Name = ""
    """Unit of the answer."""
    kind: PartKind
    """What answers it."""


class Scale(Frozen):
    """Points by brackets of a per cent or a count."""

    id: FormId
    """Name used by items."""
    text: Name = ""
    """What is counted."""
    whole: bool = False
    """Whether the exact per cent is first rounded to the nearest whole one, halves up."""
    edges: Annotated[tuple[tuple[Edge, Points], ...], Field(min_length=1)]
    """(from this figure on, points), highest first, the last from 0 on; more is never worth less."""


class _Item(Frozen):
    id: FormId | None = None
    """Name within the indicator; needed where it has several items."""
    needs: Ref | None = None
    """Yes-or-no part without which the item stands as `without` says."""
    without: Points | None = None
    """Points where `needs` is no; not applicable where empty."""


class YesItem(_Item):
    """`yes` points if every part is yes, `no` points otherwise."""

    rule: Literal["yes"]
    parts: Annotated[tuple[Ref, ...], Field(min_length=1)]
    yes: Points
    no: Points = 0


class AllItem(_Item):
    """`yes` points if all that is due is done, `no` points otherwise; nothing due: not applicable."""

    rule: Literal["all"]
    done: Ref
    of: Ref
    yes: Points
    no: Points = 0


class ShareItem(_Item):
    """Points by the exact per cent done of what is due; nothing due: not applicable."""

    rule: Literal["share"]
    done: Ref
    of: Ref
    scale: FormId


class CountItem(_Item):
    """Points by a count."""

    rule: Literal["count"]
    count: Ref
    scale: FormId


class EachItem(_Item):
    """Points for each, without an upper end."""

    rule: Literal["each"]
    count: Ref
    points: Annotated[int, Field(ge=1, le=1000)]


class EnoughItem(_Item):
    """Points if there is one for every so many people, numbers rounded up; surplus counts as met."""

    rule: Literal["enough"]
    provided: Ref
    people: Annotated[tuple[Ref, ...], Field(min_length=1)]
    per: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """People that one serves; one serves all where empty."""
    from_people: Annotated[int, Field(ge=1, le=100_000)] = 1
    """Not applicable below so many people."""
    points: Points


class JudgedItem(_Item):
    """A judge's figure as it is, from 0 up to `most`, or to `most` times the count `per`."""

    rule: Literal["judged"]
    figure: Ref
    most: Annotated[int, Field(ge=1, le=1000)]
    per: Ref | None = None


Item = Annotated[
    YesItem | AllItem | ShareItem | CountItem | EachItem | EnoughItem | JudgedItem, Field(discriminator="rule")
]
"""One thing that earns points."""


class Reading(Frozen):
    """Another way to read an indicator where its source leaves it open: items in place of its own."""

    id: FormId
    """Name by which the reading is chosen."""
    text: Text
    """What it means."""
    item: Annotated[tuple[Item, ...], Field(min_length=1)]
    """Items in place of the indicator's."""


class Indicator(Frozen):
    """What one line of a scorecard measures and how it earns points."""

    id: FormId
    """Name used by answers and effects."""
    number: Annotated[int, Field(ge=1, le=10_000)]
    """Number in the source."""
    text: Text
    """What is measured."""
    evidence: Text = ""
    """What is to be shown for it."""
    decided: Text = ""
    """What the source leaves open, and how it is read unless a reading is chosen."""
    plannable: bool = False
    """Whether money can buy it, so that measures may move it and a plan may aim at it."""
    part: Annotated[tuple[Part, ...], Field(min_length=1)]
    """What is asked."""
    item: Annotated[tuple[Item, ...], Field(min_length=1)]
    """What earns points."""
    reading: tuple[Reading, ...] = ()
    """Other readings."""


class ScorecardForm(Frozen):
    """A scorecard: its scales and indicators, in the source's order."""

    name: Annotated[str, Field(min_length=1, max_length=300)]
    """What it is called."""
    source: Text = ""
    """Where it comes from."""
    scale: tuple[Scale, ...] = ()
    """Scales."""
    indicator: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    """Indicators in order."""

    @cached_property
    def parts(self) -> Mapping[str, Part]:
        """Every part by its name in the whole form, `indicator.part`, in order."""
        return MappingProxyType({f"{row.id}.{part.id}": part for row in self.indicator for part in row.part})

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        """Indicators by id."""
        return MappingProxyType({row.id: row for row in self.indicator})

    def edges(self, scale: str) -> tuple[tuple[float, int], ...]:
        """Return (from, points) of a scale, highest first."""
        return next(known.edges for known in self.scale if known.id == scale)

    def rounds(self, scale: str) -> bool:
        """Tell whether a scale rounds per cents to whole ones."""
        return next(known.whole for known in self.scale if known.id == scale)

    def items(self, indicator: Indicator, readings: tuple[str, ...]) -> tuple[Item, ...]:
        """Return what earns an indicator's points under the chosen readings."""
        chosen = next((reading for reading in indicator.reading if reading.id in readings), None)
        return indicator.item if chosen is None else chosen.item


def full_ref(indicator: Indicator, name: str) -> str:
    """Return a part's name in the whole form, `indicator.part`."""
    return name if "." in name else f"{indicator.id}.{name}"


def moved_parts(indicator: Indicator, item: Item) -> tuple[str, ...]:
    """Return the parts of which more earns an item's points, by their names in the whole form: those measures move."""
    if isinstance(item, YesItem):
        names = item.parts
    elif isinstance(item, AllItem | ShareItem):
        names = (item.done,)
    elif isinstance(item, EnoughItem):
        names = (item.provided,)
    elif isinstance(item, CountItem | EachItem):
        names = (item.count,)
    else:
        names = ()
    return tuple(full_ref(indicator, name) for name in names)
