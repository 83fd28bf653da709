"""The campaign's web site: what it offers is built, its pages are made, and all is laid into one folder."""

from dxassets.api.site.content import site_of
from dxassets.api.site.links import LinksMade, make_links
from dxassets.api.site.listing import SITE_LIST
from dxassets.api.site.published import PublishedReport, check_site
from dxassets.api.site.publishing import SiteReport, build_site
from dxassets.api.site.rules import SERVERS
from dxassets.api.site.wishes import wishes_of
from dxassets.kinds.faces import SiteWanted

__all__ = [
    "SERVERS",
    "SITE_LIST",
    "LinksMade",
    "PublishedReport",
    "SiteReport",
    "SiteWanted",
    "build_site",
    "check_site",
    "make_links",
    "site_of",
    "wishes_of",
]
