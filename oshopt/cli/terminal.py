"""What every verb shares: a scenario loaded, JSON out, consoles, and the one place where mistakes are told."""

from __future__ import annotations

import functools
import json
import math
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from oshopt.model import NoPlanError, Scenario

NO_ANSWER = 1
"""Exit status where a solver gave no answer that stands recomputation."""
BAD_INPUT = 2
"""Exit status where the input cannot be used."""
NO_PLAN = 3
"""Exit status where no plan satisfies every limit."""
INTERRUPTED = 130
"""Exit status after Ctrl-C."""

ScenarioPath = Annotated[
    Path,
    typer.Argument(metavar="PATH", show_default=False, help="Scenario: a folder, its scenario.toml, or a workbook."),
]
"""The argument that every verb on a scenario takes."""
JsonTarget = Annotated[
    str | None,
    typer.Option(
        "--json", metavar="FILE|-", show_default=False, help="Write the answer as JSON; - is standard output."
    ),
]
"""The option of programs."""


def _speak(context: typer.Context, code: str) -> str:
    """Tell every result of the verb in a language."""
    from oshopt.language import languages, speaking
    from oshopt.model.problems import InputError, Problem

    try:
        context.with_resource(speaking(code))
    except LookupError:
        remedy = f"Choose one of {', '.join(languages())}."
        problem = Problem("options", "", "--lang", code, "there is no such language", remedy)
        raise typer.Exit(tell(InputError([problem])) or BAD_INPUT) from None
    return code


Language = Annotated[
    str, typer.Option("--lang", metavar="CODE", callback=_speak, help="Language of the answer: en or uk.")
]
"""The option of every verb that tells results to people."""


def language_option() -> list[str]:
    """Return what a command needs to tell its results in the language spoken."""
    from oshopt.language import ENGLISH, spoken

    return [] if spoken() == ENGLISH else ["--lang", spoken()]


P = ParamSpec("P")
R = TypeVar("R")


def guarded(verb: Callable[P, R]) -> Callable[P, R]:
    """Return the verb with a user's mistakes told on standard error and turned into an exit status."""

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except KeyboardInterrupt:
            typer.echo("oshopt: interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            raise
        except Exception as error:
            status = tell(error)
            if status is None:
                raise
            raise typer.Exit(status) from None

    return run


def tell(error: Exception) -> int | None:
    """Print a user's mistake on standard error and return its exit status; None for what is no user's mistake."""
    from oshopt.model.problems import InputError, NoPlanError, SolverError

    if isinstance(error, InputError):
        count = len(error.problems)
        lines = [f"oshopt: {count} problem{'s' if count != 1 else ''} in the input", *map(str, error.problems)]
        status = BAD_INPUT
    elif isinstance(error, NoPlanError):
        lines = ["oshopt: no plan can satisfy every limit", *_shortfalls(error)]
        status = NO_PLAN
    elif isinstance(error, SolverError):
        lines = [f"oshopt: {error}", "Try the other solver with --solver highs or --solver cbc."]
        status = NO_ANSWER
    elif isinstance(error, OSError):
        what = f"{error.filename}: " if error.filename else ""
        lines = [f"oshopt: {what}{error.strerror or error}"]
        status = BAD_INPUT
    else:
        return None
    typer.echo("\n  ".join(map(legible, lines)), err=True)
    return status


def legible(text: str) -> str:
    """Return one line of text in which nothing can steer the terminal."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


_SHORT = {
    "check": "By arithmetic alone:",
    "set": "The smallest set of limits to loosen, all of it together:",
    "money": "With money alone:",
    "best": "The best that can be reached:",
}


def _shortfalls(error: NoPlanError) -> Iterator[str]:
    """Yield what is to be told of why there is no plan: each kind of reason under its own heading."""
    for kind, heading in _SHORT.items():
        texts = [shortfall.text for shortfall in error.shortfalls if shortfall.kind == kind]
        if texts:
            yield heading
            yield from (f"- {text}" for text in texts)


def open_scenario(path: Path) -> Scenario:
    """Return the scenario at `path`; raise `InputError` with every problem in it."""
    from oshopt.files import load

    return load(path)


@contextmanager
def placed(path: Path) -> Iterator[None]:
    """Give the problems that an engine finds in the scenario at `path` their file and cell."""
    from oshopt.files import locate
    from oshopt.model import InputError

    try:
        yield
    except InputError as error:
        raise InputError(locate(error.problems, path)) from None


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Give a callable that says whether Ctrl-C was pressed; a second Ctrl-C interrupts as ever.

    Outside the main thread, where no signal can be caught, it never does.
    """
    asked = False

    def remember(_: int, __: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        typer.echo("oshopt: stopping with the best plan so far; Ctrl-C again to give up", err=True)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, remember)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def write_json(answer: object, target: str) -> None:
    """Write an answer as JSON to a file, or to standard output where `target` is "-".

    A pydantic model or plain data; ∞ becomes "inf", and a NaN is an error of the program, never written. The file
    appears whole or not at all.
    """
    from oshopt.files import replacing

    plain = answer.model_dump(mode="json") if hasattr(answer, "model_dump") else answer
    text = json.dumps(_finite(plain), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    if target == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    with replacing(Path(target)) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _finite(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def console() -> Console:
    """Return a rich console on standard output."""
    from rich.console import Console

    return Console(highlight=False)


def error_console() -> Console:
    """Return a rich console on standard error, for progress."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)
