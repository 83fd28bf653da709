"""The forms in which one banner is made: plain, twice as dense, as the workshop's proof, without a name."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.kinds.banner.spec import PageKind
from dxassets.kinds.scope import Wanted
from dxassets.presets import Format, Preset

SCALES = (1, 2)
RASTER_FORMATS: tuple[Format, ...] = ("png", "jpg", "webp", "avif")


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a banner; what tells its file from the plain one is `suffix`."""

    scale: int = 1
    page: PageKind = "plain"

    @property
    def suffix(self) -> str:
        """The end of the file's name, before the dot. Marks have none: they are switched on and off."""
        told = f"-{self.page}" if self.page in {"proof", "nameless"} else ""
        return f"{told}@{self.scale}x" if self.scale != 1 else told


PLAIN = Variant()


def variants_of(preset: Preset, file_format: Format, wish: Wanted) -> tuple[Variant, ...]:
    """The forms to make: marks are for print pages, proofs for large ones, density for web pictures."""
    marks, proof, scale = wish.marks, wish.proof, wish.scale
    if wish.nameless:
        is_page = file_format == "pdf" and preset.medium == "print"
        return (Variant(page="nameless"),) if is_page else ()
    if file_format == "pdf":
        page: PageKind = "marks" if marks and preset.medium == "print" else "plain"
        proofs = (Variant(page="proof"),) if proof and preset.finishing is not None else ()
        return (Variant(page=page), *proofs)
    if preset.medium == "web" and file_format in RASTER_FORMATS and scale != 1:
        return (PLAIN, Variant(scale=scale))
    return (PLAIN,)
