"""One word for one thing, and a map of all rooms that is as the rooms are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/words.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| word |", "| --- |"))
]
SPOKEN = {".html", ".j2", ".js", ".md", ".py", ".toml", ""}
"""Endings of files in which words are used; scripts in tools/ have none."""


def said() -> dict[str, str]:
    """Everything that we say, by file, but for the glossary itself."""
    places = ["campaigns", "docs", "dxassets", "templates", "tools"]
    files = [path for place in places for path in (ROOT / place).rglob("*") if path.is_file()]
    files += [ROOT / name for name in ("CONTRIBUTING.md", "README.md", "README.vi.md")]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in SPOKEN and path.name != "words.md" and "__pycache__" not in path.parts
    }


def test_a_word_stands_for_one_thing() -> None:
    words = [word.strip() for row in ROWS for word in row[0].split(",")]
    assert len(words) > 50
    assert len(words) == len(set(words))
    vietnamese = [row[1] for row in ROWS if row[1]]
    assert len(vietnamese) == len(set(vietnamese))
    assert unicodedata.normalize("NFC", PAGE) == PAGE


def test_words_that_are_not_used_are_used_nowhere() -> None:
    never = [word.strip() for row in ROWS if row[3] for word in row[3].split(",")]
    assert len(never) >= 5
    one_of_them = re.compile(rf"\b(?:{'|'.join(map(re.escape, never))})\b", re.IGNORECASE)
    found = {name: one_of_them.findall(text) for name, text in said().items() if one_of_them.search(text)}
    assert found == {}


def checked(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "tools/words", root, "--check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_map_is_as_the_rooms_are() -> None:
    assert checked(ROOT).stdout == ""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What the map is made of, to be changed."""
    shutil.copytree(
        ROOT / "dxassets", tmp_path / "dxassets", ignore=lambda _, names: [n for n in names if "cache" in n]
    )
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs/words.md", tmp_path / "docs")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert checked(tmp_path).returncode == 0
    return tmp_path


def test_map_misses_no_change(copy: Path) -> None:
    room = copy / "dxassets/digest.py"
    text = room.read_text(encoding="utf-8")
    room.write_text(text.replace("The one place", "A place"), encoding="utf-8")
    assert checked(copy).returncode == 1
    room.write_text(text, encoding="utf-8")
    (copy / "dxassets/store/attic.py").write_text('"""Keeps old things."""\n', encoding="utf-8")
    assert checked(copy).returncode == 1
    subprocess.run([sys.executable, ROOT / "tools/words", copy], check=True)
    assert "- `store/attic.py`: Keeps old things.\n" in (copy / "docs/words.md").read_text(encoding="utf-8")
    assert checked(copy).returncode == 0
    (copy / "dxassets/store/attic.py").unlink()
    assert checked(copy).returncode == 1


def test_a_room_that_does_not_say_what_it_is_for_is_told(copy: Path) -> None:
    (copy / "dxassets/store/attic.py").write_text("KEPT = 1\n", encoding="utf-8")
    told = checked(copy)
    assert told.returncode == 1
    assert "attic.py: a room without a word" in told.stderr
