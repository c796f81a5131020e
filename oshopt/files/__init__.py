"""Scenario folders and workbooks: in with every problem at its place, out with every value kept.

Three ways a value can stand in a file (CSV text, a workbook's typed cell, TOML) meet in one model. No engine is
imported here, and the spreadsheet libraries only while a workbook is read or written.
"""

from oshopt.files.answer_sheets import is_answer_sheet, load_answers, new_answer_sheet
from oshopt.files.answers import Collected, collect
from oshopt.files.change import change_cells, replace_tables
from oshopt.files.journal import journal_path, load_journal, save_journal
from oshopt.files.load import add_strategies, load, locate
from oshopt.files.questionnaires import write_questionnaires
from oshopt.files.recast import recast_folder, recast_workbook
from oshopt.files.save import save_folder, save_table, save_workbook
from oshopt.files.shipped import copy_example, shipped_scenario, shipped_scenarios
from oshopt.files.starter import new_folder
from oshopt.files.template import new_workbook
from oshopt.files.writing import replacing

__all__ = [
    "Collected",
    "add_strategies",
    "change_cells",
    "collect",
    "copy_example",
    "is_answer_sheet",
    "journal_path",
    "load",
    "load_answers",
    "load_journal",
    "locate",
    "new_answer_sheet",
    "new_folder",
    "new_workbook",
    "recast_folder",
    "recast_workbook",
    "replace_tables",
    "replacing",
    "save_folder",
    "save_journal",
    "save_table",
    "save_workbook",
    "shipped_scenario",
    "shipped_scenarios",
    "write_questionnaires",
]
