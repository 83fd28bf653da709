"""What a page may load and where it may send anything: its Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib

FIRST_SCRIPT = (
    '{const r=document.documentElement;r.classList.add("js");'
    'try{const l=localStorage.getItem("dxassets-look");if(l)r.dataset.look=l}catch{}}'
)
"""Runs before anything is drawn, so that a chosen light or dark look does not flash; allowed by its hash.

It says, too, that there is a script: what needs one is not shown without."""


def policy(page: str) -> str:
    """The policy of a page. The avatar page may connect nowhere, and load no picture from anywhere.

    So a photo leaves it neither by a request nor as the address of a picture. What no policy bars is
    following a link and loading another script of the site's own: the page does neither with a photo.

    Films are played on their own page alone, and only the site's own.

    ``file:`` stands beside 'self' because some browsers do not count the neighbours of a page that
    was opened from a folder as its own; a page from the web may never load a file, whatever this says.
    """
    own = "'self' file:"
    alone = page == "avatar.html"
    films = {"media-src": own} if page == "loops.html" else {}
    rules = {
        "default-src": "'none'",
        "script-src": f"{own} {_hash(FIRST_SCRIPT)}",
        "style-src": own,
        "img-src": "data: blob:" if alone else f"{own} data: blob:",
        **films,
        "font-src": "data:",
        "connect-src": "'none'" if alone else "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
