"""All that decides a QR card's bytes, beside the files it is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.jobs import LinkWords

QrFormat = Literal["png", "svg", "pdf"]


@dataclass(frozen=True, slots=True)
class QrSpec:
    """A QR code with its label and bare domain below it."""

    link: LinkWords
    phrases: tuple[str, ...]
    format: QrFormat
