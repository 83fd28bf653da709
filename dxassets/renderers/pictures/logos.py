"""Which logo an agency signs with.

The rule, and the only place that knows it:

1. the agency's own file, ``logos/<agency id>.svg`` or ``.png`` in the campaign's folder;
2. the file given with the command (``--logo``);
3. the first ``[[logos]]`` of brand.toml that names a file, below ``brand/``.

Every file that is used is read through before anything is made, so that a bad
one is told with everything else that is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dxassets.agencies import Agency
from dxassets.brand import Brand
from dxassets.errors import InputError, Problem
from dxassets.resources import GIVEN_LOGO, Resources, called

_SUFFIXES = ("svg", "png")


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
        if found is not None and found not in self._known:
            self._known[found] = found if self._is_good(found) else None
        return None if found is None else self._known[found]

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
