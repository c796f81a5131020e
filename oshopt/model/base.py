"""Ground of all types: frozen pydantic models, keyed maps in id order, and the shapes of ids and figures.

Nothing here knows a column of a table or computes anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

K = TypeVar("K", int, str)
V = TypeVar("V")


class FrozenMap(Mapping[K, V]):
    """A read-only mapping whose keys stand in sorted order, so that the order of input rows is forgotten."""

    __slots__ = ("_data",)

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()) -> None:
        data = dict(items)
        self._data: dict[K, V] = {key: data[key] for key in sorted(data)}

    def __getitem__(self, key: K) -> V:
        return self._data[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __hash__(self) -> int:
        return hash(tuple(self._data.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._data!r})"

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        return (FrozenMap, (self._data,))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        key, value = get_args(source)
        plain = handler.generate_schema(dict.__class_getitem__((key, value)))
        unwrapped = core_schema.no_info_before_validator_function(_unwrap, plain)
        return core_schema.no_info_after_validator_function(
            cls,
            unwrapped,
            serialization=core_schema.wrap_serializer_function_ser_schema(_serialize, schema=plain),
        )


def _unwrap(value: Any) -> Any:
    return dict(value) if isinstance(value, FrozenMap) else value


def _serialize(value: FrozenMap[Any, Any], inner: Callable[[dict[Any, Any]], Any]) -> Any:
    return inner(dict(value))


class Frozen(BaseModel):
    """A type of the scenario: immutable, no unknown keys, no coercion, no infinities."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )

    def update(self, **changes: Any) -> Self:
        """Return a copy with `changes` applied and everything checked again."""
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | changes)


class Result(BaseModel):
    """A type of an answer: immutable; infinite years are allowed and written as the string "inf"."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)


def _unbounded_to_json(value: float) -> float | str:
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


class Label(str):
    """What people call a thing, a plain text for every reader, which still knows the id that programs call it by."""

    __slots__ = ("id",)

    id: str

    def __new__(cls, text: str, id_: str) -> Self:
        """Return what people read, with the id of what it names."""
        label = super().__new__(cls, text)
        label.id = id_
        return label

    def __reduce__(self) -> tuple[type[Label], tuple[str, str]]:
        return Label, (str(self), self.id)


Id = Annotated[str, Field(pattern=r"^\w[\w.\-]*$", max_length=64)]
"""A name without spaces: letters of any script, digits, `_`, `-` and `.`."""

Name = Annotated[str, Field(max_length=300)]
Text = Annotated[str, Field(max_length=2000)]
Money = Annotated[float, Field(ge=0, le=1e18)]
Share = Annotated[float, Field(ge=0, le=1)]
NonNegative = Annotated[float, Field(ge=0, le=1e9)]
Year = Annotated[int, Field(ge=1900, le=2500)]
Unbounded = Annotated[float, PlainSerializer(_unbounded_to_json, when_used="json")]
"""A figure that may be infinite; ∞ is written "inf" in JSON."""
Years = Unbounded
"""A length of service in years."""
