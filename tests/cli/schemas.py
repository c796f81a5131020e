"""The JSON Schemas that ship with the package: `python -m tests.cli.schemas` makes them again from the types."""

from __future__ import annotations

import json
from pathlib import Path

from oshopt.cli.answer_types import TYPES, schema

FOLDER = Path(__file__).resolve().parents[2] / "oshopt" / "schemas"


def texts() -> dict[str, str]:
    """Return the text of each file by its name."""
    return {f"{name}.json": json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n" for name in TYPES}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
