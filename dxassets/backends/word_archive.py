"""Opens a Word file that nobody vouches for: a zip of XML, with limits on what it may unfold to."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from dxassets.backends.written import UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_R = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 64 << 20
"""Of all parts that are read, unfolded; a letter has some hundred kB."""
_MOST_TIMES = 250
"""An entry of more than 1 MB that unfolds to this many times its size is no document."""
_MOST_PARTS = 4000


@dataclass
class WordArchive:
    """The parts of a Word file. Parts are read one by one, and only those that are asked for."""

    data: bytes
    _zip: zipfile.ZipFile = field(init=False)
    _left: int = field(init=False, default=_MOST_BYTES)

    def __post_init__(self) -> None:
        if self.data.startswith(_OLE):
            raise _of_ole(self.data)
        if self.data[:5] == b"%PDF-":
            raise UnreadableError("là tệp PDF, hãy đổi đuôi thành .pdf", "is a PDF; rename it to .pdf")
        if self.data[:5] == b"{\\rtf":
            raise UnreadableError(
                "là tệp RTF; hãy mở bằng Word và lưu thành .docx",
                "is RTF; open it in Word and save it as .docx",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(self.data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnreadableError("không phải tệp Word (.docx)", "is no Word file (.docx)") from error
        _check_entries(self._zip)
        if not self.has("word/document.xml"):
            raise UnreadableError(
                "là tệp zip nhưng không phải văn bản Word (.docx)", "is a zip, but no Word document (.docx)"
            )

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._zip.namelist()

    def part(self, name: str) -> Xml.Element | None:
        """The XML of a part, or None; `UnreadableError` when it is damaged, too large, or no plain XML."""
        if not self.has(name):
            return None
        data = self._read(name)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableError(
                f"{name} chứa khai báo DOCTYPE, không có trong tệp Word",
                f"{name} holds a DOCTYPE; Word writes none",
            )
        data = data.replace(_STRICT_W, W[1:-1].encode()).replace(_STRICT_R, R[1:-1].encode())
        try:
            return Xml.fromstring(data)  # noqa: S314  (without a DOCTYPE there is nothing to expand)
        except (Xml.ParseError, ValueError, RecursionError) as error:
            raise UnreadableError(f"tệp Word hỏng ở {name}", f"the Word file is damaged in {name}") from error

    def related(self, name: str) -> dict[str, str]:
        """The parts that `name` points to, by relation id."""
        folder, base = posixpath.split(name)
        relations = self.part(f"{folder}/_rels/{base}.rels")
        if relations is None:
            return {}
        return {
            item.get("Id", ""): posixpath.normpath(posixpath.join(folder, item.get("Target", ""))).lstrip("/")
            for item in relations.iter(f"{_RELATIONS}Relationship")
            if item.get("TargetMode") != "External"
        }

    def _read(self, name: str) -> bytes:
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
        ) as error:
            raise UnreadableError(f"tệp Word hỏng ở {name}", f"the Word file is damaged in {name}") from error
        self._left -= len(data)
        if self._left < 0:
            raise _bomb()
        return data


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS:
        raise _bomb()
    for entry in entries:
        if entry.flag_bits & 1:
            raise UnreadableError("tệp được đặt mật khẩu", "the file is encrypted")
        if entry.file_size > 1 << 20 and entry.file_size > _MOST_TIMES * max(1, entry.compress_size):
            raise _bomb()


def _bomb() -> UnreadableError:
    return UnreadableError(
        "tệp nén bung ra quá lớn (zip bomb), không mở",
        "unfolds to far too much (a zip bomb); it was not opened",
    )


def _of_ole(data: bytes) -> UnreadableError:
    """An old compound file: Word 97-2003, or an encrypted .docx in such a wrapper."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableError(
            "tệp Word được đặt mật khẩu; hãy bỏ mật khẩu rồi soi lại",
            "the Word file is encrypted; remove the password",
        )
    return UnreadableError(
        "là tệp Word 97–2003 (.doc) đổi đuôi; hãy mở bằng Word và lưu thành .docx",
        "is a Word 97-2003 file (.doc) under another name; open it in Word and save it as .docx",
    )
