"""Numbers that keep a run, a reader or a page within bounds, on both sides of each limit."""

from __future__ import annotations

import io
import os
import zipfile
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest

from dxassets.api import Project, Wanted, build, index_page, plan
from dxassets.api.approval_sheet import _check_count
from dxassets.api.linting import lint
from dxassets.api.live import make_live
from dxassets.backends.banding import MOST, banding
from dxassets.backends.pdf_reader import read_words
from dxassets.backends.photo_limits import without_padding
from dxassets.backends.word_archive import WordArchive
from dxassets.backends.written import UnreadableError
from dxassets.errors import InputError, PhotoError
from dxassets.framing import LEAST_GROUP_ZOOM, Placement, Subject, placement_for, settle
from dxassets.geometry import Box, Size
from dxassets.kinds.banner.print_page import surround_of
from dxassets.planner.offices import unknown_office
from dxassets.runners import batches, retrying, running
from dxassets.store import LARGEST_WHOLE, CampaignName, Record, Root, split
from tests.drawing_support import shaper
from tests.letter_support import small_docx
from tests.photo_support import png_chunk, png_head
from tests.test_store import record_of


def refused(message: str, *, when: bool) -> AbstractContextManager[Any]:
    return pytest.raises((UnreadableError, InputError, PhotoError), match=message) if when else nullcontext()


# --- documents that nobody vouches for ----------------------------------------------------------------


def archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in {"word/document.xml": b"<a/>", **parts}.items():
            file.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(("count", "many"), [(4000, False), (4001, True)])
def test_a_word_file_has_at_most_4000_parts(count: int, *, many: bool) -> None:
    with refused("zip bomb", when=many):
        WordArchive(archive(**{f"x{at}": b"" for at in range(count - 1)}))


@pytest.mark.parametrize(("times", "bomb"), [(245, False), (255, True)])
@pytest.mark.parametrize(("size", "heeded"), [((1 << 20) + 9, True), (1 << 20, False)])
def test_a_part_of_more_than_a_megabyte_unfolds_to_at_most_250_times_itself(
    times: int, size: int, *, bomb: bool, heeded: bool
) -> None:
    chance = np.random.default_rng(3)
    packed, low, high = b"", 0, size
    while high - low > 1:  # so much noise as makes the part that many times smaller
        noise = (low + high) // 2
        packed = archive(x=chance.bytes(noise) + bytes(size - noise))
        with zipfile.ZipFile(io.BytesIO(packed)) as file:
            ratio = size / file.getinfo("x").compress_size
        if abs(ratio - times) < 2:
            break
        low, high = (noise, high) if ratio > times else (low, noise)
    with refused("zip bomb", when=bomb and heeded):
        WordArchive(packed)


@pytest.mark.parametrize("over", [0, 1])
def test_all_that_is_read_of_a_word_file_unfolds_to_64_megabytes(
    monkeypatch: pytest.MonkeyPatch, over: int
) -> None:
    opened = WordArchive(archive())
    assert opened._left == 64 << 20
    part = b"<a>" + b" " * 93 + b"</a>"
    monkeypatch.setattr(opened, "_left", 2 * len(part) - over)
    monkeypatch.setattr(opened, "_zip", zipfile.ZipFile(io.BytesIO(archive(x=part, y=part))))
    assert opened.part("x") is not None
    with refused("zip bomb", when=bool(over)):
        opened.part("y")


@pytest.mark.parametrize(("size", "large"), [(100 << 20, False), ((100 << 20) + 1, True)])
def test_a_letter_of_100_mb_is_read_and_a_larger_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, *, large: bool
) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(small_docx())
    real = Path.stat

    def stat(path: Path, **options: Any) -> os.stat_result:
        found = list(real(path, **options))
        found[6] = size if path == file else found[6]
        return os.stat_result(found)

    monkeypatch.setattr(Path, "stat", stat)
    with refused("over 100 MB", when=large):
        assert lint(file) == ()


@pytest.mark.parametrize(("pages", "long"), [(400, False), (401, True)])
def test_a_pdf_has_at_most_400_pages(pages: int, *, long: bool) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(100, 100)
    made = io.BytesIO()
    document.save(made)
    document.close()
    with refused(f"has {pages} pages", when=long):
        assert len(read_words(made.getvalue()).pages) == pages


# --- pages that list what was made --------------------------------------------------------------------


def listed(count: int) -> tuple[Record, ...]:
    """Records of so many pictures of two offices; no file lies there."""
    offices = ("so-noi-vu", "so-tu-phap")
    return tuple(
        replace(record_of(f"{offices[at % 2]}/{at}.png"), agency=offices[at % 2]) for at in range(count)
    )


@pytest.mark.parametrize(("count", "is_one"), [(200, True), (201, False)])
def test_an_index_of_200_assets_is_one_page_and_a_larger_one_has_a_page_for_each_office(
    project: Project, tmp_path: Path, count: int, *, is_one: bool
) -> None:
    desk = index_page.IndexDesk(project, tmp_path)
    root = Root(CampaignName("c", "C"), whole=split(listed(count), (), ()))
    assert desk.is_small(root) == is_one
    if is_one:
        desk.on_one_page(root)
        assert len(list(tmp_path.rglob("*.html"))) == 1


def test_a_manifest_of_2000_assets_may_be_in_one_piece() -> None:
    """That just as many are, and one more is in shards, `tests/test_shards.py` tries with fewer."""
    assert LARGEST_WHOLE == 2000


@pytest.mark.parametrize(("count", "many"), [(0, True), (1, False), (1500, False), (1501, True)])
def test_a_contact_sheet_shows_one_to_1500_pictures(count: int, *, many: bool) -> None:
    with refused("no banner" if count == 0 else "at most 1500", when=many):
        _check_count(listed(count))


# --- how work is shared -------------------------------------------------------------------------------


class Counting(Executor):
    """Does nothing, and counts how much is under way."""

    def __init__(self) -> None:
        self.waiting: list[Future[Any]] = []
        self.most = 0

    def submit(self, _work: Any, *_arguments: Any, **_words: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append(future)
        self.most = max(self.most, len(self.waiting))
        return future


@pytest.mark.parametrize(("workers", "most"), [(1, 1), (2, 4), (5, 10)])
def test_two_batches_are_under_way_for_each_worker(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, most: int
) -> None:
    executor = Counting()

    def wait(futures: dict[Any, Any], **_: object) -> tuple[set[Any], set[Any]]:
        first = executor.waiting.pop(0)
        first.set_result([])
        return {first}, set(futures) - {first}

    monkeypatch.setattr(retrying, "wait", wait)
    jobs = plan(project, Wanted(kinds=("banner",))).jobs
    running.run_jobs(
        jobs, project.resources, folder=tmp_path, executor=executor, workers=workers, observe=print
    )
    assert executor.most == most


@pytest.mark.parametrize(
    ("jobs", "workers", "size"),
    [(1024, 2, 16), (255, 2, 15), (256, 2, 16), (31, 2, 1), (32, 2, 2), (1024, 1, 1)],
)
def test_each_worker_gets_eight_batches_of_at_most_sixteen(
    project: Project, jobs: int, workers: int, size: int
) -> None:
    """All of one look, so that nothing else parts them."""
    (one,) = plan(
        project, Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    ).jobs
    many = [replace(one, path=f"{at:05}.png") for at in range(jobs)]
    sizes = [len(list(group)) for _, group in groupby(range(jobs), key=lambda at: at // size)]
    assert [len(batch) for batch in batches(many, workers)] == sizes


@pytest.mark.parametrize(("count", "workers"), [(6, 1), (7, 2), (12, 2), (13, 3)])
def test_from_six_assets_on_one_more_process_pays(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, workers: int
) -> None:
    asked: list[int] = []
    presets = tuple(preset.id for preset in project.presets.presets[:count])
    wanted = Wanted(days=("10-10",), themes=("light",), presets=presets, kinds=("banner",))

    class Stop(Exception):  # noqa: N818
        """That is all we want to know."""

    def run(_jobs: object, _resources: object, *, workers: int, **_: object) -> None:
        asked.append(workers)
        raise Stop

    monkeypatch.setattr("dxassets.api.building.run_jobs", run)
    with pytest.raises(Stop):
        build(project, wanted, out=tmp_path, jobs=8)
    assert asked == [workers]


# --- words that are told or kept ----------------------------------------------------------------------


def test_of_ids_like_a_wrong_one_four_are_told(project: Project) -> None:
    like = [office.id for office in project.campaign.offices if "ubnd-huyen" in office.id]
    assert len(like) > 4
    told = unknown_office("--agency", "ubnd-huyen", project.campaign).en
    assert f"Did you mean: {', '.join(like[:4])}?" in told
    few = [office.id for office in project.campaign.offices if "huyen-cu" in office.id]
    assert f"Did you mean: {', '.join(few)}?" in unknown_office("--agency", "huyen-cu", project.campaign).en


@pytest.mark.parametrize(("length", "kept"), [(40, 40), (60, 60), (61, 60), (150, 60)])
def test_a_served_files_name_keeps_60_letters_of_an_office(project: Project, length: int, kept: int) -> None:
    look = {"day": "10-10", "theme": "light", "preset": "button-120x60"}
    made = make_live(project, "banner", {**look, "format": "svg", "name": "a" * length})
    assert made.name.startswith("a" * kept)
    assert not made.name.startswith("a" * (kept + 1))


# --- lengths on paper ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("longest", "length"), [(148, 5.0), (416, 5.0), (500, 6.0), (1666, 19.992), (1667, 20.0), (4000, 20.0)]
)
def test_a_crop_mark_is_5_to_20_mm_long_and_2_mm_away(project: Project, longest: int, length: float) -> None:
    (job,) = plan(
        project, Wanted(days=("10-10",), themes=("light",), presets=("poster-a3",), kinds=("banner",))
    ).jobs
    spec: Any = job.spec
    preset = spec.preset.model_copy(update={"height": longest, "width": 100})
    surround = surround_of(replace(spec, preset=preset, page="marks"), "x", shaper=shaper())
    assert surround.slug == pytest.approx(length + 4.0)


# --- how far a hostile photo is followed --------------------------------------------------------------


def test_a_png_is_followed_through_100_000_chunks() -> None:
    """Zeros behind an end that is not found are taken for the photo's own, and it is broken."""
    for chunks in (100_000, 100_001):
        photo = png_head(9, 9) + png_chunk(b"tEXt", b"") * (chunks - 2) + png_chunk(b"IEND", b"")
        with refused("damaged", when=chunks > 100_000):
            assert without_padding(photo + bytes(300), "png", "x") == photo


# --- faces in company ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "company"), [(0.41, True), (0.39, False)])
def test_a_face_of_four_tenths_of_the_largest_is_company_and_a_smaller_one_a_passer_by(
    share: float, *, company: bool
) -> None:
    main, other = Box(0.3, 0.4, 0.1, 0.1), Box(0.6, 0.4, 0.1 * share, 0.1 * share)
    photo = Size(3000, 3000)
    both = placement_for(Subject("face", (main, other)), photo, opening_px=700)
    alone = placement_for(Subject("face", (main,)), photo, opening_px=700)
    assert (both != alone) is company


@pytest.mark.parametrize(("asked", "given"), [(0.99, 1.0), (1.0, 1.0), (8.0, 8.0), (8.01, 8.0)])
def test_a_photo_is_drawn_at_1_to_8_times_what_it_needs(asked: float, given: float) -> None:
    assert settle(Placement(zoom=asked), Size(100, 100)).zoom == given


@pytest.mark.parametrize(("height", "zoom"), [(0.08, 1 / 0.08 / 2.6), (0.0769, 5.0), (0.03, 5.0)])
def test_a_face_is_brought_no_closer_than_five_times(height: float, zoom: float) -> None:
    face = Subject("face", (Box(0.5 - height / 2, 0.5 - height / 2, height, height),))
    assert placement_for(face, Size(6000, 6000), opening_px=700).zoom == pytest.approx(zoom, rel=0.001)


@pytest.mark.parametrize(("short_side", "zoom"), [(1400, 4.0), (700, 2.0), (351, 351 / 350), (349, 1.0)])
def test_a_px_of_a_photo_is_enlarged_to_two_of_the_frame_and_no_more(short_side: int, zoom: float) -> None:
    face = Subject("face", (Box(0.48, 0.48, 0.04, 0.04),))
    placed = placement_for(face, Size(short_side, short_side), opening_px=700)
    assert placed.zoom == pytest.approx(zoom)


@pytest.mark.parametrize(("apart", "seen"), [(0.23, True), (0.3, False)])
def test_a_group_is_shown_at_four_tenths_and_no_smaller(apart: float, *, seen: bool) -> None:
    """Two at the ends of a strip five times as long as high."""
    photo = Size(5000, 1000)
    two = tuple(Box(0.5 + side * apart - 0.01, 0.45, 0.02, 0.1) for side in (-1, 1))
    placed = placement_for(Subject("face", two), photo, opening_px=100, fit="group")
    assert placed.zoom >= LEAST_GROUP_ZOOM == 0.4
    reach = photo.short_side / (2 * placed.zoom)
    assert ((apart * photo.width + 0.6 * 100) <= reach) is seen


# --- smooth grounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("levels", "seen"), [(2, False), (3, False), (4, True)])
def test_a_ground_may_be_three_levels_off_and_no_more(levels: int, *, seen: bool) -> None:
    plain = np.full((64, 64, 3), 100, dtype=np.uint8)
    assert (banding(plain + np.uint8(levels), plain) > MOST) is seen
