"""The command line, thin: each verb loads a scenario, calls one function of the package and prints what came back.

Nothing is computed here. Engines are imported inside the verbs, so that `oshopt --help` answers at once.
"""

from __future__ import annotations

import importlib
import sys

import typer

from oshopt.cli.terminal import guarded

VERBS = {
    "new": "oshopt.cli.new:new",
    "check": "oshopt.cli.check:check",
    "assess": "oshopt.cli.assess:assess",
    "plan": "oshopt.cli.plan:plan",
    "compare": "oshopt.cli.compare:compare",
    "frontier": "oshopt.cli.frontier:frontier",
    "simulate": "oshopt.cli.simulate:simulate",
    "report": "oshopt.cli.report:report",
    "survey": "oshopt.cli.survey:survey",
    "forecast": "oshopt.cli.forecast:forecast",
    "schema": "oshopt.cli.schema:schema",
}
"""Module and function of each verb, in the order of the help. A module here imports no engine at its top."""


def application() -> typer.Typer:
    """Return the application with every verb."""
    app = typer.Typer(
        name="oshopt",
        help="Plan money for occupational safety measures: what to fund, in which year, for how many years of safe "
        "service. Exit status: 0 done, 2 the input cannot be used, 3 no plan can satisfy every limit.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def together() -> None:
        pass

    for verb, target in VERBS.items():
        module, _, function = target.partition(":")
        app.command(verb)(guarded(getattr(importlib.import_module(module), function)))
    return app


def main() -> None:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    application()(prog_name="oshopt")
