# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""Word files as other programs hand them on: LibreOffice's own DOCX and PDF, a printer's PDF, a reader's reprint."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import NameObject, NumberObject

from tests.letter_support import TINOS

_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{dir}</dir>'
    '<cachedir>{cache}</cachedir><match target="pattern"><test name="family"><string>Times New Roman</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>'
)


def converted(files: Mapping[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Word files (by their names without suffix) as LibreOffice writes them: “docx” or “pdf”; one run for all."""
    given, taken = folder / f"in-{kind}", folder / f"out-{kind}"
    for each in (given, taken):
        each.mkdir(parents=True, exist_ok=True)
    (folder / "fonts.conf").write_text(_FONTS.format(dir=TINOS, cache=folder / "cache"))
    for name, data in files.items():
        (given / f"{name}.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
         "--outdir", str(taken), *(str(given / f"{name}.docx") for name in files)],
        env={**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {name: (taken / f"{name}.{kind}").read_bytes() for name in files}


def printed(pdf: bytes) -> bytes:
    """The PDF as “Microsoft Print to PDF” names its faces: F1, F2 …, with nothing said of their cut."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    names: dict[str, str] = {}
    for item in list(writer._objects):
        holder: Any = item
        if not isinstance(holder, dict):
            continue
        for key in ("/BaseFont", "/FontName"):
            if key in holder:
                said = str(holder[key])
                names.setdefault(said, f"/CIDFont+F{len(names) + 1}")
                holder[NameObject(key)] = NameObject(names[said])
        if "/FontName" in holder:
            holder[NameObject("/Flags")] = NumberObject(32)
            holder[NameObject("/ItalicAngle")] = NumberObject(0)
            for key in ("/StemV", "/FontFamily", "/FontWeight"):
                holder.pop(key, None)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def reprinted(pdf: bytes, folder: Path) -> bytes:
    """The PDF as cairo writes it once more, as a viewer's “print to file” does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftocairo", "-pdf", str(folder / "a.pdf"), str(folder / "b.pdf")], check=True, timeout=60
    )
    return (folder / "b.pdf").read_bytes()
