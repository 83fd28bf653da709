"""Files of scenes and parts: what is refused in words, where they are found, and that edits are seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dxassets.errors import InputError
from dxassets.geometry import Box
from dxassets.renderers.scenes import (
    draw_scene,
    part_file,
    part_of,
    scene_file,
    scene_files,
    scene_ids,
    scene_of,
    unused_parts,
)
from dxassets.resources import Resources, bundled_root
from dxassets.scenes import SceneRoom, parse_scene, read_part
from dxassets.scenes.model import MOST_PLACED
from dxassets.scenes.parts import FARTHEST_NUMBER, MOST_SHAPES, PART_BYTES
from dxassets.scenes.tints import CLEAR, ROLES
from tests.drawing_support import ROOT, project
from tests.test_scenes import FOCAL, ROOMS, TITLE, palette, part, pixels, refusal, room

# --- parts that can't be used ------------------------------------------------------------------------------


def test_a_part_keeps_outlines_and_roles_alone() -> None:
    found = read_part(
        part(
            "<title>x</title><style>.leaf{fill:#00ff00}</style>"
            '<g class="wood"><path d="M0 0H10V10Z"/><circle class="leaf-shade" cx="5" cy="5" r="2"/></g>',
            'viewBox="0 0 40 20" data-foot="7 19"',
        ),
        "x.svg",
        "x",
    )
    assert [(shape.role, shape.tag, shape.geometry) for shape in found.shapes] == [
        ("wood", "path", ' d="M0 0H10V10Z"'),
        ("leaf-shade", "circle", ' cx="5" cy="5" r="2"'),
    ]
    assert (found.foot, found.view, found.roles) == ((7, 19), Box(0, 0, 40, 20), ("leaf", "wood"))
    assert read_part(part('<path class="leaf" d="M0 0H9V9Z"/>'), "x.svg", "x").foot == (50, 100)


@pytest.mark.parametrize(
    ("body", "vi", "en"),
    [
        ('<path d="M0 0H9V9Z"/>', "chưa có vai màu", "has no role"),
        ('<path class="leav" d="M0 0H9V9Z"/>', "Có phải là: leaf", "Did you mean: leaf"),
        ('<path class="leaf" fill="#ff0000" d="M0 0H9V9Z"/>', "có màu riêng (fill)", "its own colour (fill)"),
        ('<g style="fill:red"><path class="leaf" d="M0 0"/></g>', "màu riêng (style)", "colour (style)"),
        ('<path class="leaf" transform="scale(2)" d="M0 0H9Z"/>', "transform", "has a transform"),
        ('<path class="leaf" filter="x" d="M0 0H9Z"/>', "thuộc tính filter", "attribute filter"),
        ('<path class="leaf" d="M0 0 url(x)"/>', "không đọc được", "can't be read"),
        ('<path class="leaf"/>', "không đọc được", "can't be read"),
        ("<text>x</text>", "<text>", "<text>"),
        ('<image href="x.png"/>', "<image>", "<image>"),
        ("<script>x</script>", "<script>", "<script>"),
        ('<path class="leaf" onclick="x" d="M0 0H9Z"/>', "mã lệnh", "event handler"),
        ("<path", "viết sai", "not well-formed"),
        ("", "có 0 hình", "has 0 shapes"),
    ],
)
def test_what_is_no_part_is_refused_in_words(body: str, vi: str, en: str) -> None:
    told = refusal(part(body))
    assert vi in told[0]
    assert en in told[1]


@pytest.mark.parametrize("foot", ["1", "1 2 3", "x y", "30000 0"])
def test_a_foot_is_two_numbers(foot: str) -> None:
    body = '<path class="leaf" d="M0 0H9V9Z"/>'
    vi, en = refusal(part(body, f'viewBox="0 0 9 9" data-foot="{foot}"'))
    assert "phải là hai số" in vi
    assert "must be two numbers" in en


def test_a_part_has_16_kb_120_shapes_and_numbers_to_20_000() -> None:
    shape = '<path class="leaf" d="M0 0H9V9Z"/>'
    fits = part(shape + "<!--" + "x" * (PART_BYTES - len(part(shape)) - 7) + "-->")
    assert len(fits) == PART_BYTES
    assert read_part(fits, "x.svg", "x").shapes
    assert "16" in refusal(fits + b" ")[0]
    assert len(read_part(part(shape * MOST_SHAPES), "x.svg", "x").shapes) == MOST_SHAPES
    assert "121" in refusal(part(shape * (MOST_SHAPES + 1)))[1]
    far = f'<path class="leaf" d="M0 0H{FARTHEST_NUMBER:.0f}V9Z"/>'
    assert read_part(part(far), "x.svg", "x").shapes
    assert "can't be read" in refusal(part(far.replace("20000", "20001")))[1]


# --- scenes that can't be used ------------------------------------------------------------------------------


def told(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_scene(text.encode(), "scenes/mine.toml", "mine")
    return [f"{problem.where}: {problem.vi} | {problem.en}" for problem in caught.value.problems]


def test_a_malformed_scene_is_refused_in_words() -> None:
    assert "viết sai cú pháp TOML" in told("title = ")[0]
    part_told = '[[parts]]\npart = "sun"\n'
    assert parse_scene((TITLE + FOCAL + part_told).encode(), "x", "x").part_ids == ("sun",)
    (unknown,) = told(TITLE + FOCAL + part_told + "scal = 2\n")
    assert "parts[0].scal" in unknown
    assert "Có phải là: scale" in unknown
    (crossed,) = told(TITLE + FOCAL.replace("left = -9", "left = 9", 1) + part_told)
    assert "focal.wide: left phải nhỏ hơn right" in crossed
    assert "scenes/mine.toml: parts" in told(TITLE + FOCAL)[0]
    (deep,) = told(TITLE + FOCAL + part_told + "depth = 1.01\n")
    assert "không được quá 1" in deep


def test_a_scene_has_80_parts_at_most() -> None:
    one = '[[parts]]\npart = "sun"\n'
    assert parse_scene((TITLE + FOCAL + one * MOST_PLACED).encode(), "x", "x").placements
    (many,) = told(TITLE + FOCAL + one * (MOST_PLACED + 1))
    assert "không được quá 80 mục" in many


def mine(tmp_path: Path, parts: str, **drawings: str) -> Resources:
    folder = tmp_path / "scenes"
    (folder / "parts").mkdir(parents=True)
    (folder / "mine.toml").write_text(TITLE + FOCAL + parts, encoding="utf-8")
    for name, body in drawings.items():
        (folder / "parts" / f"{name}.svg").write_bytes(part(body))
    return Resources((tmp_path, bundled_root()))


def problems(resources: Resources) -> list[str]:
    with pytest.raises(InputError) as caught:
        scene_of(resources, "mine")
    return [f"{problem.where}: {problem.vi} | {problem.en}" for problem in caught.value.problems]


def test_what_a_scene_names_must_be_there(tmp_path: Path) -> None:
    parts = (
        '[[parts]]\npart = "suns"\n'
        '[[parts]]\npart = "shrub"\nroles = { lef = "green", leaf = "gren" }\ndown = "grund"\n'
        '[[parts]]\npart = "broken"\n'
    )
    found = problems(mine(tmp_path, parts, broken='<path d="M0 0"/>'))
    assert len(found) == 5
    assert found[0].startswith("scenes/mine.toml: parts[0].part: không có “suns”")
    assert "Did you mean: sun" in found[0]
    assert "parts[1].roles: không có “lef”" in found[1]
    assert "parts[1].roles.leaf: không có vai màu “gren”" in found[2]
    assert "Có phải là: green" in found[2]
    assert "parts[1].down: không có vai màu “grund”" in found[3]
    assert found[4].startswith("scenes/parts/broken.svg: ")


def test_an_unknown_scene_or_part_suggests_near_ones() -> None:
    for find, name, near in ((scene_of, "highlands", "highland"), (part_of, "areka", "areca")):
        with pytest.raises(InputError) as caught:
            find(project().resources, name)
        assert f"Did you mean: {near}" in str(caught.value)
    assert scene_file(project().resources, "highlands") is None
    assert part_file(project().resources, "../sun") is None


def test_a_campaigns_own_scene_and_part_come_first(tmp_path: Path) -> None:
    parts = '[[parts]]\npart = "sun"\n[[parts]]\npart = "own"\nx = 1\n'
    resources = mine(
        tmp_path, parts, own='<path class="leaf" d="M0 0H9V9Z"/>', sun='<path class="red" d="M0 0H1Z"/>'
    )
    assert "mine" in scene_ids(resources)
    assert part_of(resources, "sun").roles == ("red",)
    files = scene_files(resources, "mine")
    assert files == ["scenes/mine.toml", "scenes/parts/own.svg", "scenes/parts/sun.svg"]
    assert unused_parts(resources) == []
    (tmp_path / "scenes/parts/spare.svg").write_bytes(part('<path class="red" d="M0 0H1Z"/>'))
    assert unused_parts(resources) == ["spare"]


def test_an_edited_part_is_read_anew(tmp_path: Path) -> None:
    resources = mine(
        tmp_path, '[[parts]]\npart = "own"\nscale = 0.1\n', own='<path class="leaf" d="M0 0H9V9Z"/>'
    )
    place = SceneRoom(Box(0, 0, 90, 90))
    before = draw_scene(resources, "mine", palette=palette("digital"), room=place)
    (tmp_path / "scenes/parts/own.svg").write_bytes(part('<path class="red" d="M0 0H9V9H0Z"/>'))
    after = draw_scene(resources, "mine", palette=palette("digital"), room=place)
    assert before.markup != after.markup


def test_what_the_docs_show_works(tmp_path: Path) -> None:
    text = (ROOT / "docs/scenes.md").read_text(encoding="utf-8")
    (svg,) = re.findall(r"```svg\n(.*?)```", text, re.DOTALL)
    (toml,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    folder = tmp_path / "scenes"
    (folder / "parts").mkdir(parents=True)
    (folder / "parts/kite.svg").write_text(re.sub(r"^ {3}", "", svg, flags=re.MULTILINE), encoding="utf-8")
    (folder / "kites.toml").write_text(re.sub(r"^ {3}", "", toml, flags=re.MULTILINE), encoding="utf-8")
    resources = Resources((tmp_path, bundled_root()))
    for shape in ROOMS:
        result = draw_scene(resources, "kites", palette=palette("brocade"), room=room(shape))
        assert pixels(result.markup, shape)[..., 3].any()
    for role in {role for role in ROLES if not role.endswith(("-shade", "-light"))} | set(CLEAR):
        assert f"`{role}`" in text
