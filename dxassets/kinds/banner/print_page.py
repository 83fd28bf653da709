"""What stands round and over a print: crop marks for the cutter, and the proof's guides for the workshop.

All lengths are in the drawing's unit (mm of the finished work); what must have a
size on paper, such as a crop mark, is multiplied by the page's scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from dxassets.backends.press import Layer
from dxassets.backends.shaper import Shaper
from dxassets.geometry import CSS_PX_PER_INCH, MM_PER_INCH, Box
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.notation import plain
from dxassets.presets import Finishing, Preset
from dxassets.renderers.svg import clipped, document

THUMBNAIL_PX = 480
GUIDES_LAYER = "Hướng dẫn gia công (không in)"
_INK = "#1a1a1a"
_TRIM, _BLEED, _SAFE, _HEM, _EYELET = "#e6007e", "#e8590c", "#0b8a3c", "#0b4fd0", "#1a1a1a"
_SHORTEST_MARK, _LONGEST_MARK = 5.0, 20.0
_MARK_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Surround:
    """What a page holds beside the picture: white paper of that width round it, and a drawing over all."""

    slug: float = 0.0
    drawing: str = ""
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The print as the workshop sees it: its boxes, and how large the notes on it are set."""

    preset: Preset
    title: str
    shaper: Shaper
    text: float

    @property
    def trim(self) -> Box:
        return Box(0, 0, self.preset.width, self.preset.height)

    @property
    def finishing(self) -> Finishing:
        return self.preset.finishing or Finishing()


@dataclass(frozen=True, slots=True)
class PrintPage:
    """A finished page. `drawing` is all of it as one SVG, `preview` the same, small.

    A point u of the drawing lies at (u + `offset`) × `scale` mm on the page.
    """

    data: bytes
    drawing: str
    preview: str
    scale: float
    offset: float


def draw_page(spec: BannerSpec, body: str, *, title: str, shaper: Shaper) -> PrintPage:
    """The PDF page of a picture, true to size (or a tenth), with bleed and what is asked for round it."""
    from dxassets.backends.pages import svg_to_pdf  # noqa: PLC0415  (WeasyPrint is slow to load)

    preset, scale = spec.preset, mm_per_unit(spec.preset)
    surround = surround_of(spec, title, shaper=shaper)
    offset = preset.bleed + surround.slug
    view = Box(0, 0, preset.width, preset.height).pad(preset.bleed)
    sheet = view.pad(surround.slug)
    over = document(surround.drawing, sheet, sheet.width, sheet.height)
    data = svg_to_pdf(
        document(body, view, view.width, view.height),
        sheet.width * scale,
        sheet.height * scale,
        title=title,
        lang=spec.day.lang,
        bleed_mm=preset.bleed * scale,
        slug_mm=surround.slug * scale,
        layers=(Layer(over, surround.layer),) if surround.drawing else (),
    )
    whole = clipped(body, view) + surround.drawing if surround.drawing else body
    small = THUMBNAIL_PX / max(sheet.width, sheet.height)
    return PrintPage(
        data,
        document(whole, sheet, sheet.width, sheet.height),
        document(whole, sheet, round(sheet.width * small), round(sheet.height * small)),
        scale,
        offset,
    )


def mm_per_unit(preset: Preset) -> float:
    """How many mm of the page a unit of the drawing takes."""
    to_mm = 1.0 if preset.unit == "mm" else MM_PER_INCH / CSS_PX_PER_INCH
    return to_mm / preset.page_scale


def surround_of(spec: BannerSpec, title: str, *, shaper: Shaper) -> Surround:
    """The surround that the job asks for; nothing on a plain page."""
    longest = max(spec.preset.width, spec.preset.height)
    if spec.page == "marks":
        return _marked(_Sheet(spec.preset, title, shaper, 8.0 * spec.preset.page_scale))
    if spec.page == "proof":
        return _proof(_Sheet(spec.preset, title, shaper, 0.014 * longest))
    return Surround()


# --- crop marks ------------------------------------------------------------------------------------


def _marked(sheet: _Sheet) -> Surround:
    """Crop marks at the corners, and a line that says what the file is."""
    preset, unit = sheet.preset, sheet.preset.page_scale
    on_paper = 0.012 * max(preset.width, preset.height) / unit
    length = min(max(on_paper, _SHORTEST_MARK), _LONGEST_MARK) * unit
    gap = _MARK_GAP * unit
    slug = length + 2 * gap
    path = "".join(
        f"M{x0:g} {y0:g}L{x1:g} {y1:g}"
        for x0, y0, x1, y1 in crop_marks(sheet.trim, start=preset.bleed + gap, length=length)
    )
    marks = f'<path d="{path}" fill="none" stroke="#000000" stroke-width="{length / 50:g}"/>'
    size = min(sheet.text, 0.4 * length)
    line = f"{sheet.title} · {_told(preset)}"
    room = preset.width - 2 * gap
    width = _width(sheet, line, 600)
    size = min(size, room / width)
    baseline = preset.height + preset.bleed + gap + 0.5 * (length + size)
    return Surround(slug, marks + _text(sheet, line, 600, x=gap, baseline=baseline, size=size))


def crop_marks(trim: Box, *, start: float, length: float) -> tuple[tuple[float, float, float, float], ...]:
    """Two lines at each corner, in line with the edges of `trim`, from `start` outside it, `length` long."""
    marks: list[tuple[float, float, float, float]] = []
    near, far = start, start + length
    for x, outwards in ((trim.x, -1), (trim.right, 1)):
        for y, downwards in ((trim.y, -1), (trim.bottom, 1)):
            marks.append((x + outwards * near, y, x + outwards * far, y))
            marks.append((x, y + downwards * near, x, y + downwards * far))
    return tuple(marks)


def _told(preset: Preset) -> str:
    """Size, bleed, scale and colours in a few words."""
    scale = f" · tỉ lệ 1:{preset.page_scale}" if preset.page_scale != 1 else ""
    return f"khổ thành phẩm {preset.width} × {preset.height} mm · tràn {_mm(preset.bleed)}{scale} · sRGB"


def _mm(length: float) -> str:
    return f"{plain(length, 'vi')} mm"


# --- the proof -------------------------------------------------------------------------------------


def _proof(sheet: _Sheet) -> Surround:
    """Outlines, hems, eyelets and hidden strips over the picture; what they mean, below it."""
    preset, finishing = sheet.preset, sheet.finishing
    width = preset.width + 2 * preset.bleed
    line = max(0.09 * sheet.text, 0.0009 * max(preset.width, preset.height))
    eyelets = eyelet_centers(sheet.trim, inset=finishing.hem / 2, most=finishing.eyelets)
    drawing = "".join(
        (
            *(_strip(sheet, strip) for strip in hidden_strips(preset)),
            _outline(sheet.trim.pad(preset.bleed), _BLEED, line),
            _outline(preset.safe_box, _SAFE, line, dash=6),
            _outline(sheet.trim.pad(-finishing.hem), _HEM, line, dash=3) if finishing.hem else "",
            _outline(sheet.trim, _TRIM, 1.4 * line),
            *(_eyelet(x, y, _eyelet_radius(sheet), line) for x, y in eyelets),
        )
    )
    legend, height = _legend(sheet, _entries(sheet, len(eyelets)), line, room=width)
    slug = max(3.6 * sheet.text, height + sheet.text)
    return Surround(slug, drawing + legend + _dimensions(sheet, line) + _heading(sheet), GUIDES_LAYER)


def eyelet_centers(trim: Box, *, inset: float, most: float | None) -> tuple[tuple[float, float], ...]:
    """Eyelets at the corners and evenly between them, never more than `most` apart; none without `most`."""
    if most is None:
        return ()
    box = trim.pad(-inset)
    across, down = ceil(box.width / most - 1e-9), ceil(box.height / most - 1e-9)
    xs = [box.x + box.width * step / across for step in range(across + 1)]
    ys = [box.y + box.height * step / down for step in range(down + 1)]
    top_and_bottom = [(x, y) for y in (box.y, box.bottom) for x in xs]
    return (*top_and_bottom, *((x, y) for x in (box.x, box.right) for y in ys[1:-1]))


def hidden_strips(preset: Preset) -> tuple[Box, ...]:
    """What a standee's rail and stand cover, with the bleed beside it."""
    finishing = preset.finishing or Finishing()
    bleed = preset.bleed
    width = preset.width + 2 * bleed
    strips = (
        Box(-bleed, -bleed, width, bleed + finishing.hidden_top),
        Box(-bleed, preset.height - finishing.hidden_bottom, width, bleed + finishing.hidden_bottom),
    )
    hidden = (finishing.hidden_top, finishing.hidden_bottom)
    return tuple(strip for strip, taken in zip(strips, hidden, strict=True) if taken)


def hatching(box: Box, step: float) -> str:
    """Lines at 45° that end at the box's edges, as SVG path data."""
    lines: list[str] = []
    offset = step
    while offset < box.width + box.height:
        # the line x + y = offset, cut off at the box
        left, right = max(0.0, offset - box.height), min(offset, box.width)
        start, end = (box.x + left, box.y + offset - left), (box.x + right, box.y + offset - right)
        lines.append(f"M{start[0]:.2f} {start[1]:.2f}L{end[0]:.2f} {end[1]:.2f}")
        offset += step
    return "".join(lines)


def _strip(sheet: _Sheet, strip: Box) -> str:
    """A hatched strip, and what becomes of it where there is room to say so."""
    thick, text = 0.12 * sheet.text, sheet.text
    lines = hatching(strip, 1.1 * text)
    drawn = (
        f'<rect x="{strip.x:g}" y="{strip.y:g}" width="{strip.width:g}" height="{strip.height:g}" '
        f'fill="#ffffff" fill-opacity="0.55"/>'
        f'<path d="{lines}" fill="none" stroke="{_INK}" stroke-width="{thick:g}"/>'
    )
    if strip.height < 3 * text:
        return drawn
    words = f"{_mm(sheet.finishing.hidden_bottom)} dưới cùng nằm trong đế, không nhìn thấy"
    size = min(text, 0.8 * strip.width / _width(sheet, words, 700))
    width = _width(sheet, words, 700) * size
    x, baseline = strip.center_x - width / 2, strip.center_y + 0.35 * size
    plate = Box(x - 0.7 * size, baseline - 1.35 * size, width + 1.4 * size, 2 * size)
    return drawn + _plate(plate) + _text(sheet, words, 700, x=x, baseline=baseline, size=size)


def _plate(box: Box) -> str:
    return f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" fill="#ffffff"/>'


def _outline(box: Box, color: str, line: float, *, dash: float | None = None) -> str:
    """A rectangle that shows on any ground: its colour on a white line."""
    path = f"M{box.x:g} {box.y:g}H{box.right:g}V{box.bottom:g}H{box.x:g}z"
    dashes = "" if dash is None else f' stroke-dasharray="{dash * line:g} {0.6 * dash * line:g}"'
    return (
        f'<path d="{path}" fill="none" stroke="#ffffff" stroke-width="{2.2 * line:g}"/>'
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{line:g}"{dashes}/>'
    )


def _eyelet_radius(sheet: _Sheet) -> float:
    """Drawn as large as the hem allows, so that it is seen on a screen; its centre is what counts."""
    return min(0.3 * sheet.finishing.hem, 0.3 * sheet.text) if sheet.finishing.hem else 0.3 * sheet.text


def _eyelet(x: float, y: float, radius: float, line: float) -> str:
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="#ffffff" stroke="{_EYELET}" '
        f'stroke-width="{min(line, 0.4 * radius):g}"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="{0.3 * radius:g}" fill="{_EYELET}"/>'
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the legend: what it looks like on the picture, and what it means."""

    sign: str
    color: str
    words: str


def _entries(sheet: _Sheet, eyelets: int) -> list[_Entry]:
    preset, finishing = sheet.preset, sheet.finishing
    entries = [
        _Entry("line", _TRIM, f"Nét cắt: khổ thành phẩm {preset.width} × {preset.height} mm"),
        _Entry("line", _BLEED, f"Mép tràn: thêm {_mm(preset.bleed)} mỗi cạnh"),
        _Entry("dash", _SAFE, "Vùng an toàn: chữ và mã QR chỉ nằm trong đây"),
    ]
    if finishing.hem:
        entries.append(_Entry("dash", _HEM, f"Đường may viền: cách nét cắt {_mm(finishing.hem)}"))
    if eyelets and finishing.eyelets:
        apart = f"cách nhau không quá {_mm(finishing.eyelets)}"
        entries.append(_Entry("eyelet", _EYELET, f"Khuy: {eyelets} cái, {apart}"))
        entries.append(_Entry("eyelet", _EYELET, f"Tâm khuy: cách nét cắt {_mm(finishing.hem / 2)}"))
    hidden = ((finishing.hidden_top, "trên"), (finishing.hidden_bottom, "dưới"))
    told = ", ".join(f"{_mm(length)} {where}" for length, where in hidden if length)
    if told:
        entries.append(_Entry("hatch", _INK, f"Phần bị che, để trống: {told}"))
    return entries


def _legend(sheet: _Sheet, entries: list[_Entry], line: float, *, room: float) -> tuple[str, float]:
    """The entries below the picture, set in rows of `room`; also how far below the bleed they reach."""
    preset = sheet.preset
    widest = max(_width(sheet, entry.words, 600) for entry in entries) + 2.9
    text = min(sheet.text, room / widest)
    swatch, leading = 2.2 * text, 1.9 * text
    left = x = -preset.bleed
    baseline = preset.height + preset.bleed + 2.2 * text
    drawn: list[str] = []
    for entry in entries:
        needed = swatch + 0.7 * text + _width(sheet, entry.words, 600) * text
        if x > left and x + needed > left + room:
            x, baseline = left, baseline + leading
        drawn.append(_sign(entry, Box(x, baseline - 0.8 * text, swatch, 0.9 * text), line))
        drawn.append(_text(sheet, entry.words, 600, x=x + swatch + 0.7 * text, baseline=baseline, size=text))
        x += needed + 1.8 * text
    return "".join(drawn), baseline + 0.4 * text - preset.height - preset.bleed


def _sign(entry: _Entry, box: Box, line: float) -> str:
    """A piece of what the entry names."""
    if entry.sign == "eyelet":
        return _eyelet(box.center_x, box.center_y, 0.5 * box.height, line)
    if entry.sign == "hatch":
        lines = hatching(box, 0.5 * box.height)
        return f'<path d="{lines}" fill="none" stroke="{_INK}" stroke-width="{line:g}"/>'
    dashes = f' stroke-dasharray="{0.22 * box.width:g} {0.12 * box.width:g}"' if entry.sign == "dash" else ""
    return (
        f'<path d="M{box.x:g} {box.center_y:g}H{box.right:g}" fill="none" stroke="{entry.color}" '
        f'stroke-width="{2 * line:g}"{dashes}/>'
    )


def _dimensions(sheet: _Sheet, line: float) -> str:
    """Width above and height beside the picture, as a drawing office would."""
    preset, text = sheet.preset, sheet.text
    away = preset.bleed + 0.9 * text
    tick = 0.35 * text
    path = (
        f"M0 {-away:g}H{preset.width}M0 {-away - tick:g}V{-away + tick:g}"
        f"M{preset.width} {-away - tick:g}V{-away + tick:g}"
        f"M{-away:g} 0V{preset.height}M{-away - tick:g} 0H{-away + tick:g}"
        f"M{-away - tick:g} {preset.height}H{-away + tick:g}"
    )
    drawn = f'<path d="{path}" fill="none" stroke="{_INK}" stroke-width="{0.7 * line:g}"/>'
    words = (f"{preset.width} mm", f"{preset.height} mm")
    widths = [_width(sheet, each, 700) * text for each in words]
    across = Box(
        preset.width / 2 - widths[0] / 2 - 0.5 * text, -away - 0.6 * text, widths[0] + text, 1.2 * text
    )
    drawn += _plate(across)
    drawn += _text(sheet, words[0], 700, x=across.x + 0.5 * text, baseline=-away + 0.36 * text, size=text)
    down = Box(-widths[1] / 2 - 0.5 * text, -0.6 * text, widths[1] + text, 1.2 * text)
    label = _plate(down) + _text(sheet, words[1], 700, x=down.x + 0.5 * text, baseline=0.36 * text, size=text)
    return f'{drawn}<g transform="translate({-away:g} {preset.height / 2:g}) rotate(-90)">{label}</g>'


def _heading(sheet: _Sheet) -> str:
    """What the file is, above everything."""
    preset = sheet.preset
    scale = f" · tỉ lệ 1:{preset.page_scale}" if preset.page_scale != 1 else ""
    words = f"BẢN KIỂM – KHÔNG IN · {sheet.title}{scale}"
    size = min(1.15 * sheet.text, (preset.width + 2 * preset.bleed) / _width(sheet, words, 800))
    return _text(sheet, words, 800, x=-preset.bleed, baseline=-preset.bleed - 2.2 * sheet.text, size=size)


# --- type ------------------------------------------------------------------------------------------


def _width(sheet: _Sheet, words: str, weight: int) -> float:
    """Width of a line in em."""
    return sheet.shaper.measure(words, weight).advance


def _text(sheet: _Sheet, words: str, weight: int, *, x: float, baseline: float, size: float) -> str:
    """A line of type as outlines."""
    outlines = sheet.shaper.line_to_svg(words, weight, x=x, baseline=baseline, size=size)
    return f'<g fill="{_INK}">{outlines}</g>'
