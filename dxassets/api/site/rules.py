"""Ready rules for the web server that shows the site: what it says of caches and of kinds of files."""

from __future__ import annotations

from dxassets.resources import Resources

SERVERS = {"apache": ".htaccess", "iis": "web.config", "nginx": "nginx.conf"}
"""Web servers, and the file in which each finds its rules; nginx must be told to include it."""
_FOLDER = "templates/site/rules"


def rules_of(server: str, resources: Resources) -> dict[str, bytes]:
    """The file of rules for one of `SERVERS`, by its path in the site."""
    name = SERVERS[server]
    return {name: resources.read(f"{_FOLDER}/{name.removeprefix('.')}").data}
