"""What a photo's file tells of its colours: a profile, or the numbers of ITU-T H.273, or PNG's own chunks."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from dxassets.backends.heif_boxes import read_heif
from dxassets.backends.icc_profiles import BT2020, DISPLAY_P3, SRGB, SRGB_CURVE, Primaries, rgb_profile
from dxassets.backends.photo_limits import MOST_PARTS
from dxassets.backends.tone_mapping import USUAL_PEAK, HdrLight, HdrTransfer

_PRIMARIES = {
    4: ("BT.470 M", Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316))),
    5: ("BT.601, 625 lines", Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06))),
    6: ("BT.601, 525 lines", Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070))),
    9: ("BT.2020", BT2020),
    11: ("DCI-P3", Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351))),
    12: ("Display P3", DISPLAY_P3),
}
"""Code points of ITU-T H.273, table 2; others are taken for sRGB."""
_TRANSFERS: dict[int, HdrTransfer] = {16: "pq", 18: "hlg"}
"""HDR's code points of ITU-T H.273, table 3."""
_CURVES = {4: (2.2,), 5: (2.8,), 8: (1.0,)}
"""Those that are a gamma alone; all others are taken for sRGB's curve, as viewers do."""
_CURVES_IN_PNG = _CURVES | dict.fromkeys((1, 6, 14, 15), (2.4,))
"""In a PNG browsers take video's numbers for a studio screen (ITU-R BT.1886); elsewhere for sRGB's curve."""
_GAMMA_OF_SRGB = 45_455
"""As a PNG has it, times 100,000."""
_SAME_GAMMA = 0.05
"""How far, in shares, a gamma may lie from that and still be taken for it, as in libpng."""


@dataclass(frozen=True, slots=True)
class ColorSignal:
    """How colours are meant: by an ICC profile, or as HDR; neither: sRGB."""

    profile: bytes | None = None
    light: HdrLight | None = None


def signal_of(data: bytes, file_format: str, profile: bytes | None) -> ColorSignal:
    """What a file tells; `profile` is the ICC profile in it.

    In a PNG numbers go before the profile (PNG, third edition, 13.14), elsewhere only numbers of HDR do.
    """
    if file_format == "png":
        return _of_png(data, profile)
    said = _of_boxes(data) if file_format in {"heif", "avif"} else ColorSignal()
    return said if said.light is not None or not profile else _of_profile(profile)


def _of_profile(profile: bytes) -> ColorSignal:
    """A profile, which may say by numbers that it is HDR's (ICC.1, version 4.4, 9.2.17)."""
    count = int.from_bytes(profile[128:132], "big")
    for at in range(132, min(132 + 12 * count, len(profile) - 11), 12):
        if profile[at : at + 4] == b"cicp":
            begin = int.from_bytes(profile[at + 4 : at + 8], "big") + 8
            said = _coded(profile[begin : begin + 4], None)
            if said.light is not None:
                return said
    return ColorSignal(profile)


def _coded(
    numbers: bytes, peak: float | None, *, curves: Mapping[int, tuple[float, ...]] = _CURVES
) -> ColorSignal:
    """Colours by the numbers of primaries and transfer, a byte each."""
    if len(numbers) < 2:
        return ColorSignal()
    name, primaries = _PRIMARIES.get(numbers[0], ("sRGB", SRGB))
    transfer = _TRANSFERS.get(numbers[1])
    if transfer is not None:
        return ColorSignal(light=HdrLight(transfer, primaries, peak or USUAL_PEAK))
    curve = curves.get(numbers[1], SRGB_CURVE)
    if primaries is SRGB and curve is SRGB_CURVE:
        return ColorSignal()
    return ColorSignal(rgb_profile(name, primaries, curve=curve))


# --- PNG ----------------------------------------------------------------------------------------------


def _of_png(data: bytes, profile: bytes | None) -> ColorSignal:
    chunks = _chunks(data)
    numbers = chunks.get(b"cICP")
    if numbers is not None:
        peak = _peak(chunks.get(b"cLLI"), chunks.get(b"mDCV"), scale=10_000)
        return _coded(numbers, peak, curves=_CURVES_IN_PNG)
    if profile:
        return _of_profile(profile)
    if b"sRGB" in chunks:
        return ColorSignal()
    return _measured(chunks.get(b"gAMA", b""), chunks.get(b"cHRM", b""))


def _measured(gamma: bytes, colors: bytes) -> ColorSignal:
    """Colours by the gamma and the chromaticities of a screen (PNG, third edition, 11.3.2).

    As browsers have it: chromaticities without a gamma count for nothing, and a gamma of about 1/2.2
    without chromaticities is what programs write that mean sRGB.
    """
    power = int.from_bytes(gamma, "big") if len(gamma) == 4 else 0
    if not power or (abs(power / _GAMMA_OF_SRGB - 1) <= _SAME_GAMMA and len(colors) != 32):
        return ColorSignal()
    curve = (1e5 / power,)
    if len(colors) != 32:
        return ColorSignal(rgb_profile("PNG", SRGB, curve=curve))
    numbers = [each / 1e5 for each in struct.unpack(">8I", colors)]
    white, red, green, blue = zip(numbers[::2], numbers[1::2], strict=True)
    if 0 in {white[1], red[1], green[1], blue[1]}:
        return ColorSignal()
    return ColorSignal(rgb_profile("PNG", Primaries(red, green, blue, white), curve=curve))


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """The first chunk of each kind before the picture."""
    found: dict[bytes, bytes] = {}
    at = 8
    for _ in range(MOST_PARTS):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind in {b"IDAT", b""}:
            break
        if length <= 32:
            found.setdefault(kind, data[at + 8 : at + 8 + length])
        else:
            found.setdefault(kind, b"")
        at += 12 + length
    return found


# --- HEIF and AVIF ------------------------------------------------------------------------------------


def _of_boxes(data: bytes) -> ColorSignal:
    """Colours by the numbers that a HEIF or AVIF tells of its picture (ISO/IEC 14496-12, 12.1.5)."""
    said = _properties(data)
    numbers = next((body[4:] for kind, body in said if kind == b"colr" and body[:4] == b"nclx"), b"")
    if not said:  # a sequence of pictures keeps them elsewhere
        at = data.find(b"colrnclx")
        numbers = data[at + 8 : at + 12] if at >= 0 else b""
    first = dict(reversed(said))
    told = _coded(numbers[1:4:2], _peak(first.get(b"clli"), first.get(b"mdcv"), scale=1))
    if told.light is not None or not first.get(b"colr", b"").startswith((b"prof", b"rICC")):
        return told
    return _of_profile(first[b"colr"][4:])


def _properties(data: bytes) -> list[tuple[bytes, bytes]]:
    """What is said of the picture that a file shows, then of its first tile."""
    found = read_heif(data)
    if found is None:
        return []
    try:
        shown = found.primary
        tile = found.item(shown.tiles[0]).properties if shown.tiles else ()
    except LookupError:
        return []
    return [*shown.properties, *tile]


def _peak(content: bytes | None, screen: bytes | None, *, scale: int) -> float | None:
    """Cd/m² of the brightest place, or of the screen that the photo was made for; None when neither tells."""
    if content:
        wide = 4 if scale > 1 else 2
        told = int.from_bytes(content[:wide], "big") / scale
        if told > 0:
            return told
    if screen and len(screen) >= 20:
        told = int.from_bytes(screen[16:20], "big") / 10_000
        return told if told > 0 else None
    return None
