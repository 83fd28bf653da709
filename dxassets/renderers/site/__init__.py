"""The campaign's web pages: plain data in (`Site`), HTML, style and scripts out. A server uses it, too."""

from dxassets.renderers.site.letter_page import LetterPage, letter_page
from dxassets.renderers.site.model import (
    Site,
    SiteBanner,
    SiteBase,
    SiteCalendar,
    SiteChart,
    SiteDuty,
    SiteFile,
    SiteFilm,
    SiteForms,
    SiteFrame,
    SiteLetter,
    SiteLink,
    SitePapers,
    SitePrint,
    SiteRole,
    SiteShelf,
    SiteUnit,
)
from dxassets.renderers.site.pages import PAGES, PageName, SitePages, page_path
from dxassets.renderers.site.policy import policy
from dxassets.renderers.site.texts import LANGS, SiteLang

__all__ = [
    "LANGS",
    "PAGES",
    "LetterPage",
    "PageName",
    "Site",
    "SiteBanner",
    "SiteBase",
    "SiteCalendar",
    "SiteChart",
    "SiteDuty",
    "SiteFile",
    "SiteFilm",
    "SiteForms",
    "SiteFrame",
    "SiteLang",
    "SiteLetter",
    "SiteLink",
    "SitePages",
    "SitePapers",
    "SitePrint",
    "SiteRole",
    "SiteShelf",
    "SiteUnit",
    "letter_page",
    "page_path",
    "policy",
]
