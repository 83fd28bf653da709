"""What is made again: just what reads a changed file. The reading itself is watched, no list is believed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from dxassets import Wanted, build, load_campaign, plan
from dxassets.api import Project
from dxassets.api.framing.wanted import drawn_frame
from dxassets.colors import Rgb
from dxassets.framing import Opening
from dxassets.jobs import Job
from dxassets.kinds.registry import render
from dxassets.resources import Resource, Resources
from dxassets.runners.photos import FrameKit, result_key
from tests.drawing_support import svg
from tests.photo_support import SMALL

ROOT = Path(__file__).parent.parent
LOOK = Wanted(
    days=("10-10",), themes=("digital", "formal"), presets=("button-120x60",), sizes=("led-512x128",)
)
KINDS = ("banner", "frame", "qr", "letter", "script", "calendar", "loop", "posts", "signature")
FORMATS: dict[str, tuple[str, ...]] = {
    "banner": ("png", "svg", "pdf"),
    "frame": ("svg",),
    "qr": (),
    "letter": (),
    "script": (),
    "calendar": (),
    "loop": ("png",),
    "posts": (),
    "signature": (),
}
"""Formats that between them read all that the kind may read; nothing where a build makes all of them."""
Group = tuple[str, str | None]
"""A kind and a theme: what is planned together."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own, files and all, with a logo: nothing that another test has read is kept of it."""
    folder = tmp_path_factory.mktemp("house")
    for name in ("brand", "templates", "campaigns"):
        shutil.copytree(ROOT / name, folder / name)
    logos = folder / "campaigns/daknong-2022/logos"
    logos.mkdir()
    (logos / "so-thong-tin-va-truyen-thong.svg").write_bytes(
        svg('<circle cx="50" cy="50" r="50" fill="#fff"/>')
    )
    return folder


def loaded(house: Path) -> Project:
    return load_campaign(house / "campaigns/daknong-2022")


def jobs(project: Project, kind: str, *formats: str) -> list[Job]:
    """One job of each theme and format of a kind; every file of what has no theme, since each is another."""
    found = plan(project, replace(LOOK, kinds=(kind,), formats=formats)).jobs
    first: dict[tuple[str | None, str], Job] = {}
    for job in found:
        form = job.path if job.theme is None else job.path.rpartition(".")[2] + (job.preset or "")
        first.setdefault((job.theme, form), job)
    return list(first.values())


def reads(action: Callable[[], object]) -> set[str]:
    """The names of all resources that are read while something is done."""
    seen: set[str] = set()
    read = Resources.read

    def watched(resources: Resources, name: str) -> Resource:
        seen.add(name)
        return read(resources, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Resources, "read", watched)
        action()
    return seen


@pytest.fixture(scope="module")
def rendered(house: Path) -> list[tuple[Job, set[str]]]:
    """Jobs of all kinds, and what rendering each of them read."""
    project = loaded(house)
    found: list[tuple[Job, set[str]]] = []
    for kind in KINDS:
        for job in jobs(project, kind, *FORMATS[kind]):
            # a name that nobody asks for makes these resources unlike all others: no cache knows them
            own = replace(project.resources, given=((job.path, Path("nowhere")),))
            found.append((job, reads(lambda job=job, own=own: render(job, own))))
    return found


def test_a_key_holds_every_file_that_rendering_reads(rendered: list[tuple[Job, set[str]]]) -> None:
    for job, names in rendered:
        held = {name.partition("#")[0] for name, _ in job.inputs}
        assert names <= held, f"{job.path} is made from files that its key does not hold"
    everything = set[str]().union(*(names for _, names in rendered))
    for some in ("templates/frame/ring.svg.j2", "templates/frame/_parts.svg.j2", "templates/qr/card.svg.j2",
                 "templates/banner/_motifs.svg.j2", "templates/letter/letter.css.j2", "annex.toml",
                 "brand/fonts/tinos/Tinos-Bold.ttf", "templates/script/script.html.j2",
                 "templates/calendar/sheet.html.j2", "templates/signature/huong-dan.txt",
                 "logos/so-thong-tin-va-truyen-thong.svg"):  # fmt: skip
        assert some in everything


def _changeable() -> list[str]:
    """Every file from which anything might be made, but brand.toml: jobs hold what they need of it."""
    campaign = "campaigns/daknong-2022"
    found = [path for folder in ("brand", "templates", campaign) for path in (ROOT / folder).rglob("*")]
    names = [path.relative_to(ROOT).as_posix() for path in found if path.is_file()]
    logo = f"{campaign}/logos/so-thong-tin-va-truyen-thong.svg"
    return [name for name in (*names, logo) if name not in {"brand/brand.toml", "templates/presets.toml"}]


def keys(house: Path) -> dict[str, Job]:
    project = loaded(house)
    return {job.path: job for kind in KINDS for job in jobs(project, kind, *FORMATS[kind])}


def made_again(house: Path, before: dict[str, Job], name: str, old: bytes, new: bytes) -> set[Group]:
    """What gets a new key when something is replaced in a file (at its end when `old` is nothing)."""
    file = house / name
    data = file.read_bytes()
    assert old in data
    file.write_bytes(data.replace(old, new, 1) if old else data + new)
    try:
        return {(job.kind, job.theme) for path, job in keys(house).items() if job.key != before[path].key}
    finally:
        file.write_bytes(data)


def test_a_changed_file_makes_again_exactly_what_reads_it(
    house: Path, rendered: list[tuple[Job, set[str]]]
) -> None:
    """Kind by kind and theme by theme. Whatever nobody reads (licences, pages, lists) makes nothing again."""
    before = keys(house)
    used: set[str] = set()
    for name in _changeable():
        changed = made_again(house, before, name, b"", b"\n")
        called = name.removeprefix("campaigns/daknong-2022/")
        assert changed == {(job.kind, job.theme) for job, names in rendered if called in names}, name
        used |= {name} if changed else set()
    assert len(used) > 20


CAMPAIGN = "campaigns/daknong-2022/campaign.toml"
BANNERS = {("banner", "digital"), ("banner", "formal")}
FRAMES = {("frame", "digital"), ("frame", "formal")}
LOOPS = {("loop", "digital"), ("loop", "formal")}
WORN = {theme: {(kind, theme) for kind in ("banner", "frame", "loop")} for theme in ("digital", "formal")}
CODES, LETTERS = {("qr", None)}, {("letter", None)}
SCRIPTS, SHEETS, POSTS, SIGNED = ({(kind, None)} for kind in ("script", "calendar", "posts", "signature"))


@pytest.mark.parametrize(
    ("name", "old", "new", "again"),
    [
        # codes and sheets are drawn in the first theme's colours; it is the first day's: signatures hold it
        ("brand/brand.toml", '"#ffd23f"', '"#ffd24f"', WORN["digital"] | CODES | SHEETS | SIGNED),
        ("brand/brand.toml", '"#ffe45c"', '"#ffe46c"', WORN["formal"] | CODES),
        ("brand/brand.toml", '"Be Vietnam Pro"', '"Be Việt Nam"',
         BANNERS | LOOPS | FRAMES | CODES | SHEETS | SIGNED),
        ("brand/brand.toml", 'family = "Tinos"', 'family = "Times"', LETTERS | CODES | SCRIPTS),
        ("templates/presets.toml", 'vi = "Nút"', 'vi = "Phím"', BANNERS),
        (CAMPAIGN, "//daknong.gov.vn/web", "//daknong.gov.vn/v",
         BANNERS | LOOPS | CODES | LETTERS | POSTS | SIGNED),
        (CAMPAIGN, '\nname = "Ngày', '\nname = "Hôm', BANNERS | LOOPS | FRAMES | SHEETS | POSTS | SIGNED),
        (CAMPAIGN, '\nmotto = "', '\nmotto = "Mới: ', POSTS | SCRIPTS),
        ("templates/posts/posts.toml", "trân trọng thông báo", "xin thông báo", POSTS),
        ("templates/signature/huong-dan.txt", "a", "e", SIGNED),
    ],
)  # fmt: skip
def test_a_changed_word_or_colour_makes_again_what_shows_it(
    house: Path, name: str, old: str, new: str, again: set[Group]
) -> None:
    assert made_again(house, keys(house), name, old.encode(), new.encode()) == again


# --- pages that list what was made -------------------------------------------------------------------

EDITS = {
    "its template": ("templates/index/index.html.j2", "</title>", " | bản mới</title>", "| bản mới"),
    "a preset's title": ("templates/presets.toml", 'vi = "Nút', 'vi = "Nút mới', "Nút mới"),
    "a theme's title": ("brand/brand.toml", 'vi = "Số hóa', 'vi = "Số hóa mới', "Số hóa mới"),
    "the campaign's title": (CAMPAIGN, '\ntitle = "', '\ntitle = "Mới: ', "Mới: "),
    "a day's name": (CAMPAIGN, '\nname = "Ngày', '\nname = "Ngày mới', "Ngày mới"),
    "an agency's name": ("campaigns/daknong-2022/agencies.csv", "Sở Thông tin", "Sở Mới Thông", "Sở Mới"),
}


@pytest.mark.parametrize("what", EDITS)
def test_the_index_is_made_again_when_what_it_says_changes(house: Path, tmp_path: Path, what: str) -> None:
    name, old, new, seen = EDITS[what]
    wanted = replace(LOOK, kinds=("banner",), themes=("digital",))
    index = build(loaded(house), wanted, out=tmp_path).index
    before = index.stat().st_mtime_ns
    assert seen not in index.read_text(encoding="utf-8")
    assert build(loaded(house), wanted, out=tmp_path).index.stat().st_mtime_ns == before
    file = house / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    try:
        again = build(loaded(house), wanted, out=tmp_path)
    finally:
        file.write_text(text, encoding="utf-8")
    assert seen in again.index.read_text(encoding="utf-8")


# --- framed photos -----------------------------------------------------------------------------------

OTHER_KIT = {
    "frame": b"another",
    "side": 257,
    "opening": Opening(0.5, 0.4, 0.3),
    "edge": 0.4,
    "surround": Rgb(1, 2, 3),
    "circle": True,
    "file_format": "webp",
    "ground": Rgb(1, 2, 3),
    "focus": (0.1, 0.2),
    "zoom": 1.5,
    "rotation": 3.0,
    "tools": "another",
    "fit": "group",
    "around": Rgb(1, 2, 3),
    "may_turn": False,
}


def test_whatever_changes_a_framed_photo_changes_its_key(project: Project) -> None:
    kit = drawn_frame(project, SMALL).kit
    assert set(OTHER_KIT) == {each.name for each in fields(FrameKit)}
    seals = {kit.seal, *(replace(kit, **{name: value}).seal for name, value in OTHER_KIT.items())}
    assert len(seals) == 1 + len(OTHER_KIT)
    assert replace(kit).seal == kit.seal
    assert len({result_key(kit.seal, b"one"), result_key(kit.seal, b"two"), result_key("x", b"one")}) == 3
