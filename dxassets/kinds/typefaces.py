"""Which of the brand's typefaces a kind is set in, as inputs of its jobs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from dxassets.brand import parse_brand
from dxassets.digest import digest
from dxassets.jobs import Digests
from dxassets.kinds.scope import FileDigests
from dxassets.resources import BRAND_FILE

Role = Literal["display", "text"]


def typeface_inputs(role: Role, files: FileDigests, *, cuts: Sequence[int] | Literal["all"] = ()) -> Digests:
    """The font files of a role, and which file is which weight; the rest of brand.toml is in the specs.

    A kind that sets no words in the spare family names its `cuts`: those nearest to some weights, or all.
    """
    brand = parse_brand(files.resources.read(BRAND_FILE).data, BRAND_FILE)
    face = brand.typefaces.text if role == "text" else brand.typefaces.display
    families = [face, *((face.spare,) if face.spare and not cuts else ())]
    said = [each for known in families for each in (known.family, sorted(known.files.items()))]
    told = json.dumps(said, ensure_ascii=False)
    own = face.files.values() if cuts == "all" else [face.files[str(face.nearest(each))] for each in cuts]
    fonts = files.read(f"brand/{name}" for name in (own or face.all_files))
    return (*fonts, (f"{BRAND_FILE}#typefaces.{role}", digest(told.encode())))
