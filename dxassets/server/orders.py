"""What the server asks of its workers, and how a worker fulfils it. Orders are plain data."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from dxassets.api import Project
from dxassets.api.live import Made, NameLayers, file_title, make_live, warm_up
from dxassets.api.report_forms import XLSX, FormDesk, file_of
from dxassets.digest import digest
from dxassets.errors import DxassetsError

SVG = "image/svg+xml"
Skill = Literal["drawing", "making"]


@dataclass(frozen=True, slots=True)
class BaseOrder:
    """A banner without a name."""

    day: str
    theme: str
    preset: str
    known: str | None = None


@dataclass(frozen=True, slots=True)
class NameOrder:
    """A name that lies over that banner."""

    name: str
    day: str
    theme: str
    preset: str


@dataclass(frozen=True, slots=True)
class AssetOrder:
    """An asset of a kind as a file, by the parameters that were said."""

    kind: str
    said: tuple[tuple[str, str], ...]
    known: str | None = None


@dataclass(frozen=True, slots=True)
class FormOrder:
    """A unit's form for figures before and after."""

    agency: str
    known: str | None = None


Order = BaseOrder | NameOrder | AssetOrder | FormOrder


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order can't be fulfilled: a `DxassetsError`, or the place of an error that nobody foresaw."""

    error: DxassetsError | None
    where: tuple[str, ...] = ()


Answer = Made | Refusal


@dataclass
class OrderDesk:
    """Where one worker fulfils orders of a campaign, keeping what the next order may need again."""

    project: Project
    _layers: NameLayers = field(init=False)
    _based: Callable[[str, str, str], Made] = field(init=False)
    _forms: FormDesk = field(init=False)

    def __post_init__(self) -> None:
        self._layers = NameLayers(self.project)
        self._forms = FormDesk(self.project)
        self._based = lru_cache(maxsize=128)(self._draw_base)

    def prepare(self, skill: Skill) -> None:
        """Load what its orders need, so that the first of them need not wait. `MissingLibraryError`."""
        campaign, brand = self.project.campaign, self.project.brand
        day, theme, preset = campaign.days[0].id, brand.themes[0].id, self.project.presets.presets[0].id
        if skill == "drawing":
            self._layers.name_svg(campaign.issuer.name, day=day, theme=theme, preset=preset)
            self._layers.base_svg(day=day, theme=theme, preset=preset)
        else:
            warm_up(self.project)

    def fulfil(self, order: Order) -> Made:
        """The file of an order; raises `DxassetsError`."""
        match order:
            case BaseOrder():
                made = self._based(order.day, order.theme, order.preset)
                same = made.key == order.known
                return Made(None, made.media_type, made.key, made.name, made.title) if same else made
            case NameOrder():
                svg = self._layers.name_svg(order.name, day=order.day, theme=order.theme, preset=order.preset)
                return Made(svg.encode(), SVG, "", "name.svg", "name.svg")
            case FormOrder():
                return self._form(order)
            case AssetOrder():
                return make_live(self.project, order.kind, dict(order.said), known=order.known)

    def _form(self, order: FormOrder) -> Made:
        """The workbook that a unit fills in."""
        data, unit = self._forms.form_of(order.agency)
        key = digest(data)
        name = f"bieu-so-lieu-{file_of(unit)}"
        title = file_title(f"Biểu số liệu - {unit.name}.xlsx")
        return Made(data, XLSX, key, name, title).unless(order.known)

    def _draw_base(self, day: str, theme: str, preset: str) -> Made:
        """The base as gzip: every browser takes it so, and it is packed once."""
        svg = self._layers.base_svg(day=day, theme=theme, preset=preset)
        data = gzip.compress(svg.encode(), 6, mtime=0)
        return Made(data, SVG, digest(data), "base.svg", "base.svg")
