"""Files of data that every verb writes alike: its tables as CSV, its figures as SVG, PNG and PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from oshopt.reporting import Picture, Table

Tables = Annotated[
    Path | None,
    typer.Option(
        "--tables",
        metavar="DIR",
        show_default=False,
        help="Write every table there as CSV: full digits, English heads, ids beside names.",
    ),
]
"""The option of every verb that prints tables."""
Figures = Annotated[
    Path | None,
    typer.Option("--figures", metavar="DIR", show_default=False, help="Write every figure there as SVG, PNG and PDF."),
]
"""The option of every verb that draws figures."""


def write_tables(make: Callable[[], Iterable[Table]], folder: Path) -> None:
    """Write tables as CSV, made in English whatever language is spoken, and say on standard error how many."""
    from oshopt.language import ENGLISH, speaking
    from oshopt.reporting import csv_files

    with speaking(ENGLISH):
        texts = csv_files(make())
    for name, text in texts.items():
        _write(folder / name, text.encode("utf-8-sig"))
    typer.echo(f"Written: {len(texts)} tables in {folder}", err=True)


def write_figures(pictures: Mapping[str, Picture], folder: Path) -> None:
    """Write figures in every format, and say on standard error how many."""
    from oshopt.reporting import FORMATS

    for name, picture in pictures.items():
        for kind in FORMATS:
            _write(folder / f"{name}.{kind}", picture.svg.as_file(kind, picture.title))
    typer.echo(f"Written: {len(pictures)} figures as {', '.join(FORMATS)} in {folder}", err=True)


def _write(path: Path, data: bytes) -> None:
    from oshopt.files import replacing

    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(data)
