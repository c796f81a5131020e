"""LibreOffice without a screen, for tests that open workbooks in a spreadsheet program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (soffice)")


def converted(files: list[Path], folder: Path, kind: str = "xlsx:Calc MS Excel 2007 XML") -> list[Path]:
    """Open workbooks, recalculate every formula and save them in another folder; one start for all of them.

    A profile of its own holds the setting to recalculate whatever a file says about itself.
    """
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">'
        "<value>0</value></prop></item></oor:items>\n"
    )
    out = folder / "converted"
    command = [str(SOFFICE), f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(out), *map(str, files)], check=True, capture_output=True, timeout=120)
    return [out / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
