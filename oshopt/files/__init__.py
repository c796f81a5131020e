"""Scenario folders and workbooks: in with every problem at its place, out with every value kept.

Three ways a value can stand in a file (CSV text, a workbook's typed cell, TOML) meet in one model. No engine is
imported here, and the spreadsheet libraries only while a workbook is read or written.
"""

from oshopt.files.load import add_strategies, load, locate
from oshopt.files.save import save_folder, save_table, save_workbook
from oshopt.files.shipped import copy_example, shipped_scenarios
from oshopt.files.starter import new_folder
from oshopt.files.template import new_workbook
from oshopt.files.writing import replacing

__all__ = [
    "add_strategies",
    "copy_example",
    "load",
    "locate",
    "new_folder",
    "new_workbook",
    "replacing",
    "save_folder",
    "save_table",
    "save_workbook",
    "shipped_scenarios",
]
