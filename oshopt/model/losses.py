"""Losses beside cases and injuries: fines, stoppages and whatever else safety makes rarer."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from oshopt.model.base import Frozen, Id, Money, Name, Text


class LossKind(StrEnum):
    """What sort of loss it is."""

    FINE = "fine"
    """A fine or another sanction."""
    STOPPAGE = "stoppage"
    """Work that stands still."""
    OTHER = "other"
    """Anything else."""


class Loss(Frozen):
    """A loss that happens so many times a year as things stand, and what makes it rarer: a row of `losses`."""

    id: Id
    """Name used by results."""
    name: Name = ""
    """What people call it; the id where empty."""
    kind: LossKind
    """Sort of loss."""
    rate: Annotated[float, Field(ge=0, le=1_000_000)]
    """Expected number a year as things stand today."""
    money: Money | None = None
    """Money each; `costs.per_fine` for a fine where empty."""
    measure: Id | None = None
    """Measure that ends it: the number falls evenly from today's to 0 as the share in force rises to all of it."""
    group: Id | None = None
    """Group whose effect ε makes it rarer: the number is `rate` times 1 − ε."""
    source: Text = ""
    """Where the row's figures come from."""

    @property
    def label(self) -> str:
        """Name to show to people."""
        return self.name or self.id
