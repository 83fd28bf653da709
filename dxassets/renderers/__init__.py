"""Renderers: `(job, resources) -> Rendered`, pure. They do not know each other.

Each kind's module is imported when its first asset is drawn: a QR code must not
wait for WeasyPrint.
"""

from __future__ import annotations

from importlib import import_module

from dxassets.jobs import Job, Kind, Rendered
from dxassets.resources import Resources

RENDERERS: dict[Kind, str] = {
    "banner": "dxassets.renderers.banner",
    "frame": "dxassets.renderers.frame",
    "qr": "dxassets.renderers.qrcode",
    "letter": "dxassets.renderers.letter",
}


def render(job: Job, resources: Resources) -> Rendered:
    """The finished bytes of a job, not yet checked; `AssetError` when it can't be made."""
    rendered: Rendered = import_module(RENDERERS[job.kind]).render(job, resources)
    return rendered
