"""Which of the brand's typefaces a kind is set in, as inputs of its jobs."""

from __future__ import annotations

import json
from typing import Literal

from dxassets.brand import parse_brand
from dxassets.digest import digest
from dxassets.jobs import Digests
from dxassets.kinds.scope import FileDigests
from dxassets.resources import BRAND_FILE

Role = Literal["display", "text"]


def typeface_inputs(role: Role, files: FileDigests) -> Digests:
    """The font files of a role, and which file is which weight; the rest of brand.toml is in the specs."""
    brand = parse_brand(files.resources.read(BRAND_FILE).data, BRAND_FILE)
    face = brand.typefaces.text if role == "text" else brand.typefaces.display
    told = json.dumps([face.family, sorted(face.files.items())], ensure_ascii=False)
    fonts = files.read(f"brand/{name}" for name in face.files.values())
    return (*fonts, (f"{BRAND_FILE}#typefaces.{role}", digest(told.encode())))
