"""AVIF and WebP, bands in gradients, dense pictures, and the snippet that shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dxassets import InputError, Wanted, build, make_banner, plan
from dxassets.api import embed_snippet, mail_text
from dxassets.backends import rasterizer
from dxassets.backends.banding import MOST, banding
from dxassets.backends.rasterizer import RasterFormat, encode_pixels
from dxassets.errors import UnknownIdError
from dxassets.jobs import Rendered
from dxassets.kinds.registry import check, render
from tests.conftest import Run
from tests.drawing_support import (
    Pixels,
    banner_job,
    banner_spec,
    difference,
    open_picture,
    png,
    project,
    read_picture,
    rendered,
)

PILLOW_NAMES = {"webp": "WEBP", "avif": "AVIF", "jpg": "JPEG", "png": "PNG"}


@cache
def gradient(width: int = 480, height: int = 240) -> Pixels:
    """A sky from dark blue to cyan, as the campaign's grounds are."""
    across = np.linspace(0, 1, width)[None, :, None]
    down = np.linspace(0, 0.35, height)[:, None, None]
    dark, light = np.array([7.0, 29.0, 91.0]), np.array([18.0, 168.0, 220.0])
    share = np.clip(across * 0.65 + down, 0, 1)
    return np.round(dark + (light - dark) * share).astype(np.uint8)


def in_colours(pixels: Pixels, count: int, *, dither: bool = False) -> Pixels:
    """The picture in a palette, as Pillow chooses it."""
    mode = Image.Dither.FLOYDSTEINBERG if dither else Image.Dither.NONE
    palette = Image.fromarray(pixels).quantize(count, method=Image.Quantize.MEDIANCUT)
    return np.asarray(Image.fromarray(pixels).quantize(palette=palette, dither=mode).convert("RGB"))


# --- bands ------------------------------------------------------------------------------------------


def test_a_gradient_in_32_colours_is_refused() -> None:
    assert banding(in_colours(gradient(), 32), gradient()) > MOST


def test_what_was_not_touched_has_no_bands() -> None:
    assert banding(gradient(), gradient()) == 0


def test_256_colours_finely_dithered_pass() -> None:
    assert banding(in_colours(gradient(), 256, dither=True), gradient()) <= MOST


@pytest.mark.parametrize(("file_format", "quality"), [("JPEG", 20), ("WEBP", 5)])
def test_low_quality_is_seen_and_high_quality_is_not(file_format: str, quality: int) -> None:
    def at(level: int) -> float:
        stream = io.BytesIO()
        Image.fromarray(gradient()).save(stream, file_format, quality=level)
        return banding(read_picture(stream.getvalue()), gradient())

    assert at(90) <= MOST < at(quality)


def test_edges_are_not_bands() -> None:
    rng = np.random.default_rng(7)
    busy = rng.integers(0, 256, (240, 480, 3), dtype=np.uint8)
    assert banding(in_colours(busy, 16), busy) == 0


@pytest.mark.parametrize("shape", [(4, 4), (8, 400), (23, 9)])
def test_a_picture_too_small_for_bands_has_none(shape: tuple[int, int]) -> None:
    assert banding(np.zeros((*shape, 3), np.uint8), np.full((*shape, 3), 9, np.uint8)) == 0


def test_a_setting_that_breaks_the_ground_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def settings() -> Iterator[rasterizer._Encoding]:
        yield rasterizer._Encoding("banded", lambda _image: png(in_colours(gradient(), 32)), may_band=True)
        yield rasterizer._Encoding("whole", lambda image: image.pngsave_buffer(), may_band=True)

    monkeypatch.setitem(rasterizer._SETTINGS, "png", settings)
    encoded = rasterizer.encode_pixels(gradient(), "png", None)
    assert encoded is not None
    assert encoded.setting == "whole"


@pytest.mark.parametrize("file_format", ["png", "jpg", "webp", "avif"])
def test_what_is_light_enough_has_no_bands(file_format: RasterFormat) -> None:
    """On noise no setting but the worst is light; on the gradient beside it that one must still be whole."""
    noise = np.random.default_rng(3).integers(0, 256, (64, 480, 3), dtype=np.uint8)
    pixels = np.vstack([gradient(), noise])
    limit: int | None = None
    while (encoded := encode_pixels(pixels, file_format, limit)) is not None:
        assert banding(rasterizer.read_pixels(encoded.data), pixels) <= MOST
        limit = len(encoded.data) - 1


@pytest.mark.parametrize("theme", ["digital", "brocade", "formal", "light"])
@pytest.mark.parametrize("file_format", ["jpg", "webp", "avif"])
def test_banners_have_no_bands(theme: str, file_format: str) -> None:
    lossless = read_picture(rendered(banner_job("portal-popup-800x600", theme, file_format="png")).data)
    lossy = read_picture(rendered(banner_job("portal-popup-800x600", theme, file_format=file_format)).data)
    assert banding(lossy, lossless) <= MOST
    assert difference(lossy, lossless) < 4  # WebP halves the chroma, which red grounds feel


# --- formats ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["webp", "avif"])
def test_a_file_is_what_it_says_and_carries_nothing_else(file_format: RasterFormat) -> None:
    encoded = encode_pixels(gradient(), file_format, None)
    assert encoded is not None
    image = open_picture(encoded.data)
    assert (image.format, image.mode, image.size) == (PILLOW_NAMES[file_format], "RGB", (480, 240))
    assert difference(np.asarray(image), gradient()) < 1
    assert not image.getexif()
    assert not {"icc_profile", "exif", "xmp"} & set(image.info)
    assert encode_pixels(gradient(), file_format, None) == encoded


def test_avif_is_the_lightest_and_keeps_colour_at_edges() -> None:
    made = {kind: rendered(banner_job("share-1200x630", "formal", file_format=kind)) for kind in PILLOW_NAMES}
    weights = {kind: len(asset.data) for kind, asset in made.items()}
    assert weights["avif"] < 0.75 * weights["webp"] < weights["png"] * 0.75
    lossless = read_picture(made["png"].data)
    assert difference(read_picture(made["avif"].data), lossless) < difference(
        read_picture(made["webp"].data), lossless
    )


def test_avif_passes_the_gates() -> None:
    job = banner_job("share-1200x630", file_format="avif")
    findings = check(job, rendered(job))
    assert [payload for payload, _ in findings.decoded] == [project().campaign.main_url]
    assert findings.least_contrast is not None
    assert findings.least_contrast >= 4.5


# --- dense pictures ---------------------------------------------------------------------------------


@cache
def dense(preset: str, file_format: str = "png") -> Rendered:
    job = banner_job(preset, file_format=file_format)
    return render(replace(job, spec=replace(banner_spec(job), scale=2)), project().resources)


@pytest.mark.parametrize("file_format", ["png", "webp", "avif"])
def test_a_dense_picture_is_the_same_at_twice_the_size(file_format: str) -> None:
    plain, twice = rendered(banner_job("rectangle-300x250")), dense("rectangle-300x250", file_format)
    image = open_picture(twice.data)
    assert image.size == (600, 500)
    shrunk = np.asarray(image.convert("RGB").resize((300, 250), Image.Resampling.BOX))
    assert difference(shrunk, read_picture(plain.data)) < 4
    job = banner_job("rectangle-300x250", file_format=file_format)
    findings = check(job, twice)
    assert (findings.width, findings.height) == (600, 500)


def test_a_dense_picture_may_weigh_twice_as_much() -> None:
    preset = banner_spec(banner_job("mobile-320x50")).preset
    assert dense("mobile-320x50").facts.max_bytes == 2 * (preset.max_bytes or 0)
    assert len(dense("mobile-320x50").data) <= 2 * (preset.max_bytes or 0)


def test_dense_pictures_are_made_beside_the_plain_ones_of_web_presets_only() -> None:
    wanted = Wanted(
        kinds=("banner",),
        presets=("rectangle-300x250", "share-1200x630", "leaflet-a5"),
        days=("10-10",),
        themes=("light",),
        formats=("png", "svg"),
        scale=2,
    )
    names = sorted(job.path.rpartition("/")[2] for job in plan(project(), wanted).jobs)
    assert names == [
        "leaflet-a5.png",
        "leaflet-a5.svg",
        "rectangle-300x250.png",
        "rectangle-300x250.svg",
        "rectangle-300x250@2x.png",
        "share-1200x630.png",
        "share-1200x630.svg",
    ]


def test_by_default_nothing_is_dense() -> None:
    jobs = plan(project(), Wanted(kinds=("banner",))).jobs
    assert {(banner_spec(job).scale, banner_spec(job).page) for job in jobs} == {(1, "plain")}
    assert not [job.path for job in jobs if "@" in job.path or "-proof" in job.path]


@pytest.mark.parametrize("scale", [0, 3, -1])
def test_other_densities_are_refused(scale: int) -> None:
    with pytest.raises(InputError) as caught:
        plan(project(), Wanted(scale=scale))
    assert "--scale" in str(caught.value)


def test_a_dense_share_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        make_banner(
            project(), tmp_path / "a.png", day="10-10", theme="light", preset="share-1200x630", scale=2
        )
    assert "--scale" in str(caught.value)


def test_the_command_makes_dense_and_avif_pictures(dxassets: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.avif"
    wanted = ("--day", "10-10", "--theme", "light", "--preset", "rectangle-300x250", "-o", file)
    assert dxassets("banner", *wanted, "--scale", "2").code == 0
    assert open_picture(file.read_bytes()).size == (600, 500)
    for lang in ("vi", "en"):
        assert "--scale" in dxassets("banner", "--help", "--lang", lang).out
        assert "avif" in dxassets("build", "--help", "--lang", lang).out


# --- the snippet ------------------------------------------------------------------------------------


class Snippet(HTMLParser):
    """Every tag of a snippet with its attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    wanted = Wanted(
        kinds=("banner",),
        presets=("rectangle-300x250", "mobile-320x50"),
        days=("10-10",),
        themes=("light",),
        formats=("png", "webp", "avif"),
        scale=2,
    )
    assert build(project(), wanted, out=out).exit_code == 0
    return out


def snippet(built: Path, base_url: str = "") -> Snippet:
    return Snippet(
        embed_snippet(
            project(), "rectangle-300x250", day="10-10", theme="light", built=built, base_url=base_url
        )
    )


def test_the_snippet_offers_every_format_at_both_densities(built: Path) -> None:
    found = snippet(built)
    assert [tag for tag, _ in found.tags] == ["a", "picture", "source", "source", "img"]
    (_, link), _, (_, first), (_, second), (_, image) = found.tags
    assert link["href"] == project().campaign.main_url
    assert (first["type"], second["type"]) == ("image/avif", "image/webp")
    assert first["srcset"] == "rectangle-300x250.avif 1x, rectangle-300x250@2x.avif 2x"
    assert second["srcset"] == "rectangle-300x250.webp 1x, rectangle-300x250@2x.webp 2x"
    assert image["src"] == "rectangle-300x250.png"
    assert image["srcset"] == "rectangle-300x250.png 1x, rectangle-300x250@2x.png 2x"
    assert (image["width"], image["height"]) == ("300", "250")
    assert str(image["alt"]).startswith("10/10.")


def test_all_that_the_snippet_names_is_there(built: Path) -> None:
    (folder,) = built.glob("*/*/banner/10-10/light")
    for _, attributes in snippet(built).tags:
        named = [part.split()[0] for part in str(attributes.get("srcset") or "").split(", ") if part]
        for name in [*named, *([attributes["src"]] if attributes.get("src") else [])]:
            assert (folder / str(name)).is_file()


def test_the_snippet_s_files_may_lie_elsewhere(built: Path) -> None:
    address = "https://daknong.gov.vn/anh/?a=1&b="
    (_, image) = snippet(built, address).tags[-1]
    assert image["src"] == f"{address}rectangle-300x250.png"


def test_the_index_shows_the_snippet(built: Path) -> None:
    (index,) = built.glob("*/index.html")
    text = index.read_text(encoding="utf-8")
    assert text.count("&lt;picture&gt;") == 12
    assert "rectangle-300x250@2x.avif 2x" in text


def test_a_snippet_of_what_was_not_built_or_is_no_web_preset_is_refused(built: Path) -> None:
    with pytest.raises(InputError):
        embed_snippet(project(), "rectangle-300x250", day="01-11", theme="light", built=built)
    with pytest.raises(UnknownIdError):
        embed_snippet(project(), "share-1200x630", day="10-10", theme="light", built=built)
    with pytest.raises(InputError):
        embed_snippet(project(), "rectangle-300x250", day="10-10", theme="light", built=built / "nothing")


# --- a mail signature -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The signature at both densities, and as WebP, which mail programs do not show."""
    out = tmp_path_factory.mktemp("signed")
    wanted = Wanted(
        kinds=("banner",),
        presets=("signature-600x120",),
        days=("10-10",),
        themes=("light",),
        formats=("png", "webp"),
        scale=2,
    )
    assert build(project(), wanted, out=out).exit_code == 0
    return out


def signature(built: Path, base_url: str = "") -> Snippet:
    look = {"day": "10-10", "theme": "light", "built": built, "base_url": base_url}
    return Snippet(embed_snippet(project(), "signature-600x120", **look))  # pyright: ignore[reportArgumentType]


def test_a_signature_is_what_every_mail_program_shows(signed: Path) -> None:
    """A table, styles on each element, and one PNG at twice its shown size: no class, script or source."""
    found = signature(signed, "https://daknong.gov.vn/anh/")
    assert [tag for tag, _ in found.tags] == ["table", "tr", "td", "a", "img"]
    for tag, attributes in found.tags:
        assert set(attributes).isdisjoint({"class", "id", "srcset", "onclick"}), tag
        assert tag == "tr" or attributes["style"], tag
    (_, table), _, _, (_, link), (_, image) = found.tags
    assert table["role"] == "presentation"
    assert link["href"] == project().campaign.main_url
    assert image["src"] == "https://daknong.gov.vn/anh/signature-600x120@2x.png"
    assert (image["width"], image["height"]) == ("600", "120")
    assert "SỞ THÔNG TIN" in str(image["alt"]).upper()


def test_a_signature_has_a_twin_in_plain_text(signed: Path) -> None:
    text = mail_text(project(), "signature-600x120", day="10-10", theme="light", built=signed)
    first, *said, last = text.split("\n")
    assert first == "-- "  # RFC 3676, 4.3
    assert last == project().campaign.main_url
    assert "Sở Thông tin và Truyền thông tỉnh Đắk Nông." in said
    assert "<" not in text
    assert all(line and len(line) <= 120 for line in said)


def test_the_index_shows_both(signed: Path) -> None:
    (index,) = signed.glob("*/index.html")
    text = index.read_text(encoding="utf-8")
    assert "&lt;table role=&#34;presentation&#34;" in text
    assert '<pre class="plain">-- ' in text
    assert "Chữ ký thư dạng chữ thường" in text


def test_only_a_signature_has_a_plain_twin(built: Path) -> None:
    with pytest.raises(UnknownIdError, match="no mail signature"):
        mail_text(project(), "rectangle-300x250", day="10-10", theme="light", built=built)
    with pytest.raises(InputError):
        mail_text(project(), "signature-600x120", day="10-10", theme="light", built=built)
