"""Tables of indirect money by the size of direct money, shipped as data with their sources; none applies by itself."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from functools import cache
from importlib.resources import files

from oshopt.model.base import Result


class RatioTable(Result):
    """Indirect money for each unit of direct money, by the size of the direct money of one injury or case."""

    name: str
    """What people call it."""
    currencies: tuple[str, ...]
    """Ways to write the one currency that the sizes are in."""
    source: str
    """Where its figures come from."""
    from_: tuple[float, ...]
    """Direct money from which each ratio holds, rising from 0."""
    ratio: tuple[float, ...]
    """Ratio of each size."""

    def of(self, direct: float) -> float:
        """Return the ratio for the direct money of one injury or case."""
        return self.ratio[bisect_right(self.from_, direct) - 1]


@cache
def ratio_tables() -> dict[str, RatioTable]:
    """Return the shipped tables by the word that names them in `costs.indirect_table`."""
    text = files("oshopt.model").joinpath("indirect_ratios.toml").read_text(encoding="utf-8")
    return {
        word: RatioTable(
            name=table["name"],
            currencies=tuple(table["currencies"]),
            source=table["source"],
            from_=tuple(map(float, table["from"])),
            ratio=tuple(map(float, table["ratio"])),
        )
        for word, table in tomllib.loads(text).items()
    }
