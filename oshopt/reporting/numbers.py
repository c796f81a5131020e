"""How figures are written for people: thin spaces in thousands, sensible digits, a true minus sign.

Nothing here knows a plan; only numbers and names become text. A figure written alone keeps its exact value.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence

from oshopt.language import say, say_in, sayable
from oshopt.reporting.exact import Compound, Exact, Kind

THIN = "\u202f"
"""Narrow space that never breaks: between thousands and before a unit."""
MINUS = "−"
SPACE = "\u00a0"
"""Space that never breaks: between an amount and its currency."""
NOTHING = "–"
"""What an empty cell says."""

_BIDI_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_BIDI_MARKS = frozenset("\u200e\u200f\u061c")
_LARGE = ((1e12, sayable("{figure} trillion")), (1e9, sayable("{figure} billion")), (1e6, sayable("{figure} million")))
_CLOSE = 1e-6


def number(value: float, decimals: int) -> Exact:
    """Return a figure with that many decimals and thin spaces between thousands; ∞ for infinity."""
    return Exact(_digits(value, decimals), value, Kind.NUMBER, decimals)


def _digits(value: float, decimals: int) -> str:
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in text for digit in "123456789")
    whole, point, rest = text.partition(".")
    whole = whole.replace(",", say_in("between thousands", "\u202f"))
    return f"{MINUS if negative else ''}{whole}{say_in('decimal mark', '.') if point else ''}{rest}"


def figure(value: float, digits: int = 4) -> Exact:
    """Return a figure of any size with at most `digits` significant digits and no idle zeros."""
    if not math.isfinite(value) or value == 0:
        return number(value, 0)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    decimals = min(decimals, 12)
    idle = f"{abs(value):.{decimals}f}"
    return number(value, decimals - (len(idle) - len(idle.rstrip("0"))) if decimals else 0)


def money(amount: float) -> Exact:
    """Return an amount for a table: whole above 1000, finer below."""
    if abs(amount) >= 1000 or not math.isfinite(amount):
        return _of(Kind.MONEY, number(amount, 0))
    return _of(Kind.MONEY, figure(amount, 5 if abs(amount) >= 1 else 3))


def _of(kind: Kind, cell: Exact) -> Exact:
    return Exact(cell, cell.value, kind, cell.decimals)


def money_words(amount: float) -> str:
    """Return an amount for a sentence: `300 000`, `11.0 million`."""
    for unit, word in _LARGE:
        if math.isfinite(amount) and abs(amount) >= unit * 0.9995:
            scaled = amount / unit
            return say(word, figure=number(scaled, max(0, 2 - math.floor(math.log10(abs(scaled) * 1.0005)))))
    return money(amount) if abs(amount) >= 1000 else figure(amount, 3)


def years(value: float, decimals: int = 1) -> Exact:
    """Return years of service; whole above 1000, ∞ where never reached."""
    return _of(Kind.YEARS, number(value, decimals if abs(value) < 1000 else 0))


def signed(value: float, decimals: int = 1) -> Exact:
    """Return a difference with its sign."""
    return with_sign(years(value, decimals))


def with_sign(cell: Exact) -> Exact:
    """Return a figure written already as a difference: with a plus where it is above nothing."""
    positive = cell.value > 0 and any(digit in cell for digit in "123456789∞")
    return Exact(f"+{cell}" if positive else cell, cell.value, Kind.DIFFERENCE, cell.decimals)


def percent(share: float, decimals: int = 0) -> Exact:
    """Return a share as a percentage; what is not quite nothing or everything says so."""
    if decimals == 0 and 0 < share < 0.005:
        text = say("under 1\u202f%")
    elif decimals == 0 and 0.995 <= share < 1:
        text = say("over 99\u202f%")
    else:
        text = f"{number(share * 100, decimals)}{THIN}%"
    return Exact(text, share, Kind.SHARE, decimals)


def beside(main: str, **others: str) -> Compound:
    """Return a figure with another one in brackets for a table's cell, `123 (45 %)`; the other's name is its key."""
    text = say("{main} ({other})", main=main, other=", ".join(others.values()))
    return Compound(text, {"": main, **others})


def close(first: float, second: float) -> bool:
    """Tell whether two figures are the same for a reader: within a millionth."""
    return first == second or math.isclose(first, second, rel_tol=_CLOSE, abs_tol=1e-12)


def decimals_apart(values: Iterable[float], least: int = 1, most: int = 4) -> int:
    """Return how many decimals keep different values apart when they are written."""
    apart: list[float] = []
    for value in values:
        if math.isfinite(value) and not any(close(value, other) for other in apart):
            apart.append(value)
    for decimals in range(least, most):
        if len({number(value, decimals) for value in apart}) == len(apart):
            return decimals
    return most


def without_controls(text: str) -> str:
    """Return a text without characters that turn the direction of what stands around it."""
    return "".join(c for c in text if unicodedata.bidirectional(c) not in _BIDI_CONTROLS and c not in _BIDI_MARKS)


def plain_name(name: str) -> str:
    """Return a name that is safe inside a sentence: no direction controls, right-to-left text kept apart."""
    text = " ".join(without_controls(name).split())
    mixed = any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text)
    return f"\u2068{text}\u2069" if mixed else text


def quoted(name: str) -> str:
    """Return a name in quotation marks, for a sentence."""
    return say("“{name}”", name=plain_name(name))


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return say("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def span(years_: Sequence[int]) -> str:
    """Return a horizon as `2014` or `2026–2030`."""
    return str(years_[0]) if len(years_) == 1 else f"{years_[0]}–{years_[-1]}"
