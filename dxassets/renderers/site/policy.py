"""What a page may load and where it may send anything: its Content-Security-Policy."""

from __future__ import annotations

import base64
import hashlib

FIRST_SCRIPT = (
    'try{const l=localStorage.getItem("dxassets-look");if(l)document.documentElement.dataset.look=l}catch{}'
)
"""Runs before anything is drawn, so that a chosen light or dark look does not flash; allowed by its hash."""


def policy(page: str) -> str:
    """The policy of a page. The avatar page may connect nowhere: a photo can't leave it.

    ``file:`` stands beside 'self' because some browsers do not count the neighbours of a page that
    was opened from a folder as its own; a page from the web may never load a file, whatever this says.
    """
    own = "'self' file:"
    rules = {
        "default-src": "'none'",
        "script-src": f"{own} {_hash(FIRST_SCRIPT)}",
        "style-src": own,
        "img-src": f"{own} data: blob:",
        "font-src": "data:",
        "connect-src": "'none'" if page == "avatar" else "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
