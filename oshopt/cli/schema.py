"""`oshopt schema`: the JSON Schema of what a verb writes with `--json`, or of a scenario."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

import typer


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", show_default=False, help="A verb that has --json, or scenario; all names without one."
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of an answer.

    What a verb writes with --json, every field with its meaning; `scenario` is the schema of a scenario itself.
    """
    from oshopt.model import InputError, Problem, nearest

    folder = files("oshopt").joinpath("schemas")
    names = sorted(each.name.removesuffix(".json") for each in folder.iterdir() if each.name.endswith(".json"))
    if name is None:
        typer.echo("\n".join(names))
        return
    if name not in names:
        raise InputError(
            [Problem("options", "", "NAME", name, "there is no schema of this name", nearest(name, names))]
        )
    typer.echo(folder.joinpath(f"{name}.json").read_text(encoding="utf-8"), nl=False)
