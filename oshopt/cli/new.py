"""`oshopt new`: start a scenario of one's own, as a folder or a workbook, or from a shipped example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", show_default=False, help="Folder to make; it must not exist yet.")
    ] = None,
    example: Annotated[
        str | None,
        typer.Option("--example", metavar="NAME", show_default=False, help="Copy the shipped scenario of this name."),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook", metavar="FILE.xlsx", show_default=False, help="Make a workbook instead of a folder."
        ),
    ] = None,
) -> None:
    """Start a scenario of your own.

    Makes a commented folder, a copy of a shipped example, or a workbook to fill in.
    """
    from oshopt import files

    if (folder is None) == (workbook is None) or (workbook is not None and example is not None):
        raise typer.BadParameter("give a folder (with --example NAME if wanted), or --workbook FILE.xlsx.")
    if workbook is not None:
        files.new_workbook(workbook)
    elif folder is not None and example is not None:
        files.copy_example(example, folder)
    elif folder is not None:
        files.new_folder(folder)
    made = workbook or folder
    typer.echo(f"{made} is ready. Fill it in, then: oshopt check {made}")
