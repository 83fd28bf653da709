"""The gates that every asset passes before it is published; each reads the finished bytes.

A kind with laws of its own has them in its room, beside these.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np

from dxassets.backends.qr_reader import decode_qr
from dxassets.checks.contrast import least_contrast
from dxassets.checks.likeness import check_likeness
from dxassets.checks.pictures import Picture, decode_codes, document_codes
from dxassets.errors import GateError, Problem
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, Code, Facts, Findings, Rendered
from dxassets.notation import number, told
from dxassets.vietnamese import strange_characters

SIZE_TOLERANCE_MM = 0.1
LEAST_GAP = 0.06
"""Least ink-to-ink gap of neighbouring lines, in em."""
_CODE_PX_PER_MODULE = 5.0
_TYPE_PX = 22.0
_DRAWN_PX, _MOST_DRAWN_PX = 1000.0, 4000.0
_CHANNELS = {"rgb": 3, "rgba": 4}
_MORE_MARGIN = 6
"""Modules round a code's card that a second reading takes in."""


def check_asset(rendered: Rendered) -> Findings:
    """Hold a finished file against its facts; `GateError` names the first gate that shuts."""
    facts = rendered.facts
    check_weight(rendered)
    if facts.mode == "text":
        check_text(rendered)
        return Findings(0, 0)
    picture = open_asset(rendered)
    width, height = check_size(picture, facts)
    check_ink(facts)
    if rendered.drawing is not None:
        check_likeness(picture, rendered.drawing)
    decoded = check_codes(picture, facts)
    return Findings(width, height, least_contrast(picture, facts), decoded)


def open_asset(rendered: Rendered) -> Picture:
    """The finished file, to be read back; a vector is drawn large enough for its smallest module and type."""
    return Picture(rendered.data, rendered.media_type, _resolution(rendered.facts))


def check_text(rendered: Rendered) -> None:
    """A text is UTF-8 in normal form, without characters that nothing prints."""
    try:
        text = rendered.data.decode()
    except UnicodeDecodeError as error:
        raise _stop("không phải UTF-8", "is not UTF-8") from error
    strange = strange_characters(text.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    if strange or unicodedata.normalize("NFC", text) != text:
        raise _stop(
            "có ký tự không in được, hoặc chưa ở dạng NFC", "has unprintable characters, or is not NFC"
        )


def check_document_codes(rendered: Rendered) -> tuple[tuple[str, float], ...]:
    """The codes of a Word file, wherever they stand: exactly those that were asked for."""
    return _anywhere(rendered.facts, document_codes(rendered.data))


def _resolution(facts: Facts) -> float:
    """Px per unit at which a vector file is drawn: enough for its smallest module and type."""
    modules = [code.module for code in facts.codes if code.module]
    sizes = [area.size for area in facts.texts]
    needed = [_CODE_PX_PER_MODULE / (module * facts.scale) for module in modules]
    needed += [_TYPE_PX / (size * facts.scale) for size in sizes]
    longest = max(facts.width, facts.height)
    return min(max([_DRAWN_PX / longest, *needed]), _MOST_DRAWN_PX / longest)


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))


def check_weight(rendered: Rendered) -> None:
    """The file is not empty, and within its weight budget."""
    weight, limit = len(rendered.data), rendered.facts.max_bytes
    if weight == 0:
        raise _stop("tệp rỗng", "the file is empty")
    if limit is not None and weight > limit:
        raise _stop(
            f"nặng {weight} byte, quá giới hạn {limit} byte",
            f"weighs {weight} bytes, over the limit of {limit}",
        )


def check_size(picture: Picture, facts: Facts) -> tuple[float, float]:
    """The file opens, has the size that was asked for, and the right channels; returns the size."""
    if picture.media_type == MEDIA_TYPES["svg"]:
        try:
            ElementTree.fromstring(picture.data)  # noqa: S314  (our own bytes; well-formedness is the question)
        except ElementTree.ParseError as error:
            raise _stop(f"SVG viết sai: {error}", f"the SVG is not well formed: {error}") from error
    width, height = _opened(picture)
    if facts.pages is not None and picture.pages != facts.pages:
        raise _stop(
            f"có {picture.pages} trang, cần {facts.pages}", f"has {picture.pages} pages, not {facts.pages}"
        )
    tolerance = SIZE_TOLERANCE_MM if facts.unit == "mm" else 0.0
    if abs(width - facts.width) > tolerance or abs(height - facts.height) > tolerance:
        raise _stop(
            *told(
                f"kích thước {{}}×{{}} {facts.unit}, cần {{}}×{{}}",
                f"is {{}}×{{}} {facts.unit}, not {{}}×{{}}",
                *(width, height, facts.width, facts.height),
            )
        )
    wanted = _CHANNELS.get(facts.mode)
    if wanted is not None and picture.channels != wanted:
        raise _stop(
            f"có {picture.channels} kênh màu, cần {wanted}", f"has {picture.channels} channels, not {wanted}"
        )
    return width, height


def _opened(picture: Picture) -> tuple[float, float]:
    """The file's size; `GateError` when it can't be opened, or breaks off before its last pixel."""
    try:
        if picture.media_type != MEDIA_TYPES["svg"]:
            picture.pixels  # noqa: B018  (read to the end, and kept for the other gates)
        size = picture.size
    except ValueError as error:
        raise _stop("tệp không mở được", f"the file can't be opened: {error}") from error
    return size


def check_ink(facts: Facts) -> None:
    """All type and codes lie in the safe area, and none touches another."""
    boxes = [(area.text, area.box) for area in facts.texts if area.box.width > 0]
    boxes += [(code.payload, code.box) for code in facts.codes if code.box is not None]
    boxes += [("logo", facts.logo)] if facts.logo is not None else []
    if facts.safe is not None:
        tolerance = 0.002 * max(facts.safe.width, facts.safe.height)
        for name, box in boxes:
            if not facts.safe.contains(box, tolerance):
                raise _stop(f"“{name}” ra ngoài vùng an toàn", f"{name!r} leaves the safe area")
    if facts.hole is not None:
        return  # boxes round type on an arc say nothing about where its ink is
    edges = [(box.x, box.y, box.right, box.bottom) for _, box in boxes]  # each worked out once for all pairs
    for first, second in combinations(range(len(boxes)), 2):
        (left, top, right, bottom), (x, y, end, foot) = edges[first], edges[second]
        if left < end and x < right and top < foot and y < bottom:
            name, other = boxes[first][0], boxes[second][0]
            raise _stop(f"“{name}” chạm “{other}”", f"{name!r} touches {other!r}")
    check_gaps(facts)


def check_gaps(facts: Facts) -> None:
    """Stacked marks keep off the line above: neighbouring lines of one size leave `LEAST_GAP` between."""
    for above, below in pairwise(facts.texts):
        same = (above.size, above.weight, above.color) == (below.size, below.weight, below.color)
        across = above.box.x < below.box.right and below.box.x < above.box.right
        gap = below.box.y - above.box.bottom
        if same and across and 0 <= gap < LEAST_GAP * above.size - 1e-6:
            em = gap / above.size
            raise _stop(
                f"“{above.text}” và “{below.text}” cách nhau chỉ {number(em, 'vi', places=3)} em",
                f"{above.text!r} and {below.text!r} are only {number(em, 'en', places=3)} em apart",
            )


def check_codes(picture: Picture, facts: Facts) -> tuple[tuple[str, float], ...]:
    """Every code read back; `GateError` unless each says exactly what it should."""
    if any(code.box is None for code in facts.codes):
        return _anywhere(facts, decode_codes(picture.data, picture.media_type))
    return tuple((code.payload, check_code(picture, facts, code)) for code in facts.codes)


def check_code(picture: Picture, facts: Facts, code: Code) -> float:
    """One code, cut out of the finished picture: it must read as its payload. Returns a module's side."""
    box = code.box or Box(0, 0, 0, 0)
    module = code.module * facts.scale
    if code.module < facts.least_module - 1e-6:
        raise _stop(
            *told(
                f"ô vuông nhỏ nhất của mã QR chỉ {{}} {facts.unit}",
                f"a module of the QR code is only {{}} {facts.unit}",
                module,
                places=2,
            )
        )
    in_file = box.move(facts.offset, facts.offset).scale(facts.scale)
    found = _read_code(picture, in_file)
    if found != (code.payload,):  # a reader may stumble over where it was cut out: people never cut
        found = _read_code(picture, in_file.pad(_MORE_MARGIN * module))
    if found != (code.payload,):
        raise _stop(
            f"mã QR đọc lại được {list(found)}, cần “{code.payload}”",
            f"the QR code reads {list(found)}, not {code.payload!r}",
        )
    return module


def _read_code(picture: Picture, box: Box) -> tuple[str, ...]:
    """What the codes in a part of the picture say."""
    part = picture.part(box)[..., :3]
    return codes_of_pixels(part.tobytes(), part.shape)


@lru_cache(maxsize=2)
def codes_of_pixels(part: bytes, shape: tuple[int, ...]) -> tuple[str, ...]:
    """The same of bare pixels, and kept: all agencies share their code, and equal pixels say the same."""
    return decode_qr(np.frombuffer(part, dtype=np.uint8).reshape(shape))


def _anywhere(facts: Facts, found: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Codes of a document, wherever they stand: exactly those that were asked for."""
    wanted = sorted(code.payload for code in facts.codes)
    if sorted(found) != wanted:
        raise _stop(
            f"mã QR đọc lại được {sorted(found)}, cần {wanted}",
            f"the QR codes read {sorted(found)}, not {wanted}",
        )
    return tuple((code.payload, code.module * facts.scale) for code in facts.codes)
