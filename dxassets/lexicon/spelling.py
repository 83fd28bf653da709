"""One spelling for syllables that are written in two ways."""

from __future__ import annotations

import re
from functools import lru_cache

_OLD_PLACES: dict[str, str] = dict(
    zip(
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        strict=True,
    )
)
"""The tone's two places in a syllable that ends in oa, oe or uy: “hoà” is “hòa”, “thuý” is “thúy”."""
_OPEN = re.compile(rf"(?<!q)({'|'.join(_OLD_PLACES)})$")
_LONG_I = re.compile("^(h|k|l|m|s|t|qu)([yỳýỷỹỵ])$")
"""“kỹ” is “kĩ”, “công ty” is “công ti”: both are taught, and both stand in official texts."""
_SHORT_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


@lru_cache(maxsize=16384)
def spelling_key(syllable: str) -> str:
    """`syllable` (NFC) in lower case and in one of its spellings: equal for “Hoà” and “hòa”."""
    small = syllable.lower().replace("’", "'")
    if "y" not in small[-1:] and small.isascii():
        return small
    small = _OPEN.sub(lambda found: _OLD_PLACES[found[1]], small)
    return _LONG_I.sub(lambda found: found[1] + found[2].translate(_SHORT_I), small)
