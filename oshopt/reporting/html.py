"""Pages: HTML files that load nothing, made from templates and written whole or not at all."""

from __future__ import annotations

import os
import platform
import re
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oshopt.language import say, say_count, say_in, spoken
from oshopt.model import Plan
from oshopt.reporting.numbers import plain_name

if TYPE_CHECKING:
    from markupsafe import Markup

_PIECES = re.compile(r"(\S{28})(?=\S{8})")
"""Cuts a run of 36 or more characters without a space into shorter ones."""
_RUNNING = 90
"""Characters that the head of a printed page has room for."""


def write_whole(page: str, path: Path) -> None:
    """Write a page so that the file appears whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(page)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def from_template(name: str, context: dict[str, Any]) -> str:
    """Return a page made from a template of this package."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("oshopt.reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(breakable=breakable, css_string=css_string)
    environment.globals.update(say=say, say_count=say_count, say_in=say_in, spoken=spoken)
    return environment.get_template(name).render(context)


def breakable(text: str) -> Markup:
    """Return a text, escaped, in which a word too long for a column may break."""
    from markupsafe import Markup

    return Markup("<wbr>").join(piece for piece in _PIECES.split(text) if piece)


def css_string(text: str) -> Markup:
    """Return a text as a string of a style sheet: every character but plain letters and digits by its number."""
    from markupsafe import Markup

    name = plain_name(text)
    short = name if len(name) <= _RUNNING else f"{name[: _RUNNING - 1]}…"
    plain = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in short)
    return Markup(f'"{plain}"')  # noqa: S704


def versions_of(*libraries: str, plan: Plan | None = None) -> list[tuple[str, str]]:
    """Return what a page is made with: the package, Python, libraries, and the solver of a plan."""
    found = [("oshopt", version("oshopt")), ("Python", platform.python_version())]
    found += [(name, version(name)) for name in libraries]
    if plan is not None:
        found.append((say("solver"), plan.certificate.solver))
    return found
