"""The language that results are told in: English as written in the code, others from one gettext catalogue each.

Every text for readers of results passes through here, wherever it is made; errors and help texts stay English. A
catalogue is a file `locale/CODE/LC_MESSAGES/oshopt.mo`, and a language is there as soon as its file is.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import as_file, files

ENGLISH = "en"
"""Language of the texts in the code."""
_DOMAIN = "oshopt"
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages, English first."""
    folders = (each.name for each in files("oshopt").joinpath("locale").iterdir() if each.is_dir())
    return (ENGLISH, *sorted(folders))


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """Return the translations of a language; raises `LookupError` for a language that is not there."""
    if code not in languages():
        raise LookupError(f"no catalogue of the language {code}")
    if code == ENGLISH:
        return gettext.NullTranslations()
    with as_file(files("oshopt").joinpath("locale")) as folder:
        return gettext.translation(_DOMAIN, folder, [code])


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Tell results in a language while the context is open; raises `LookupError` for one that is not there."""
    catalogue(code)
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the code of the language that results are told in."""
    return _spoken.get()


def say(text: str, /, **values: object) -> str:
    """Return a text in the language spoken, with `{name}` replaced by the value of that name."""
    return catalogue(spoken()).gettext(text).format(**values)


def say_count(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a text that belongs to a count, in the language spoken."""
    return catalogue(spoken()).ngettext(one, many, count).format(**values)


def say_in(context: str, text: str, /, **values: object) -> str:
    """Return a text that needs its context to be translated: one word that stands for several things."""
    return catalogue(spoken()).pgettext(context, text).format(**values)


def sayable(text: str, /) -> str:
    """Return a text unchanged; it stands in a table of texts and is told later by `say`."""
    return text


def numeral(written: str, /) -> str:
    """Return a figure that Python has written, as `-1,234.5`, in the form of the language spoken."""
    marks = {ord("-"): "−", ord(","): say_in("between thousands", "\u202f"), ord("."): say_in("decimal mark", ".")}
    return written.translate(marks)


def say_amount(value: float, /) -> str:
    """Return money in the form of the language spoken; cents only where there are any."""
    return numeral(f"{value:,.2f}".removesuffix(".00"))
