"""Which files each kind of asset is made from, and their digests: the key to what must be made again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dxassets._version import __version__
from dxassets.brand import Brand, Typeface
from dxassets.digest import digest
from dxassets.dispatch import annex_names, missing_annexes
from dxassets.errors import InputError, Problem
from dxassets.jobs import Kind
from dxassets.resources import Resources

Digests = tuple[tuple[str, str], ...]

_PACKAGE = Path(__file__).resolve().parent.parent
_FACES = frozenset({"api", "cli", "server", "__main__.py", "_bundled"})
_TOOLS = (
    "pyvips",
    "pyvips-binary",
    "uharfbuzz",
    "qrcode",
    "zxing-cpp",
    "weasyprint",
    "python-docx",
    "pillow",
    "jinja2",
    "markdown-it-py",
)


@cache
def tools() -> Digests:
    """The programs that decide an asset's bytes, with their versions; `engine` is this package's own code."""
    found = [("dxassets", __version__), ("engine", _engine())]
    for name in _TOOLS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # a kind that needs it says so when it is made
            found.append((name, "none"))
    return tuple(sorted(found))


def _engine() -> str:
    """One digest of all modules below the faces, and of the word list by which lines are broken.

    What the command line says changes no picture.
    """
    files = (*_PACKAGE.rglob("*.py"), *_PACKAGE.glob("lexicon/*.txt"))
    sources = {path.relative_to(_PACKAGE): path for path in files}
    listing = sorted(
        (name.as_posix(), digest(path.read_bytes()))
        for name, path in sources.items()
        if name.parts[0] not in _FACES
    )
    return digest(json.dumps(listing).encode())


@dataclass
class Inputs:
    """Digests of what each kind reads, worked out once for each kind and theme.

    A missing file is a problem, kept in `problems`: the planner tells them all.
    """

    brand: Brand
    resources: Resources
    dispatch: str
    problems: dict[str, Problem] = field(default_factory=dict[str, Problem])
    _known: dict[tuple[Kind, str | None], Digests] = field(
        default_factory=dict[tuple[Kind, str | None], Digests]
    )

    def of(self, kind: Kind, theme: str | None = None) -> Digests:
        """Names and SHA-256 of everything that an asset of that kind and theme is made from."""
        found = self._known.get((kind, theme))
        if found is None:
            found = self._known[kind, theme] = self._digests(kind, theme)
        return found

    def _digests(self, kind: Kind, theme: str | None) -> Digests:
        role = "text" if kind == "letter" else "display"
        face = self.brand.typefaces.text if kind == "letter" else self.brand.typefaces.display
        names = [f"brand/{name}" for name in face.all_files]
        if kind == "letter":
            names += self._letter_files()
        if kind == "qr":
            names.append("brand/brand.toml")  # its colours are the first theme's, which no job holds
        names += self._templates(kind, theme)
        # Which file is which weight is brand.toml's to say; the rest of that file is in the job itself.
        return tuple(sorted([*self._read(names), (f"brand/brand.toml#typefaces.{role}", _digest_of(face))]))

    def _templates(self, kind: Kind, theme: str | None) -> list[str]:
        """The kind's templates; of a banner's, the theme's own and the shared ones (which begin with `_`)."""
        names = self.resources.names(f"templates/{kind}", "")
        if kind != "banner":
            return names
        shared = [name for name in names if name.rpartition("/")[2].startswith("_")]
        return [*shared, f"templates/banner/{theme}.svg.j2"]

    def _letter_files(self) -> list[str]:
        """The dispatch and the annexes that it names."""
        if self.resources.find(self.dispatch) is None:
            return [self.dispatch]
        try:
            data = self.resources.read(self.dispatch).data
            annexes = annex_names(data, self.dispatch)
            missing = missing_annexes(data, self.dispatch, self.resources.data)
        except InputError as error:
            self.problems.update((problem.where, problem) for problem in error.problems)
            return [self.dispatch]
        self.problems.update((f"{problem.where} {problem.en}", problem) for problem in missing)
        return [self.dispatch, *(name for name in annexes if self.resources.find(name) is not None)]

    def _read(self, names: Iterable[str]) -> list[tuple[str, str]]:
        digests: list[tuple[str, str]] = []
        for name in dict.fromkeys(names):
            try:
                digests.append((name, self.resources.read(name).sha256))
            except InputError as error:
                self.problems.update((problem.where, problem) for problem in error.problems)
        return digests


def _digest_of(face: Typeface) -> str:
    families = [face, *((face.spare,) if face.spare else ())]
    said = [each for known in families for each in (known.family, sorted(known.files.items()))]
    return digest(json.dumps(said, ensure_ascii=False).encode())
