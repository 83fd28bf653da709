"""What this machine has for the work and what it lacks, each with what to do about it.

Nothing is made and nothing is fetched. Every check stands by itself and imports what it needs when it runs:
who asks, asks because something doesn't load.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from dxassets.errors import DxassetsError

Status = Literal["good", "note", "bad"]
"""`bad`: something can't be made. `note`: everything can, but more slowly, or less well, or all but what an
extra makes that is not installed."""
Words = tuple[str, str]
"""In Vietnamese and in English."""

LEAST_PYTHON, LAST_TRIED_PYTHON = (3, 11), (3, 14)
LEAST_LIBVIPS = (8, 17)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what was found, and what to do, where there is something to do."""

    id: str
    title: Words
    status: Status
    found: Words
    cure: Words | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was looked at."""

    checks: tuple[Check, ...]

    def of(self, status: Status) -> tuple[Check, ...]:
        """The checks that ended so."""
        return tuple(check for check in self.checks if check.status == status)

    @property
    def exit_code(self) -> int:
        """0, or 1 when this machine lacks something without which not everything can be made."""
        return 1 if self.of("bad") else 0


@dataclass(frozen=True, slots=True)
class Exam:
    """How a check ended."""

    status: Status
    found: Words
    cure: Words | None = None


def diagnose(out: str | Path = "output", *, folder: str | Path = ".") -> Diagnosis:
    """Look at this machine, for a build into `out` of a campaign in `folder` or of a bundled one."""
    checks: list[tuple[str, Words, Callable[[], Exam]]] = [
        ("python", ("Python", "Python"), _python),
        ("packages", ("Thư viện Python", "Python packages"), _packages),
        ("libvips", ("Vẽ ảnh (libvips)", "Pictures (libvips)"), _libvips),
        ("pages", ("Làm PDF (Pango)", "PDF (Pango)"), _pages),
        ("fonts", ("Phông chữ của dự án", "The project's typefaces"), partial(_fonts, Path(folder))),
        ("films", ("Làm phim MP4 (PyAV)", "MP4 films (PyAV)"), _films),
        ("faces", ("Tìm khuôn mặt trong ảnh", "Faces in photos"), _faces),
        ("processes", ("Làm song song", "Working in parallel"), _processes),
        ("temporary", ("Thư mục tạm", "Temporary folder"), _temporary),
        ("output", ("Thư mục đầu ra", "Output folder"), partial(_output, Path(out))),
        ("office", ("Word, LibreOffice", "Word, LibreOffice"), _office),
    ]
    return Diagnosis(tuple(_tried(*check) for check in checks))


def _tried(name: str, title: Words, look: Callable[[], Exam]) -> Check:
    """The check, which is bad when it can't even be made."""
    try:
        finding = look()
    except DxassetsError as error:
        vi, en = ("; ".join(problem.line(lang) for problem in error.problems) for lang in ("vi", "en"))
        finding = Exam("bad", (vi, en))
    except (ImportError, OSError, AttributeError) as error:
        said = str(error).partition("\n")[0]
        finding = Exam(
            "bad",
            (f"không nạp được ({said})", f"can't be loaded ({said})"),
            (
                "hãy cài lại dxassets; trong thư mục dự án: make clean demo",
                "install dxassets again; in the project's folder: make clean demo",
            ),
        )
    return Check(name, title, finding.status, finding.found, finding.cure)


def _same(text: str) -> Words:
    return text, text


def _python() -> Exam:
    found = _same(f"{platform.python_version()}, {sys.executable}")
    if sys.version_info[:2] < LEAST_PYTHON:
        return Exam("bad", found, ("cần Python 3.11 trở lên", "Python 3.11 or newer is needed"))
    if sys.version_info[:2] > LAST_TRIED_PYTHON:
        return Exam("note", found, ("mới thử đến Python 3.14", "tried up to Python 3.14 only"))
    return Exam("good", found)


def _packages() -> Exam:
    from dxassets.backends.system_libraries import NONE  # noqa: PLC0415  (see the module's first lines)
    from dxassets.planner.tools import PAGE_TOOLS, PHOTO_TOOLS, PICTURE_TOOLS, photo_tools, tools  # noqa: PLC0415

    versions = dict(photo_tools()) | dict(tools())
    listed = {*PICTURE_TOOLS, *PAGE_TOOLS, *PHOTO_TOOLS}
    missing = sorted(name for name in listed if versions[name] == NONE)
    if missing:
        names = " ".join(missing)
        install = f"pip install {names}"
        return Exam(
            "bad", (f"thiếu: {names}", f"missing: {names}"), (f"cài: {install}", f"install: {install}")
        )
    return Exam("good", (f"đủ {len(listed)} gói", f"all {len(listed)} of them"))


def _libvips() -> Exam:
    from dxassets.backends import rasterizer  # noqa: PLC0415  (see the module's first lines)
    from dxassets.backends.system_libraries import NONE, libvips_version  # noqa: PLC0415

    version = libvips_version()
    drawn = rasterizer.svg_to_pixels('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>')
    old = version == NONE or tuple(map(int, version.split(".")[:2])) < LEAST_LIBVIPS
    if old or drawn.shape[:2] != (1, 2):
        newer = "pip install --upgrade pyvips-binary"
        return Exam("bad", _same(version), (f"cần bản 8.17 trở lên: {newer}", f"8.17 or newer: {newer}"))
    return Exam("good", _same(version))


def _pages() -> Exam:
    from dxassets.backends.system_libraries import (  # noqa: PLC0415  (see the module's first lines)
        cure_of,
        library_versions,
        missing_libraries,
    )

    missing = missing_libraries()
    if not missing:
        return Exam("good", _same(", ".join(f"{name} {version}" for name, version in library_versions())))
    names = ", ".join(each.name for each in missing)
    cure = cure_of(tuple(each.packages for each in missing))
    if any(each.needed for each in missing):
        vi, en = "không làm được tệp PDF nào (tệp Word vẫn làm được)", "no PDF can be made (Word files can)"
        return Exam("bad", (f"thiếu {names}: {vi}", f"missing {names}: {en}"), cure)
    return Exam(
        "note",
        (f"thiếu {names}: tệp PDF vẫn làm được", f"missing {names}: PDFs can be made all the same"),
        cure,
    )


def _fonts(folder: Path) -> Exam:
    from dxassets.backends.shaper import Font  # noqa: PLC0415  (see the module's first lines)
    from dxassets.brand import parse_brand  # noqa: PLC0415
    from dxassets.resources import campaign_resources  # noqa: PLC0415

    resources = campaign_resources(folder)
    faces = parse_brand(resources.read("brand/brand.toml").data, "brand/brand.toml").typefaces
    files = [f"brand/{name}" for face in (faces.display, faces.text) for name in face.files.values()]
    missing = {name: Font(resources.read(name).data).missing(VIETNAMESE) for name in files}
    poor = [name for name in files if missing[name]]
    if poor:
        vi, en = "không đủ chữ tiếng Việt", "without all Vietnamese letters"
        names = ", ".join(poor)
        return Exam(
            "bad",
            (f"{names}: {vi}", f"{names}: {en}"),
            ("chọn phông khác trong brand/brand.toml", "name another typeface in brand/brand.toml"),
        )
    return Exam(
        "good",
        (
            f"{faces.display.family}, {faces.text.family}; không cần phông chữ nào của máy",
            f"{faces.display.family}, {faces.text.family}; none of the system's is needed",
        ),
    )


def _films() -> Exam:
    if find_spec("av") is None:
        from dxassets.backends.films_missing import films_cure  # noqa: PLC0415

        vi, en = films_cure()
        return Exam(
            "note",
            (
                "chưa cài: vòng lặp MP4 chưa làm được; mọi thứ khác, kể cả WebP và GIF động, vẫn làm được",
                "not installed: MP4 loops can't be made; all else can, animated WebP and GIF among it",
            ),
            (f"cần phim thì {vi}", f"for films: {en}"),
        )
    from dxassets.backends.video import encoder_version  # noqa: PLC0415  (see the module's first lines)

    return Exam("good", _same(encoder_version()))


def _faces() -> Exam:
    import numpy as np  # noqa: PLC0415  (see the module's first lines)

    from dxassets.backends.yunet.finding import find_faces  # noqa: PLC0415

    find_faces(np.zeros((32, 32, 3), dtype=np.uint8), least=0.5)
    return Exam("good", ("tìm được, không cần cài thêm gì", "can be found; nothing else is needed"))


def _processes() -> Exam:
    from dxassets.runners import why_alone  # noqa: PLC0415  (see the module's first lines)

    cores = os.cpu_count() or 1
    alone = why_alone()
    if alone is None:
        return Exam("good", (f"{cores} lõi", f"{cores} cores"))
    return Exam("note", (alone.vi, alone.en))


def _temporary() -> Exam:
    try:
        return Exam("good", _same(tempfile.gettempdir()))
    except FileNotFoundError:
        return Exam(
            "bad",
            ("không ghi được vào thư mục tạm nào, nên không làm được PDF", "none can be written, so no PDF"),
            ("đặt biến TMPDIR là một thư mục ghi được", "set TMPDIR to a folder that can be written"),
        )


def _output(out: Path) -> Exam:
    """Whether a folder can be made there, tried in the nearest one that is there already."""
    nearest = out.absolute()
    try:
        nearest = next(place for place in (nearest, *nearest.parents) if place.exists())
        with tempfile.TemporaryFile(dir=nearest):
            return Exam("good", _same(str(out.absolute())))
    except OSError as error:
        from dxassets.foreign import os_error  # noqa: PLC0415  (see the module's first lines)

        vi, en = os_error(error)
        return Exam(
            "bad",
            (f"không ghi được vào {nearest} ({vi})", f"{nearest} can't be written ({en})"),
            ("chọn thư mục khác bằng --out", "choose another folder with --out"),
        )


def _office() -> Exam:
    return Exam(
        "good",
        ("không cần: tệp Word và PDF được làm thẳng", "not needed: Word files and PDFs are written directly"),
    )


_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SMALL = "ăâđêôơư" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES
)
VIETNAMESE = _SMALL + _SMALL.upper()
"""The 134 letters that Vietnamese adds to the Latin alphabet's 52."""
