"""The longest text of a code: taken on one side of the limit, told on the other, in every format and face."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import zxingcpp

from dxassets import InputError, Project, load_campaign, make_qr
from dxassets.addresses import MOST_CODED, ErrorCorrectionLevel
from dxassets.api.live import make_live
from dxassets.backends.qr import encode
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.errors import FitError
from tests.drawing_support import Pixels, page_pixels, read_picture, zxing_reads
from tests.server_support import Client, answering, built, hosted, problem_of

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

START = "https://a.vn/"
MOST = MOST_CODED["M"]
LONGEST = START + "a" * (MOST - len(START))
READ: dict[str, Callable[[bytes], Pixels]] = {
    "png": read_picture,
    "svg": lambda svg: svg_to_pixels(svg.decode()),
    "pdf": lambda pdf: page_pixels(pdf, 2400),
}


@pytest.mark.parametrize("level", MOST_CODED)
def test_the_largest_symbol_holds_just_that_many_bytes(level: ErrorCorrectionLevel) -> None:
    most = MOST_CODED[level]
    text = START + "a" * (most - len(START))
    matrix = encode(text, level)
    assert matrix.side == 177  # version 40
    pixels = np.where(np.pad(np.array(matrix.rows), 4).repeat(4, axis=0).repeat(4, axis=1), 0, 255)
    (found,) = zxingcpp.read_barcodes(pixels.astype(np.uint8))
    assert (found.text, found.ec_level) == (text, level)
    with pytest.raises(FitError) as caught:
        encode(text + "a", level)
    (problem,) = caught.value.problems
    assert f"dài {most + 1} byte" in problem.vi
    assert f"mức sửa lỗi {level}) chỉ chứa {most} byte" in problem.vi
    assert f"(error correction {level}) holds {most}" in problem.en


@pytest.mark.parametrize("suffix", READ)
def test_the_command_makes_the_longest_and_tells_the_limit_of_a_longer_one(
    dxassets: Run, suffix: str, tmp_path: Path
) -> None:
    file = tmp_path / f"a.{suffix}"
    told = dxassets("qr", LONGEST, "-o", file)
    assert told.code == 0, told.err
    assert zxing_reads(READ[suffix](file.read_bytes())) == [LONGEST]
    file.unlink()
    told = dxassets("qr", LONGEST + "a", "-o", file, "--lang", "en")
    assert told.code == 2
    assert f"takes {MOST + 1} bytes in a QR code" in told.err
    assert f"holds {MOST}" in told.err
    assert "Traceback" not in told.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", READ)
def test_the_api_tells_it_too(project: Project, suffix: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"holds {MOST}"):
        make_qr(LONGEST + "a", tmp_path / f"a.{suffix}")
    assert not list(tmp_path.iterdir())
    with pytest.raises(InputError, match=f"holds {MOST}"):
        make_live(project, "qr", {"url": START.replace("a.vn", "a.gov.vn") + "ế" * 258})


@pytest.fixture(scope="module")
def client() -> Generator[Client]:
    with answering(hosted(built()), io.StringIO()) as client:
        yield client


def test_the_server_tells_it_too(client: Client) -> None:
    start = "https://a.gov.vn/"  # 17 bytes; each ế takes nine
    taken = client.get("/api/v1/qr", params={"url": start + "ế" * 257})
    assert taken.status_code == 200
    assert zxing_reads(read_picture(taken.content)) == [start + "%E1%BA%BF" * 257]
    for file_format in READ:
        asked = {"url": start + "ế" * 258, "format": file_format, "lang": "en"}
        told = problem_of(client.get("/api/v1/qr", params=asked), 422)
        (error,) = told["errors"]
        assert error["parameter"] == "url"
        assert f"holds {MOST}" in error["detail"]
    assert client.get("/api/v1/qr", params={"url": start + "a" * 383}).status_code == 200
    problem_of(client.get("/api/v1/qr", params={"url": start + "a" * 384}), 400)


def test_a_build_codes_the_longest_link(copy: CampaignCopy, tmp_path: Path, dxassets: Run) -> None:
    copy.edit("https://dx.mic.gov.vn/", START + "ế" * 257)
    told = dxassets("build", copy.folder, "--kind", "qr", "--format", "svg", "--out", tmp_path / "out")
    assert told.code == 0, told.err
    (file,) = (tmp_path / "out").rglob("*handbook*.svg")
    link = load_campaign(copy.folder).campaign.links[2]
    assert zxing_reads(READ["svg"](file.read_bytes())) == [link.url]
