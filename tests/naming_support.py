"""The page's way of setting a name, run in a browser beside Python's own; names that are made to hurt."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from dxassets.errors import FitError
from dxassets.renderers.site.bundling import bundle
from dxassets.renderers.site.lettering import tables_of
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.layout import Slot
from tests.drawing_support import ROOT, banner_job, layout, preset_ids, project, shaper

LEXICON = ROOT / "dxassets/lexicon"
NAMES = ROOT / "tests/data/naming.json"
NEAR = 0.01
"""Of a px or mm: as near as the page comes to Python in every size and place."""
Name = tuple[str, str]
_CHECK = """
import { inkOf, letteringOf, missingIn } from "./lettering.js";
import { setAgency } from "./naming.js";
import { breakCosts } from "./breaks.js";
import { lexiconOf } from "./seams.js";
let lettering, lexicon, phrases;
window.ready = (tables, words, said) => {
  lettering = letteringOf(...tables);
  lexicon = lexiconOf(...words);
  phrases = said;
};
const told = (line) => {
  const missing = missingIn(lettering, line);
  return missing.length ? missing : inkOf(lettering, line);
};
window.inks = (lines) => lines.map(told);
window.costs = (names) => names.map((name) => breakCosts(lexicon, name, phrases).costs);
window.set = (asked) => asked.map(([slot, names]) => {
  const found = setAgency(lettering, slot, names.map((name) => breakCosts(lexicon, name, phrases)));
  const lines = found?.lines.map(({ text, size, x, baseline }) => [text, size, x, baseline]);
  return found && { name: found.name, lines };
});
"""


@contextmanager
def page_that_names(browser: Browser) -> Generator[Page]:
    """A bare page with the modules that set names, and all that they need."""

    def source(name: str) -> str:
        return (
            _CHECK if name == "check.js" else (ROOT / "templates/site/js" / name).read_text(encoding="utf-8")
        )

    words = [(LEXICON / name).read_text(encoding="utf-8") for name in ("words.txt", "loose.txt")]
    page = browser.new_page()
    try:
        page.add_script_tag(content=bundle("check.js", source))
        page.evaluate(
            "([tables, words, phrases]) => ready(tables, words, phrases)",
            [list(tables_of(shaper().font(600))), words, list(project().campaign.phrases)],
        )
        yield page
    finally:
        page.close()


def told(slot: Slot) -> dict[str, Any]:
    """A slot as the page is told it."""
    box = slot.box
    return {
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "largest": slot.largest,
        "smallest": slot.smallest,
        "lines": slot.max_lines,
        "center": slot.center,
    }


@cache
def some_slots() -> tuple[Slot, ...]:
    """The different slots of every preset, in a theme set from the left and in one set on the middle."""
    made = [
        layout(banner_job(preset, theme, "10-10"))[0].slot
        for theme in ("digital", "formal")
        for preset in preset_ids()
    ]
    return tuple(dict.fromkeys(slot for slot in made if slot is not None))


def by_python(slot: Slot, names: Sequence[str]) -> dict[str, Any] | None:
    """What Python does with a name, as the page tells it."""
    for rank, name in enumerate(names):
        try:
            lines = set_agency(slot, (name,), shaper().measure, project().campaign.phrases)
        except FitError:
            continue
        return {"name": rank, "lines": [[line.text, line.size, line.x, line.baseline] for line in lines]}
    return None


def differences(
    asked: Sequence[tuple[Slot, Name]], answers: Iterable[dict[str, Any] | None]
) -> Iterator[str]:
    """Where the page's answers are not Python's."""
    for (slot, name), answer in zip(asked, answers, strict=True):
        mine = by_python(slot, name)
        if (answer is None) != (mine is None) or (answer and mine and not _alike(answer, mine)):
            yield f"{name} in {slot}: the page says {answer}, Python {mine}"


def _alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return (
        one["name"] == other["name"]
        and [line[0] for line in one["lines"]] == [line[0] for line in other["lines"]]
        and all(
            abs(here - there) < NEAR
            for line, twin in zip(one["lines"], other["lines"], strict=True)
            for here, there in zip(line[1:], twin[1:], strict=True)
        )
    )


def shared() -> dict[str, Any]:
    """The numbers that Python and the page share."""
    return json.loads(Path(NAMES).read_text(encoding="utf-8"))
