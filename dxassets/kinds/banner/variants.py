"""The forms in which one banner is made beside its plain one: twice as dense, or as the workshop's proof."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.kinds.banner.spec import PageKind
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
        proof = "-proof" if self.page == "proof" else ""
        return f"{proof}@{self.scale}x" if self.scale != 1 else proof


PLAIN = Variant()


def variants_of(
    preset: Preset, file_format: Format, *, marks: bool, proof: bool, scale: int
) -> tuple[Variant, ...]:
    """The forms to make: marks are for print pages, proofs for large ones, density for web pictures."""
    if file_format == "pdf":
        page: PageKind = "marks" if marks and preset.medium == "print" else "plain"
        proofs = (Variant(page="proof"),) if proof and preset.finishing is not None else ()
        return (Variant(page=page), *proofs)
    if preset.medium == "web" and file_format in RASTER_FORMATS and scale != 1:
        return (PLAIN, Variant(scale=scale))
    return (PLAIN,)
