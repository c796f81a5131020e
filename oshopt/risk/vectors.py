"""Width of vectors: compilers keep to half registers on processors whose clock once fell with full ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numba
from numba.core import types
from numba.extending import intrinsic

_WIDTH = '"prefer-vector-width"="512"'


def _plain() -> None:
    return None


def _ask(_: Any) -> Any:
    """Mark the function that is being compiled; wherever its code goes afterwards, its loops are vectorised already."""

    def generate(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        set.add(builder.function.attributes, _WIDTH)
        return context.get_dummy_value()

    return types.void(), generate


use_full_vectors = _plain if cast(Any, numba.config).DISABLE_JIT else cast(Callable[[], None], intrinsic(_ask))
"""Have the loops of the compiled function that calls this vectorised over whole registers where there are any."""
