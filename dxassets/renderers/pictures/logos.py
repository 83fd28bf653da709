"""Which logo an agency signs with.

The rule, and the only place that knows it:

1. the agency's own file, ``logos/<agency id>.svg`` or ``.png`` in the campaign's folder;
2. the file given with the command (``--logo``);
3. the first ``[[logos]]`` of brand.toml that names a file, below ``brand/``.

A campaign's own mark, or a partner's, which stands on no picture and lies in the press kit, is
``logos/chien-dich.svg`` or ``.png`` in the campaign's folder, or the next ``[[logos]]`` of brand.toml.

Every file that is used is read through before anything is made, so that a bad
one is told with everything else that is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dxassets.agencies import Agency
from dxassets.brand import Brand
from dxassets.errors import InputError, Problem
from dxassets.logos import PngLogo
from dxassets.resources import GIVEN_LOGO, Resources, called

_SUFFIXES = ("svg", "png")
CAMPAIGN_LOGO = "logos/chien-dich"


@dataclass
class Logos:
    """Finds logos, and keeps what is wrong with them in `problems`."""

    brand: Brand
    resources: Resources
    problems: dict[str, Problem] = field(default_factory=dict[str, Problem])
    _known: dict[str, str | None] = field(default_factory=dict[str, "str | None"])

    def of(self, agency: Agency) -> str | None:
        """The name of the agency's logo among the resources; None when it has none, or a bad one."""
        names = [f"logos/{agency.id}.{suffix}" for suffix in _SUFFIXES] + [GIVEN_LOGO]
        found = next((name for name in names if self.resources.find(name) is not None), None)
        if found is None:
            found = next((f"brand/{slot.file}" for slot in self.brand.logos if slot.file), None)
        return self._good(found)

    def of_campaign(self, own: str | None) -> str | None:
        """The logo of the campaign or a partner, other than the issuer's `own`; None without a good one."""
        names = [f"{CAMPAIGN_LOGO}.{suffix}" for suffix in _SUFFIXES]
        names = [name for name in names if self.resources.find(name) is not None]
        names += [f"brand/{slot.file}" for slot in self.brand.logos if slot.file]
        return self._good(next((name for name in names if name != own), None))

    def suffix_of(self, name: str) -> str:
        """What a logo is by its bytes: a file that a command gives may be called anything."""
        from dxassets.backends.logo_reader import open_logo  # noqa: PLC0415  (libvips only where a logo is)

        logo = open_logo(self.resources.read(name).data, called(name)).logo
        return "png" if isinstance(logo, PngLogo) else "svg"

    def _good(self, name: str | None) -> str | None:
        if name is not None and name not in self._known:
            self._known[name] = name if self._is_good(name) else None
        return None if name is None else self._known[name]

    def _is_good(self, name: str) -> bool:
        from dxassets.backends.logo_reader import open_logo  # noqa: PLC0415  (libvips only where a logo is)

        try:
            open_logo(self.resources.read(name).data, called(name))
        except InputError as error:
            self.problems[name] = error.problems[0]
            return False
        return True

    def digest_of(self, name: str) -> tuple[str, str]:
        """The logo as an input of a job: its name and the SHA-256 of its bytes."""
        return name, self.resources.read(name).sha256
