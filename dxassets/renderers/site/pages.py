"""The campaign's pages and everything that they load: a frozen `Site` in, files out. Pure."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property, lru_cache
from typing import Any, Literal, get_args

from dxassets import notation
from dxassets.backends import rasterizer
from dxassets.backends.templating import Templates, trusted_markup
from dxassets.digest import digest
from dxassets.framing import LEAST_ZOOM, MOST_ZOOM
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.motifs import motif_of
from dxassets.renderers.site import drawing, filters
from dxassets.renderers.site.bundling import bundle
from dxassets.renderers.site.colors import page_colors
from dxassets.renderers.site.letter_page import blank_parts
from dxassets.renderers.site.model import Site, SiteBanner, SiteShelf
from dxassets.renderers.site.policy import FIRST_SCRIPT, policy
from dxassets.renderers.site.texts import LANGS, SiteLang, read_texts
from dxassets.resources import Resources
from dxassets.vietnamese import fold

PageName = Literal["index.html", "banner.html", "avatar.html", "letter.html"]
"""A page is called by its file."""
PAGES: tuple[PageName, ...] = get_args(PageName)
FOLDER = "templates/site"
AVATAR_SIDE = 1080
_FONTS = {"text": "500", "display": "800"}
_MEDIA = ("web", "social", "screen", "print")


class SitePages:
    """Where one site's pages are made. Cheap to keep: a server makes pages of the same desk again."""

    def __init__(self, site: Site, resources: Resources) -> None:
        self.site = site
        self.resources = resources
        self._templates = Templates(
            lambda name: resources.read(f"templates/{name}").data.decode(),
            filters={
                "blank_parts": blank_parts,
                "by_dash": filters.by_dash,
                "capital": filters.capital,
                "drawn": trusted_markup,
                "filled": filters.filled,
                "long_date": notation.long_date,
                "outline": filters.outline,
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
        for name in sorted(map(_script, PAGES)):
            files[f"js/{name}.js"] = bundle(f"{name}.js", self._source).encode()
        files |= self._icons()
        for frame in self.site.frames:
            files[f"frames/{frame.id}.js"] = _call("dxassetsFrame", frame.id, frame.svg)
        return files

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
        context: dict[str, object] = {
            "site": site,
            "page": _topic(name),
            "lang": lang,
            "t": texts,
            "up": up,
            "here": "" if here == "index.html" else here,
            "live": live,
            "nav": [(_topic(each), each) for each in PAGES if each != "letter.html" or site.letter],
            "other_lang": other,
            "other_href": up + page_path(name, other),
            "policy": policy(name),
            "first_script": trusted_markup(FIRST_SCRIPT),
            "version": self.version,
            "script": script or _script(name),
            "theme_color": site.theme.palette.ground[0],
            "share_picture": self._share_picture,
            "icon": self._icon_inside if name == "avatar.html" else f"{up}icons/icon.svg",
            "icon_mark": trusted_markup(self._brand_mark),
            "data": trusted_markup(_json(self._data(name, lang))),
            **self._own(name),
        }
        return self._templates.render(template or f"site/{_topic(name)}.html.j2", context)

    def pages(self) -> dict[str, bytes]:
        """Every page in both languages, by path."""
        return {page_path(name, lang): self.page(name, lang).encode() for lang in LANGS for name in PAGES}

    def shelf_list(self, shelf: SiteShelf) -> bytes:
        """The script that tells the banner page what one agency has.

        Texts are told once and then called by their number: looks differ, words seldom do. `start` is the
        text with which the names of a banner's files begin, left out in them and ``{}`` in its embed code.
        """
        words: dict[str, int] = {}

        def number(text: str | None) -> int | None:
            return None if text is None else words.setdefault(text, len(words))

        def entry(banner: SiteBanner) -> dict[str, object]:
            path = banner.files[0].path
            start = path[len(shelf.folder) + 1 : path.rindex(banner.preset)]
            left_out = len(shelf.folder) + 1 + len(start)
            return {
                "day": banner.day,
                "theme": banner.theme,
                "preset": banner.preset,
                "start": number(start),
                "alt": number(banner.alt),
                "embed": number(banner.embed and banner.embed.replace(start, "{}")),
                "picture": banner.shown and banner.shown[left_out:],
                "files": {file.path[left_out:]: file.bytes for file in banner.files},
            }

        banners = [entry(banner) for banner in shelf.banners]
        return _call("dxassetsShelf", shelf.agency.id, {"words": list(words), "banners": banners})

    def files(self) -> dict[str, bytes]:
        """The whole site but for the pictures and documents that lie in it as they were built."""
        files = {**self.assets, **self.pages()}
        for shelf in self.site.shelves:
            files[f"{shelf.folder}/list.js"] = self.shelf_list(shelf)
        files["manifest.webmanifest"] = self._web_manifest()
        files["sw.js"] = self._service_worker(files)
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
                "hero_band": trusted_markup(drawing.band_svg(last, site.theme.palette)),
                "days": [
                    {
                        "day": day,
                        "theme": site.theme_of(day),
                        "mark": trusted_markup(drawing.mark_svg(day, site.theme_of(day), shaper)),
                        "field": trusted_markup(
                            drawing.field_svg(motifs[day.id], site.theme_of(day), width=420, height=260)
                        ),
                        "band": trusted_markup(drawing.band_svg(motifs[day.id], site.theme_of(day).palette)),
                    }
                    for day in site.days
                ],
            }
        if name == "banner.html":
            return {
                # what somebody would type for an agency that is on this very list
                "hint": fold((site.shelves[-1].agency if site.shelves else site.campaign.issuer).short_name),
                "media": [
                    (medium, chosen)
                    for medium in _MEDIA
                    if (chosen := [preset for preset in site.used_presets if preset.medium == medium])
                ],
            }
        if name == "avatar.html":
            return {"side": AVATAR_SIDE, "opening": site.opening}
        return {"document": None if site.letter is None else site.letter.page}

    def _data(self, name: PageName, lang: SiteLang) -> dict[str, object]:
        """What the page's script is told."""
        texts = self._texts[lang]
        data: dict[str, object] = {"lang": lang}
        own = texts.get(_topic(name), {}).get("script", {})
        data["texts"] = {**texts["page"]["script"], **own}
        if name == "banner.html":
            data["agencies"] = [
                {
                    "id": shelf.agency.id,
                    "name": shelf.agency.name,
                    "folder": shelf.folder,
                    "search": shelf.search,
                }
                for shelf in self.site.shelves
            ]
            first = self.site.first_shelf
            data["first"] = None if first is None else first.agency.id
            data["presets"] = {
                preset.id: {
                    "title": filters.said(preset.title, lang),
                    "width": preset.width,
                    "height": preset.height,
                    "unit": preset.unit,
                }
                for preset in self.site.used_presets
            }
            data["sizes"] = texts["sizes"]
            data["spoken"] = self.site.campaign.lang
        if name == "avatar.html":
            data["opening"] = None if self.site.opening is None else asdict(self.site.opening)
            data["zooms"] = [LEAST_ZOOM, MOST_ZOOM]
            data["frames"] = {frame.id: frame.alt for frame in self.site.frames}
            data["grounds"] = {theme.id: str(theme.palette.ground[0]) for theme in self.site.frame_themes}
        return data

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
        return wanted[0].shown if wanted else None

    def _style(self) -> bytes:
        looks = page_colors(self.site.theme.palette)
        return self._templates.render(
            "site/site.css.j2",
            {"looks": looks, "themes": self.site.brand.themes, "fonts": self._fonts()},
        ).encode()

    def _source(self, name: str) -> str:
        return self.resources.read(f"{FOLDER}/js/{name}").data.decode()

    def _fonts(self) -> dict[str, str]:
        """The two typefaces as addresses that hold them whole."""
        faces = self.site.brand.typefaces.display.files
        return {
            name: _woff2(self.resources.read(f"brand/{_nearest(faces, weight)}").data)
            for name, weight in _FONTS.items()
        }

    def _icons(self) -> dict[str, bytes]:
        day, theme, shaper = self.site.days[0], self.site.theme, shaper_of(self.resources)
        round_one = drawing.icon_svg(day, theme, shaper, rounding=0.22)
        whole = drawing.icon_svg(day, theme, shaper, rounding=0.0)
        return {
            "icons/icon.svg": round_one.encode(),
            "icons/icon-180.png": _png(whole, 180),
            "icons/icon-192.png": _png(round_one, 192),
            "icons/icon-512.png": _png(round_one, 512),
            "icons/maskable-512.png": _png(whole, 512),
        }

    def _web_manifest(self) -> bytes:
        site = self.site
        document = {
            "name": site.campaign.title,
            "short_name": site.days[0].label,
            "lang": self.site.campaign.lang,
            "start_url": "./index.html",
            "scope": "./",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": str(site.theme.palette.ground[0]),
            "icons": [
                {"src": "icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
                {"src": "icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
                {
                    "src": "icons/maskable-512.png",
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "maskable",
                },
            ],
        }
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

    def _service_worker(self, files: Mapping[str, bytes]) -> bytes:
        """The worker that keeps pages, style, scripts and frames for times without a network."""
        first = self.site.first_shelf
        own_list = None if first is None else f"{first.folder}/list.js"
        kept = sorted(
            path for path in files if path != "sw.js" and (not path.endswith("/list.js") or path == own_list)
        )
        codes = [(link.svg, link.url) for link in self.site.links]
        letter = () if self.site.letter is None else self.site.letter.files
        told = [f"{path} {digest(files[path])}\n" for path in kept]
        told += [f"{path} {url}\n" for path, url in codes]
        told += [f"{file.path} {file.sha256}\n" for file in letter]
        version = digest("".join(told).encode())[:16]
        shell = [path for path in kept if not path.startswith(("frames/", "icons/icon-512", "icons/mask"))]
        shell += [path for path, _ in codes] + [file.path for file in letter]
        frames = [path for path in kept if path.startswith("frames/")]
        script = self._source("sw.js")
        lists = {"VERSION": version, "SHELL": shell, "FRAMES": frames}
        head = "".join(f"const {name} = {_json(value)};\n" for name, value in lists.items())
        return f'"use strict";\n{head}{script}'.encode()


def page_path(name: PageName, lang: SiteLang) -> str:
    """Where a page lies: Vietnamese at the root, English below `en/`."""
    return name if lang == "vi" else f"{lang}/{name}"


def _topic(name: PageName) -> str:
    """What a page is about, as its template and its table of texts are called."""
    return "home" if name == "index.html" else name.removesuffix(".html")


def _script(name: PageName) -> str:
    """The script of a page; the first page needs none of its own."""
    return "page" if name == "index.html" else _topic(name)


def _json(value: object) -> str:
    """JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _call(function: str, name: str, value: object) -> bytes:
    """A script that hands over a value: what ``fetch`` may not do where a page lies in a folder."""
    return f"{function}({_json(name)}, {_json(value)});\n".encode()


def _nearest(faces: Mapping[str, str], weight: str) -> str:
    """The face of that weight, or the one nearest to it."""
    return faces[min(faces, key=lambda each: (abs(int(each) - int(weight)), each))]


@lru_cache(maxsize=4)
def _woff2(font: bytes) -> str:
    from dxassets.backends.web_fonts import to_woff2  # noqa: PLC0415  (fontTools is slow to load)

    return f"data:font/woff2;base64,{b64encode(to_woff2(font)).decode()}"


def _png(svg: str, side: int) -> bytes:
    scaled = svg.replace(
        f'width="{drawing.ICON_SIDE:g}" height="{drawing.ICON_SIDE:g}" viewBox',
        f'width="{side}" height="{side}" viewBox',
        1,
    )
    return rasterizer.pixels_to_png(rasterizer.svg_to_pixels(scaled, alpha=True))
