"""Judges of finished files that know nothing of us: veraPDF for PDFs, two of OOXML for office files."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import docx_integrity
import pytest
from openxml_audit import FileFormat, OpenXmlValidator, ValidationSeverity

PROFILES = {"pdf/a-2a": "PDFA-2A", "pdf/a-3a": "PDFA-3A", "pdf/ua-1": "PDFUA-1"}
"""veraPDF's name of what each variant claims to be."""
_DRIVER = Path(__file__).parent / "verapdf.py"
_FEWEST_CHECKS = 1_000  # of a page with text; fewer would mean that nothing was looked at


@cache
def java_runs() -> bool:
    """Whether there is a Java that runs; macOS has a program of that name that only tells how to get one."""
    try:
        done = subprocess.run(["java", "-version"], capture_output=True, check=False, timeout=60)
    except OSError:
        return False
    return done.returncode == 0


def broken_by(profile: str, folder: Path, pdfs: dict[str, bytes]) -> dict[str, list[str]]:
    """What veraPDF finds in each of `pdfs` by that profile; the test is skipped where no Java is."""
    if not java_runs():
        pytest.skip("needs Java: tools/system-libs test names the package (Debian: default-jre-headless)")
    folder.mkdir(parents=True, exist_ok=True)
    paths = {str(folder / f"{at}.pdf"): name for at, name in enumerate(pdfs)}
    for path, name in paths.items():
        Path(path).write_bytes(pdfs[name])
    done = subprocess.run(
        [sys.executable, str(_DRIVER), profile, *paths],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout)
    assert {path for path in told if told[path]["checks"] < _FEWEST_CHECKS} == set()
    return {paths[path]: found["broken"] for path, found in told.items()}


def faults_of_office_file(path: Path) -> list[str]:
    """What a Word file or workbook breaks: the schemas, and what it refers to."""
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=50).validate(str(path))
    found = [
        f"{error.part_uri}: {error.description}"
        for error in result.errors
        # openpyxl writes what a font is made of in an order of its own, in every workbook that it has ever
        # written, and text within its cell, which is only advised against
        if error.part_uri != "/xl/styles.xml" and error.severity is not ValidationSeverity.WARNING
    ]
    if path.suffix == ".docx":
        found += [str(finding) for finding in docx_integrity.check(str(path))]
    return found
