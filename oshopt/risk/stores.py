"""Stores that go past the caches, for results larger than them: memory is written without being read first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from oshopt.risk.exposure import Floats

LINE = 8
"""Floats in a line of the cache."""

Store = Callable[[Floats, int, Floats, int, int], None]


def lead(target: Floats) -> int:
    """Return how many floats lie before the first full line of `target`."""
    return int(-(target.ctypes.data // target.itemsize) % LINE)


def _plain(target: Floats, at: int, source: Floats, start: int, lines: int) -> None:
    target[at : at + lines * LINE] = source[start : start + lines * LINE]


def _streamed(_: Any, target: Any, _at: Any, source: Any, _start: Any, _lines: Any) -> Any:
    """Write the copy with stores marked as not to be read again; a lock's release orders them for other threads."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> None:
        data = [context.make_array(signature.args[k])(context, builder, arguments[k]).data for k in (0, 2)]
        line = ir.VectorType(ir.DoubleType(), LINE).as_pointer()
        into, out_of = (
            builder.bitcast(builder.gep(pointer, [offset]), line)
            for pointer, offset in zip(data, (arguments[1], arguments[3]), strict=True)
        )
        hint = builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)])
        with cgutils.for_range(builder, arguments[4]) as loop:
            value = builder.load(builder.gep(out_of, [loop.index]), align=8)
            builder.store(value, builder.gep(into, [loop.index]), align=64).set_metadata("nontemporal", hint)

    return types.void(target, types.intp, source, types.intp, types.intp), generate


store_lines = cast(Store, _plain if cast(Any, numba.config).DISABLE_JIT else intrinsic(_streamed))
"""Copy `lines` lines of floats from `source[start:]` to `target[at:]`, which begins a line; both are vectors."""
