"""A loop read by a browser: what somebody sees is what was drawn, from the first frame to the last."""

from __future__ import annotations

import io
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dxassets.api import Wanted, load_campaign, plan
from dxassets.kinds.loop.render import RenderedLoop
from dxassets.kinds.registry import render
from tests.site_support import CHROMIUM, chromium, served

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
SIZE = "720x360"
"""The smallest loop with a code."""
NOISE = 1.5
"""Mean difference of two frames that are the same but for the codec, of 256 levels.

Measured: 0.8; of a frame from between, 4.7."""
_FRAMES = """async ([address, times]) => {
  const film = document.createElement("video");
  film.muted = true;
  film.src = URL.createObjectURL(await (await fetch(address)).blob()); // so that it can be sought in
  await new Promise((ready, failed) => {
    [film.onloadeddata, film.onerror] = [ready, () => failed(film.error.message)];
  });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
  const shots = [];
  document.body.append(film);
  for (const share of times) {
    await new Promise((there) => { // the frame itself, not the word that it was found
      film.requestVideoFrameCallback(there);
      film.currentTime = share * film.duration + 1e-3;
    });
    canvas.getContext("2d").drawImage(film, 0, 0);
    shots.push(canvas.toDataURL("image/png"));
  }
  return [film.duration, shots];
}"""


@dataclass(frozen=True)
class Seen:
    """A loop, how long a browser says that it lasts, and frames that it showed."""

    loop: RenderedLoop
    duration: float
    first: NDArray[np.uint8]
    middle: NDArray[np.uint8]
    last: NDArray[np.uint8]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Frames of a film as Chromium decodes and shows them."""
    project, folder = load_campaign(), tmp_path_factory.mktemp("loop")
    wanted = Wanted(days=("10-10",), themes=("digital",), sizes=(SIZE,), kinds=("loop",), formats=("mp4",))
    (job,) = plan(project, wanted).jobs
    loop = render(job, project.resources)
    assert isinstance(loop, RenderedLoop)
    (folder / "loop.mp4").write_bytes(loop.data)
    (folder / "index.html").write_text("<!DOCTYPE html><title>x</title>", encoding="utf-8")
    with served(folder) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        # a thirtieth of a second before the end stands the last frame
        shares = [0.25, 0.0, 1 - 0.5 / 30 / loop.total]
        duration, shots = page.evaluate(_FRAMES, ["loop.mp4", shares])
    middle, first, last = map(pixels_of, shots)
    return Seen(loop, duration, first, middle, last)


def pixels_of(address: str) -> NDArray[np.uint8]:
    picture = Image.open(io.BytesIO(b64decode(address.partition(",")[2]))).convert("RGB")
    return np.asarray(picture)


def apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean difference of two pictures."""
    return float(np.abs(one.astype(int) - other).mean())


def test_a_browser_shows_the_last_frame_as_the_first_and_others_in_between(seen: Seen) -> None:
    assert seen.first.shape == (360, 720, 3)
    assert seen.duration == pytest.approx(seen.loop.total, abs=0.05)
    assert apart(seen.first, seen.last) < NOISE
    assert apart(seen.first, seen.middle) > 2 * NOISE


def test_what_a_browser_shows_first_is_the_still_in_its_colours(seen: Seen) -> None:
    assert seen.loop.preview is not None
    still = Image.open(io.BytesIO(seen.loop.preview())).convert("RGB")
    small = Image.fromarray(seen.first).resize(still.size, Image.Resampling.BOX)
    # of the levels of a colour a player may be off by a few; a wrong matrix or range is off by a dozen
    means = [np.asarray(each).reshape(-1, 3).mean(axis=0) for each in (still, small)]
    assert np.abs(means[0] - means[1]).max() < 4


@pytest.mark.parametrize("when", ["first", "middle", "last"])
def test_another_reader_reads_the_code_in_what_a_browser_shows(seen: Seen, when: str) -> None:
    frame: Any = cv2.cvtColor(getattr(seen, when), cv2.COLOR_RGB2GRAY)
    said, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.resize(frame, None, fx=3, fy=3))
    assert said == seen.loop.facts.codes[0].payload
