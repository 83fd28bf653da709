"""All that decides a signature's bytes, beside the picture that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SignatureFormat = Literal["html", "eml", "txt"]


@dataclass(frozen=True, slots=True)
class SignatureSpec:
    """A signature: `lines` are set above the agency's name, `size` is the picture's (px).

    `day` is the id of the day in whose picture and words it is, `called` what people call that day: two
    days may say the same. `address` is where the picture lies on the web; None where it is held in the file.
    `how_to` is the guide instead of a signature.
    """

    format: SignatureFormat
    agency: str
    lines: tuple[str, ...]
    slogan: str
    label: str
    domain: str
    url: str | None
    size: tuple[int, int]
    address: str | None
    lang: str
    day: str
    called: str
    how_to: bool = False
