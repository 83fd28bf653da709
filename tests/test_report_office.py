"""Forms filled in by LibreOffice: what is locked stays as it is, what it saves is read and summed."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from tests.report_support import UNIT, blank, read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
_LIST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:{kind} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{kind}.dtd">
<library:{kind} xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"
 {more}</library:{kind}>
"""
_LIBRARIES = _LIST.format(
    kind="libraries",
    more='><library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" '
    'xlink:type="simple" library:link="false"/>',
)
_MODULES = _LIST.format(
    kind="library",
    more='library:name="Standard" library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Module1"/>',
)
_BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Fill(source As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  sheet = book.Sheets.getByIndex(0)
  For at = 6 To 12
    sheet.getCellByPosition(4, at).setValue(at * 100)
    sheet.getCellByPosition(5, at).setValue(at * 150)
  Next
  sheet.getCellByPosition(4, 7).setString("1.234")
  sheet.getCellByPosition(6, 7).setString("số tạm tính")
  locked = sheet.getCellByPosition(2, 7).CellProtection.IsLocked And sheet.isProtected()
  If locked And Not sheet.getCellByPosition(4, 8).CellProtection.IsLocked Then
    sheet.getCellByPosition(6, 8).setString("đã khóa")
  End If
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName"
  saved(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(target, saved())
  book.close(True)
End Sub
</script:module>
"""


def filled_by_office(folder: Path) -> Path:
    """The blank form, filled in and saved by LibreOffice; skips where it has no Calc."""
    source, target = folder / "bieu.xlsx", folder / "tra-ve.xlsx"
    source.write_bytes(blank())
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    plain = subprocess.run(
        [*command, "--convert-to", "csv", "--outdir", str(folder), str(source)],
        capture_output=True, check=False, timeout=180,
    )  # fmt: skip
    if not (folder / "bieu.csv").exists():
        pytest.skip(f"LibreOffice has no Calc here: {plain.stderr.decode().strip()[-80:]}")
    basic = folder / "profile/user/basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)  # the first start has made a profile
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (basic / "Standard/script.xlb").write_text(_MODULES, encoding="utf-8")
    (basic / "Standard/Module1.xba").write_text(_BASIC, encoding="utf-8")
    macro = f'macro:///Standard.Module1.Fill("{source.as_uri()}","{target.as_uri()}")'
    subprocess.run([*command, macro], capture_output=True, check=True, timeout=180)
    return target


def test_what_libreoffice_fills_in_is_collected(tmp_path: Path) -> None:
    made = read(filled_by_office(tmp_path).read_bytes(), "tra-ve.xlsx")
    assert made.unit == UNIT
    assert made.figures["1.1"] == (600, 900)
    assert made.figures["1.2"] == (1234, 1050)
    assert made.figures["3.3"] == (Decimal(1200), Decimal(1800))
    assert made.said["1.2", "note"] == "số tạm tính"
    assert made.said["2.1", "note"] == "đã khóa"
