"""What the tests of the drawing side share: jobs, renderings that are kept, and other people's readers."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from dxassets import Project, Wanted, load_campaign, plan
from dxassets.agencies import Agency
from dxassets.api.single import sealed
from dxassets.backends.shaper import Shaper
from dxassets.brand import FrameStyle
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import Facts, Job, Rendered, TextArea
from dxassets.kinds.banner.render import layout_of
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.frame.kind import frame_draft
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.qr.spec import QrSpec
from dxassets.kinds.registry import check, render
from dxassets.renderers.faces import shaper_of
from dxassets.slogans import Slogan
from dxassets.typesetting.layout import Layout, TextLine

ROOT = Path(__file__).parent.parent
WEIGHTS = (500, 600, 700, 800, 900)
DAYS = ("10-10", "01-11")
THEMES = ("digital", "brocade", "formal", "light")
"""What a campaign has that names no themes."""
EVERY_THEME = (*THEMES, "poster", "photo")
"""Those, and the ones that are made when asked for."""
PROVINCE_URL = "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
LETTERS = (
    "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
    "ÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴĐ"
)
"""The 134 Vietnamese letters with marks: small ones, then their capitals in the same order."""
vietnamese = st.text(st.sampled_from(LETTERS + " ABCdeghi'-–0123456789"), min_size=1, max_size=12)
"""A few words of Vietnamese, or what chance makes of its letters."""
THEME_OF_2024 = (
    "Phổ cập hạ tầng số và sáng tạo ứng dụng số để phát triển kinh tế số - "
    "Động lực mới cho tăng trưởng kinh tế và năng suất lao động"
)
"""The national theme of the day in 2024, 128 characters with its dash: the longest one yet."""
QUIET_ZONE = 4  # modules (ISO/IEC 18004)
HOSTILE_NAMES = (
    "Sở <script>alert(1)</script>",
    'UBND "xã" & <b>thôn</b>',
    "Phòng {{ 7*7 }} {% raw %} ${y}",
    "]]> Đội --> & &amp; <!-- '",
)

Pixels = NDArray[np.uint8]


# --- jobs ------------------------------------------------------------------------------------------


@cache
def project() -> Project:
    return load_campaign()


@cache
def shaper() -> Shaper:
    return shaper_of(project().resources)


@cache
def preset_ids() -> tuple[str, ...]:
    return tuple(preset.id for preset in project().presets.presets)


@cache
def jobs(wanted: Wanted) -> tuple[Job, ...]:
    return plan(project(), wanted).jobs


def banner_job(
    preset: str, theme: str = "digital", day: str = "10-10", file_format: str | None = None
) -> Job:
    formats = () if file_format is None else (file_format,)
    (job,) = jobs(Wanted(kinds=("banner",), presets=(preset,), themes=(theme,), days=(day,), formats=formats))
    return job


def frame_job(
    style: str, size: int, theme: str = "digital", day: str = "10-10", file_format: str = "png"
) -> Job:
    wanted = Wanted(kinds=("frame",), themes=(theme,), days=(day,), formats=(file_format,))
    first, *_ = planned = jobs(wanted)
    for job in planned:
        if job.preset == f"{style}-{size}":
            return job
    spec = replace(frame_spec(first), style=cast("FrameStyle", style), size=size)  # not the theme's own
    return sealed(frame_draft(spec, day=day, agency=first.agency), project().resources)


def qr_job(file_format: str, link: str = "province") -> Job:
    wanted = Wanted(kinds=("qr",), formats=(file_format,))
    (job,) = (job for job in jobs(wanted) if cast("QrSpec", job.spec).link.id == link)
    return job


def banner_spec(job: Job) -> BannerSpec:
    return cast("BannerSpec", job.spec)


def frame_spec(job: Job) -> FrameSpec:
    return cast("FrameSpec", job.spec)


def signed_by(job: Job, name: str, short_name: str = "") -> Job:
    """The same banner for an agency of another name."""
    agency = Agency(id="thu", name=name, short_name=short_name or name)
    return replace(job, agency="thu", alt=f"{name}.", spec=replace(banner_spec(job), agency=agency))


def saying(job: Job, slogan: Slogan) -> Job:
    """The same banner with another slogan."""
    spec = banner_spec(job)
    return replace(job, spec=replace(spec, day=replace(spec.day, slogan=slogan)))


def layout(job: Job) -> tuple[Layout, tuple[TextLine, ...]]:
    return layout_of(banner_spec(job), job.inputs, project().resources)


@cache
def rendered(job: Job) -> Rendered:
    """The finished bytes of a job, drawn once for all tests of a worker."""
    return render(job, project().resources)


# --- doctored assets ---------------------------------------------------------------------------------


def with_facts(asset: Rendered, **changes: Any) -> Rendered:
    return replace(asset, facts=replace(asset.facts, **changes))


def with_data(asset: Rendered, data: bytes) -> Rendered:
    return replace(asset, data=data)


def repainted(asset: Rendered, box: Box, color: tuple[int, ...]) -> Rendered:
    """The PNG of `asset` with a box painted over."""
    pixels = read_picture(asset.data).copy()
    top, left = max(int(box.y), 0), max(int(box.x), 0)
    pixels[top : int(box.bottom), left : int(box.right)] = color
    return with_data(asset, png(pixels))


def png(pixels: Pixels) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def moved(area: TextArea, dx: float, dy: float) -> TextArea:
    return replace(area, box=area.box.move(dx, dy))


# --- gates -------------------------------------------------------------------------------------------


def shuts(job: Job, asset: Rendered, message: str) -> None:
    """The asset is stopped, by the gate that says so in English, and says it in Vietnamese too."""
    with pytest.raises(GateError, match=message) as caught:
        check(job, asset)
    (problem,) = caught.value.problems
    assert problem.vi
    assert problem.vi != problem.en


def share(**facts: Any) -> Rendered:
    """The share picture of the digital theme, with some of its facts changed."""
    return with_facts(rendered(banner_job("share-1200x630", "digital")), **facts)


def line(text: str, facts: Facts) -> TextArea:
    return next(area for area in facts.texts if area.text.startswith(text))


# --- logos -------------------------------------------------------------------------------------------


def svg(body: str, view: str = "0 0 100 100", head: str = "") -> bytes:
    return (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{view}">{body}</svg>'
    ).encode()


def bitmap(width: int, height: int, *, opaque: bool = False) -> bytes:
    """A white disc (an ellipse) on a transparent or a white ground."""
    y, x = np.mgrid[:height, :width]
    inside = ((x - width / 2) / (width / 2)) ** 2 + ((y - height / 2) / (height / 2)) ** 2 < 1
    pixels = np.full((height, width, 4), 255, dtype=np.uint8)
    pixels[..., 3] = 255 if opaque else inside * 255
    pixels[inside, :3] = (20, 60, 160) if opaque else 255
    return png(pixels)


# --- other people's readers --------------------------------------------------------------------------


def open_picture(data: bytes) -> Image.Image:
    """The picture as Pillow reads it, every pixel loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def read_picture(data: bytes) -> Pixels:
    return np.asarray(open_picture(data))


def page_pixels(data: bytes, width: int) -> Pixels:
    """The first page of a PDF as PDFium draws it, so many px wide."""
    document = pdfium.PdfDocument(data)
    page = document[0]
    bitmap = page.render(scale=width / page.get_width())
    pixels = np.ascontiguousarray(bitmap.to_numpy()[..., 2::-1])
    document.close()
    return pixels


def zxing_reads(pixels: Pixels) -> list[str]:
    symbols = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)  # chance lines are bar codes to it, too
    found = zxingcpp.read_barcodes(np.ascontiguousarray(pixels), formats=symbols)
    return sorted(code.text for code in found if code.valid)


def opencv_reads(pixels: Pixels) -> tuple[str, NDArray[np.bool_]]:
    """What OpenCV reads of the one code in a picture, and its modules (True is dark)."""
    text, _, modules = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels))
    return text, np.asarray(modules) == 0


def svg_elements(data: bytes) -> list[ElementTree.Element]:
    """All elements of a well-formed SVG."""
    root = ElementTree.fromstring(data)  # noqa: S314  (our own bytes)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return list(root.iter())


def tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


# --- comparing pictures ------------------------------------------------------------------------------


def difference(first: Pixels, second: Pixels) -> float:
    """Mean difference of two pictures of the same size, 0–255."""
    assert first.shape == second.shape
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())


def assert_same_renderings(first: Pixels, second: Pixels, *, most: float) -> None:
    found = difference(first, second)
    assert found <= most, f"the pictures differ by {found:.2f} of 255 on average"


def assert_different_renderings(pictures: dict[str, Pixels], *, least: float) -> None:
    names = list(pictures)
    alike = [
        (one, other)
        for index, one in enumerate(names)
        for other in names[index + 1 :]
        if difference(pictures[one], pictures[other]) < least
    ]
    assert alike == []


# --- palettes ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recolored:
    """A theme's palette with some roles changed."""

    job: Job

    def role(self, **colors: Any) -> Job:
        spec = banner_spec(self.job)
        palette = spec.theme.palette.model_copy(update=colors)
        theme = spec.theme.model_copy(update={"palette": palette})
        return replace(self.job, spec=replace(spec, theme=theme))
