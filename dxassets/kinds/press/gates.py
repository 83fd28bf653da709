"""A press kit's gates: the archive is read back, and all that its page names lies in it, whole."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from dxassets.backends.zipped import unzipped
from dxassets.checks import check_text, check_weight, read_back
from dxassets.errors import GateError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import MEDIA_TYPES, Facts, Findings, Rendered
from dxassets.kinds.paper import words_of_paper
from dxassets.kinds.press.render import INDEX, MOST_KIT, PLAIN_TEXT, WORD_TEXT, all_sections
from dxassets.kinds.press.spec import PressSpec

LONGEST_NAME = 120
"""Letters of a path in the kit: Windows takes 260 with the folder into which it is unpacked."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*[a-z0-9_]")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_TEXT_FACTS = Facts(0, 0, "px", "text")


def check_press(spec: PressSpec, rendered: Rendered) -> Findings:
    """Hold a finished kit against its spec; `GateError` for what is wrong."""
    check_weight(rendered)
    files = files_in(rendered.data)
    for name in files:
        check_name(name)
    page = _PageReader(_read(files, INDEX).decode())
    missing = sorted(page.named - set(files))
    if missing:
        raise _stop(f"thiếu tệp {missing[0]}", f"lacks {missing[0]}")
    unnamed = sorted(set(files) - page.named - {INDEX})
    if unnamed:
        raise _stop(f"trang index.html không nhắc đến {unnamed[0]}", f"index.html does not name {unnamed[0]}")
    for name, data in files.items():
        _check_file(name, data)
    _check_words(spec, files, page.words)
    return Findings(0, 0)


def files_in(data: bytes) -> dict[str, bytes]:
    """The files of a kit; `GateError` where the archive is damaged."""
    try:
        return unzipped(data, 4 * MOST_KIT)
    except ValueError as error:
        raise _stop("tệp ZIP không đọc lại được", f"can't be read back: {error}") from error


def check_name(name: str) -> None:
    """`GateError` for a path that some system does not take."""
    parts = name.split("/")
    stems = [part.partition(".")[0] for part in parts]
    sound = all(_NAME.fullmatch(part) for part in parts) and all(file_part(stem) == stem for stem in stems)
    if not sound or len(name) > LONGEST_NAME:
        raise _stop(
            f"tên “{name}” không dùng được trên mọi máy", f"the name {name!r} is not one for every system"
        )


def _check_file(name: str, data: bytes) -> None:
    """Each file opens as what its name says."""
    suffix = name.rpartition(".")[2]
    if suffix in {"txt", "html"}:
        check_text(Rendered(data, "text/plain", _TEXT_FACTS))
        return
    try:
        read_back(data, MEDIA_TYPES[suffix])
    except ValueError as error:
        raise _stop(f"{name} không mở được", f"{name} can't be opened: {error}") from error


def _check_words(spec: PressSpec, files: dict[str, bytes], page: str) -> None:
    """Every paragraph stands in both texts and on the page, every caption on the page."""
    said = {
        WORD_TEXT: words_of_paper(_read(files, WORD_TEXT)),
        PLAIN_TEXT: _read(files, PLAIN_TEXT).decode(),
    }
    paragraphs = [text for section in all_sections(spec) for text in section.paragraphs]
    wanted = [(name, text) for name in said for text in paragraphs]
    wanted += [(INDEX, text) for section in spec.sections for text in section.paragraphs]
    wanted += [
        (INDEX, text) for each in spec.contacts for text in (each.name, each.phone, each.email) if text
    ]
    wanted += [(INDEX, each.caption) for each in spec.pictures]
    for name, text in wanted:
        if _plain(text) not in _plain(said.get(name, page)):
            raise _stop(f"{name} thiếu “{text}”", f"{name} lacks {text!r}")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _read(files: dict[str, bytes], name: str) -> bytes:
    if name not in files:
        raise _stop(f"thiếu tệp {name}", f"lacks {name}")
    return files[name]


class _PageReader(HTMLParser):
    """The files that a page names, and its words; `GateError` for what it fetches from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.named: set[str] = set()
        self._words: list[str] = []
        self.feed(text)

    @property
    def words(self) -> str:
        """All that can be read on it."""
        return "".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "iframe", "object", "form", "base"}:
            raise _stop(f"index.html có <{tag}>", f"index.html has <{tag}>")
        for name, value in attrs:
            if name == "src" and _OUTSIDE.match(value or ""):
                raise _stop(f"index.html lấy {value} từ nơi khác", f"index.html fetches {value}")
            if name in {"src", "href"} and value and not _OUTSIDE.match(value) and not value.startswith("#"):
                self.named.add(unquote(value))

    def handle_data(self, data: str) -> None:
        self._words.append(data)


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))
