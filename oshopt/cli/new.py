"""`oshopt new`: start a scenario of one's own, as a folder or a workbook, or from a shipped example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", show_default=False, help="Folder to make; it must not exist yet.")
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook", metavar="FILE.xlsx", show_default=False, help="Make a workbook instead of a folder."
        ),
    ] = None,
    example: Annotated[
        str | None,
        typer.Option("--example", metavar="NAME", show_default=False, help="Copy the shipped scenario of this name."),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PATH",
            show_default=False,
            help="Write this scenario anew: a folder as a workbook, or a workbook as a folder.",
        ),
    ] = None,
) -> None:
    """Start a scenario of your own.

    Makes a commented folder or a workbook to fill in, or either of them from a shipped example or from another
    scenario.
    """
    from oshopt import files

    if (folder is None) == (workbook is None) or (example is not None and source is not None):
        raise typer.BadParameter("give a folder or --workbook FILE.xlsx; and --example NAME or --from PATH if wanted.")
    if workbook is not None:
        origin = source if example is None else files.shipped_scenario(example)
        if origin is None:
            files.new_workbook(workbook)
        else:
            files.recast_workbook(origin, workbook)
    elif folder is not None:
        if source is not None:
            files.recast_folder(source, folder)
        elif example is not None:
            files.copy_example(example, folder)
        else:
            files.new_folder(folder)
    made = workbook or folder
    typer.echo(f"{made} is ready. Make it your own, then: oshopt check {made}")
