"""The campaign's pages and everything that they load: a frozen `Site` in, files out. Pure."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property, lru_cache
from typing import Any, Literal, get_args

from dxassets import notation
from dxassets.backends.templating import Templates, trusted_markup
from dxassets.backends.yunet import WEIGHTS
from dxassets.digest import digest
from dxassets.framing import LEAST_ZOOM, MOST_ZOOM
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.motifs import motif_of
from dxassets.renderers.site import drawing, filters
from dxassets.renderers.site.banner_page import (
    AGENCIES,
    ASKED_FOR,
    agencies_script,
    banner_data,
    banner_parts,
    ready_looks,
)
from dxassets.renderers.site.bundling import bundle
from dxassets.renderers.site.colors import page_colors
from dxassets.renderers.site.editions import DIGITS, WORKER, address, numbered, worker_of
from dxassets.renderers.site.first_screen import icons_of, web_manifest
from dxassets.renderers.site.goods import goods_of, pack_scripts
from dxassets.renderers.site.handing import handed, to_json
from dxassets.renderers.site.letter_page import blank_parts
from dxassets.renderers.site.model import Site, SiteShelf
from dxassets.renderers.site.naming import naming_files
from dxassets.renderers.site.policy import FIRST_SCRIPT, policy
from dxassets.renderers.site.report_page import BLANKS, CHART, UNITS, example_of, report_data, report_files
from dxassets.renderers.site.shelf_lists import shelf_list
from dxassets.renderers.site.texts import LANGS, SiteLang, read_texts
from dxassets.renderers.site.thumbs import thumbs_of
from dxassets.resources import Resources

PageName = Literal[
    "index.html", "banner.html", "avatar.html", "letter.html", "files.html", "duties.html", "loops.html",
    "report.html",
]  # fmt: skip
"""A page is called by its file."""
PAGES: tuple[PageName, ...] = get_args(PageName)
FOLDER = "templates/site"
AVATAR_SIDE = 1080
_MENU: tuple[PageName, ...] = ("index.html", "banner.html", "avatar.html", "letter.html", "duties.html")
"""The pages that each page leads to; films and forms are led to from the first page and the duties."""
_FONTS = {"text": "500", "display": "800"}


class SitePages:
    """Where one site's pages are made. Cheap to keep: a server makes pages of the same desk again."""

    def __init__(self, site: Site, resources: Resources, *, more: Mapping[str, bytes] | None = None) -> None:
        """`more` are assets of a server's own, by path."""
        self.site = site
        self.resources = resources
        self._more = dict(more or {})
        self._templates = Templates(
            lambda name: resources.read(f"templates/{name}").data.decode(),
            filters={
                "blank_parts": blank_parts,
                "by_dash": filters.by_dash,
                "capital": filters.capital,
                "drawn": trusted_markup,
                "filled": filters.filled,
                "long_date": notation.long_date,
                "phrased": filters.phrased,
                "said": filters.said,
                "short_date": notation.short_date,
                "symbols_whole": filters.symbols_whole,
                "weight": notation.weight,
            },
        )
        self._texts = {lang: read_texts(resources, lang) for lang in LANGS}

    def texts(self, lang: SiteLang) -> Mapping[str, Any]:
        """The pages' words in one language."""
        return self._texts[lang]

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """What pages load beside banners: style, scripts, icons, frames; by path."""
        files = {"site.css": self._style()}
        for name in sorted(set(map(_script, PAGES))):
            files[f"js/{name}.js"] = bundle(f"{name}.js", self._source).encode()
        files["js/faces.js"] = self._face_finder()
        files |= icons_of(self.site, shaper_of(self.resources))
        for frame in self.site.frames:
            files[f"frames/{frame.id}.js"] = handed("dxassetsFrame", frame.id, frame.svg)
        for name, sheet in thumbs_of(self.site.frames).items():
            files[f"thumbs/{name}.js"] = handed("dxassetsThumbs", name, sheet)
        for frame in self.site.plain_frames:  # for who has no script
            files[f"frames/{frame.id}.svg"] = frame.svg.encode()
        if self.site.bases:
            files["js/png.js"] = bundle("png.js", self._source).encode()
            files["js/drawing.js"] = bundle("drawn.js", self._source).encode()
        files |= naming_files(self.site, self.resources)
        files |= report_files(self.site)
        files |= pack_scripts(self.site, lambda name: bundle(name, self._source), self.resources)
        digests = {
            **self.site.digests,
            **{path: digest(data) for path, data in {**files, **self._more}.items()},
        }
        files |= goods_of(self.site, digests, {lang: self._texts[lang]["pack"] for lang in LANGS})
        files["manifest.webmanifest"] = web_manifest(self.site, files)
        return files

    @cached_property
    def lists(self) -> dict[str, bytes]:
        """What each agency has, by path."""
        shelves = [shelf for shelf in self.site.shelves if shelf.banners]
        return {f"{shelf.folder}/list.js": shelf_list(shelf, self.address) for shelf in shelves}

    @cached_property
    def agencies(self) -> bytes:
        """The script that tells the banner page who is on the list."""
        return agencies_script(self.site, self._ready)

    def _ready(self, shelf: SiteShelf) -> dict[str, str]:
        """Where an agency's ready-made banners lie and are listed, if it has any."""
        path = f"{shelf.folder}/list.js"
        if path not in self.lists:
            return {}
        return {"folder": shelf.folder, "list": address(path, digest(self.lists[path]))}

    def address(self, path: str) -> str:
        """The address of any file but a page: it changes with the file."""
        return address(path, self._digests[path])

    @cached_property
    def _digests(self) -> dict[str, str]:
        """The SHA-256 of each file that has an address, by path."""
        own = {**self.assets, **self._more}
        return {**self.site.digests, **{path: digest(data) for path, data in own.items()}}

    @cached_property
    def version(self) -> str:
        """Eight digits that change with any of the assets: browsers keep what they know by them."""
        return digest("".join(digest(data) for _, data in sorted(self.assets.items())).encode())[:8]

    def page(
        self,
        name: PageName,
        lang: SiteLang,
        *,
        live: Mapping[str, object] | None = None,
        template: str | None = None,
        script: str | None = None,
    ) -> str:
        """A page as HTML. A server gives its own `template` and `script`, and `live` to fill them with."""
        site, texts = self.site, self._texts[lang]
        here = page_path(name, lang)
        up = "../" * here.count("/")
        other: SiteLang = "en" if lang == "vi" else "vi"

        def at(path: str) -> str:
            return up + self.address(path)

        context: dict[str, object] = {
            "site": site,
            "page": _topic(name),
            "lang": lang,
            "t": texts,
            "up": up,
            "here": "" if here == "index.html" else here,
            "live": live,
            "shown": {_topic(each) for each in self.shown},
            "nav": [(_topic(each), each) for each in _MENU if self._leads_to(each)],
            "other_lang": other,
            "other_href": up + page_path(name, other),
            "at": at,
            "policy": policy(name),
            "first_script": trusted_markup(FIRST_SCRIPT),
            "version": self.version,
            "script": script or _script(name),
            "theme_color": site.theme.palette.ground[0],
            "share_picture": self._share_picture,
            "icon": self._icon_inside if name == "avatar.html" else up + self.address("icons/icon.svg"),
            "icon_mark": trusted_markup(self._brand_mark),
            "data": trusted_markup(to_json(self._data(name, lang))),
            **self._own(name),
        }
        return self._templates.render(template or f"site/{_topic(name)}.html.j2", context)

    def pages(self) -> dict[str, bytes]:
        """Every page in both languages, by path."""
        names = self.shown
        return {page_path(name, lang): self.page(name, lang).encode() for lang in LANGS for name in names}

    @property
    def shown(self) -> tuple[PageName, ...]:
        """The pages that the site has: one of duties where the campaign tells them."""
        site = self.site
        there = {
            "duties.html": bool(site.roles),
            "loops.html": bool(site.films),
            "report.html": site.forms is not None or site.chart is not None,
        }
        return tuple(name for name in PAGES if there.get(name, True))

    def _leads_to(self, name: PageName) -> bool:
        """Whether the menu has a page."""
        return name in self.shown and (name != "letter.html" or self.site.letter is not None)

    def files(self, pages: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
        """The whole site but for the pictures and documents that lie in it as they were built.

        A server has some `pages` of its own.
        """
        site = self.site
        files = numbered(
            {
                **self.assets,
                **self._more,
                **self.lists,
                AGENCIES: self.agencies,
                **self.pages(),
                **(pages or {}),
            },
            site.digests,
        )
        laid = [link.svg for link in site.links]
        laid += [file.path for file in (() if site.letter is None else site.letter.files)]
        files[WORKER] = worker_of(
            files,
            {path: site.digests[path] for path in laid},
            lists=() if site.first_shelf is None else (f"{site.first_shelf.folder}/list.js",),
            script=self._source("sw.js"),
        )
        return files

    # --- what pages are made of

    def _own(self, name: PageName) -> dict[str, object]:
        """What only one page needs."""
        site, shaper = self.site, shaper_of(self.resources)
        if name == "index.html":
            motifs = {day.id: motif_of(self.resources, day.motif) for day in site.days}
            first, last = (motifs[day.id] for day in (site.days[0], site.days[-1]))
            return {
                "hero_field": trusted_markup(drawing.field_svg(first, site.theme, width=640, height=360)),
                "hero_band": trusted_markup(drawing.band_svg(last, site.theme.palette, name="top")),
                "days": [
                    {
                        "day": day,
                        "theme": site.theme_of(day),
                        "mark": trusted_markup(drawing.mark_svg(day, site.theme_of(day), shaper)),
                        "field": trusted_markup(
                            drawing.field_svg(motifs[day.id], site.theme_of(day), width=420, height=260)
                        ),
                        "band": trusted_markup(
                            drawing.band_svg(motifs[day.id], site.theme_of(day).palette, name=day.id)
                        ),
                    }
                    for day in site.days
                ],
            }
        if name == "banner.html":
            return banner_parts(site)
        if name == "files.html":
            return {"looks": ready_looks(site)}
        if name == "report.html":
            return {"chart": CHART, "example": example_of(site)}
        if name == "avatar.html":
            return {"side": AVATAR_SIDE, "opening": site.frames[0].opening if site.frames else None}
        return {"document": site.letter.page if name == "letter.html" and site.letter else None}

    def _data(self, name: PageName, lang: SiteLang) -> dict[str, object]:
        """What the page's script is told."""
        texts = self._texts[lang]
        data: dict[str, object] = {"lang": lang, "digests": self._asked_for(name)}
        own = texts.get(_topic(name), {}).get("script", {})
        data["texts"] = {**texts["page"]["script"], **own}
        if name == "banner.html":
            data |= banner_data(self.site, lang, texts, self._ready)
        if name == "report.html" and self.site.forms is not None:
            data |= report_data(self.site.forms)
        if name == "avatar.html":
            data["openings"] = {
                frame.style: asdict(frame.opening) | {"edge": frame.edge} for frame in self.site.frame_styles
            }
            data["styles"] = {theme.id: theme.frame for theme in self.site.frame_themes}
            data["zooms"] = [LEAST_ZOOM, MOST_ZOOM]
            data["hasFrames"] = bool(self.site.frames)
            data["grounds"] = {theme.id: str(theme.palette.ground[0]) for theme in self.site.frame_themes}
        return data

    def _asked_for(self, name: PageName) -> dict[str, str]:
        """The digits of the files that a page's script asks for by itself."""
        starts = ("manifest.webmanifest", *(ASKED_FOR if name == "banner.html" else ()))
        if name == "report.html":
            starts = (*starts, BLANKS, UNITS)
        if name == "avatar.html":
            starts = ("frames/", "thumbs/", "js/faces.js")
        lists = {AGENCIES: digest(self.agencies)} if name == "banner.html" else {}
        return {
            path: sha[:DIGITS]
            for path, sha in {**self._digests, **lists}.items()
            if path in lists or (path.startswith(starts) and not path.endswith(".svg"))
        }

    @cached_property
    def _icon_inside(self) -> str:
        """The icon as an address that holds it whole: the avatar page loads no picture."""
        return f"data:image/svg+xml;base64,{b64encode(self.assets['icons/icon.svg']).decode()}"

    @cached_property
    def _brand_mark(self) -> str:
        day = self.site.days[0]
        return (
            drawing.icon_svg(day, self.site.theme, shaper_of(self.resources), rounding=0.22)
            .replace("<svg ", '<svg class="brand-mark" aria-hidden="true" focusable="false" ', 1)
            .replace(' id="g"', ' id="brand-ground"')
            .replace("url(#g)", "url(#brand-ground)")
        )

    @cached_property
    def _share_picture(self) -> str | None:
        """The picture that messengers show beside a link to the site."""
        shelf = self.site.first_shelf
        banners = () if shelf is None else shelf.banners
        wanted = [each for each in banners if each.preset == "share-1200x630" and each.shown]
        return self.address(wanted[0].shown) if wanted and wanted[0].shown else None

    def _style(self) -> bytes:
        looks = page_colors(self.site.theme.palette)
        return self._templates.render(
            "site/site.css.j2",
            {"looks": looks, "themes": self.site.shown_themes, "fonts": self._fonts()},
        ).encode()

    def _face_finder(self) -> bytes:
        """The script that finds faces, with the network's numbers and their licence."""
        licence = WEIGHTS.with_name("LICENSE").read_text(encoding="utf-8")
        numbers = b64encode(WEIGHTS.read_bytes()).decode()
        script = bundle("faces.js", self._source)
        return f'/*\n{licence}*/\nself.dxassetsNet = "{numbers}";\n{script}'.encode()

    def _source(self, name: str) -> str:
        return self.resources.read(f"{FOLDER}/js/{name}").data.decode()

    def _fonts(self) -> dict[str, str]:
        """The two typefaces as addresses that hold them whole."""
        faces = self.site.brand.typefaces.display.files
        return {
            name: _woff2(self.resources.read(f"brand/{_nearest(faces, weight)}").data)
            for name, weight in _FONTS.items()
        }


def page_path(name: PageName, lang: SiteLang) -> str:
    """Where a page lies: Vietnamese at the root, English below `en/`."""
    return name if lang == "vi" else f"{lang}/{name}"


def _topic(name: PageName) -> str:
    """What a page is about, as its template and its table of texts are called."""
    return "home" if name == "index.html" else name.removesuffix(".html")


def _script(name: PageName) -> str:
    """The script of a page; some need none of their own."""
    return "page" if name in {"index.html", "files.html", "duties.html"} else _topic(name)


def _nearest(faces: Mapping[str, str], weight: str) -> str:
    """The face of that weight, or the one nearest to it."""
    return faces[min(faces, key=lambda each: (abs(int(each) - int(weight)), each))]


@lru_cache(maxsize=4)
def _woff2(font: bytes) -> str:
    from dxassets.backends.web_fonts import to_woff2  # noqa: PLC0415  (fontTools is slow to load)

    return f"data:font/woff2;base64,{b64encode(to_woff2(font)).decode()}"
