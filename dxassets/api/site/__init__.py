"""The campaign's web site: what it offers is built, its pages are made, and all is laid into one folder."""

from dxassets.api.site.content import site_of
from dxassets.api.site.publishing import SITE_LIST, SiteReport, build_site
from dxassets.api.site.wishes import wishes_of
from dxassets.kinds.faces import SiteWanted

__all__ = [
    "SITE_LIST",
    "SiteReport",
    "SiteWanted",
    "build_site",
    "site_of",
    "wishes_of",
]
