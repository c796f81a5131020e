"""The extra `excel`: the one place that knows it may be missing."""

from __future__ import annotations

import importlib

from oshopt.files.draft import problem_of_file
from oshopt.model import InputError

_MODULES = ("openpyxl", "xlsxwriter", "defusedxml")


def need_excel(path: str) -> None:
    """Raise `InputError` that says what to install where a workbook cannot be read or written safely."""
    try:
        for module in _MODULES:
            importlib.import_module(module)
    except ImportError:
        remedy = 'Install them with: pip install "oshopt[excel]", or use a folder of CSV files.'
        raise InputError([problem_of_file(path, "workbooks need libraries that are not installed", remedy)]) from None
