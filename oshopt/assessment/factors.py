"""The catalogue of the compliance model (S0): factors in seven input groups, outputs in four, errors of the source."""

from __future__ import annotations

import json
import tomllib
from functools import cache, cached_property
from importlib.resources import files

from oshopt.model import Category
from oshopt.model.base import Frozen, FrozenMap, Id, Name, Text


class Factor(Frozen):
    """A factor or output."""

    id: Id
    text: Name


class InputGroup(Frozen):
    """An input group and its factors."""

    group: Category
    text: Name
    factor: tuple[Factor, ...]


class OutputGroup(Frozen):
    """An output group and its outputs."""

    group: Id
    text: Name
    factor: tuple[Factor, ...]


class SourceError(Frozen):
    """Something wrong in the source, and how it is read."""

    place: Text
    printed: Text
    read_as: Text


class Catalogue(Frozen):
    """The whole model."""

    source: Text
    input: tuple[InputGroup, ...]
    output: tuple[OutputGroup, ...]
    error: tuple[SourceError, ...]

    @cached_property
    def inputs(self) -> FrozenMap[str, Category]:
        """Input group of each factor."""
        return FrozenMap((factor.id, group.group) for group in self.input for factor in group.factor)

    @cached_property
    def outputs(self) -> FrozenMap[str, str]:
        """Output group of each output."""
        return FrozenMap((factor.id, group.group) for group in self.output for factor in group.factor)

    @cached_property
    def texts(self) -> FrozenMap[str, str]:
        """What each factor or output is."""
        return FrozenMap((factor.id, factor.text) for factor in self._all)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Factors, then outputs, in the source's order."""
        return tuple(factor.id for factor in self._all)

    @property
    def _all(self) -> tuple[Factor, ...]:
        inputs = [factor for group in self.input for factor in group.factor]
        return (*inputs, *(factor for group in self.output for factor in group.factor))


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that comes with the package."""
    text = files("oshopt.assessment").joinpath("factors.toml").read_text(encoding="utf-8")
    return Catalogue.model_validate_json(json.dumps(tomllib.loads(text)))
