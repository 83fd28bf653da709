"""From campaign × brand × presets to jobs: the one place that decides what is made and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, get_args

from pydantic import TypeAdapter

from dxassets.brand import Brand, Theme
from dxassets.campaign import Agency, Campaign, Day
from dxassets.digest import digest
from dxassets.errors import InputError, Problem
from dxassets.jobs import (
    BannerSpec,
    DayWords,
    FrameSpec,
    FrameStyle,
    Job,
    Kind,
    LetterSpec,
    LinkWords,
    Plan,
    QrSpec,
    Skip,
)
from dxassets.planner import words
from dxassets.planner.inputs import Inputs
from dxassets.planner.logos import Logos
from dxassets.planner.selection import FORMATS, Selection
from dxassets.planner.tools import tools_of
from dxassets.planner.variants import PLAIN, Variant, variants_of
from dxassets.presets import Format, Preset, PresetsFile
from dxassets.resources import Resources

FrameFormat = Literal["png", "svg"]
QrFormat = Literal["png", "svg", "pdf"]
LetterFormat = Literal["docx", "pdf"]
FRAME_STYLES: tuple[FrameStyle, ...] = ("ring", "square")
_FRAME_FILES: tuple[tuple[FrameFormat, int], ...] = (("png", 1080), ("png", 2048), ("svg", 1080))
FRAME_FORMATS: tuple[FrameFormat, ...] = get_args(FrameFormat)
QR_FORMATS: tuple[QrFormat, ...] = get_args(QrFormat)
LETTER_FORMATS: tuple[LetterFormat, ...] = get_args(LetterFormat)
KIND_FORMATS: dict[Kind, tuple[str, ...]] = {
    "banner": FORMATS,
    "frame": FRAME_FORMATS,
    "qr": QR_FORMATS,
    "letter": LETTER_FORMATS,
}
"""The formats that each kind can be made in."""

_PORTS = [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
_RESERVED = frozenset(["con", "prn", "aux", "nul", *_PORTS])


def plan(
    campaign: Campaign, brand: Brand, presets: PresetsFile, resources: Resources, selection: Selection
) -> Plan:
    """Everything that a build of `selection` makes, in the order of the paths.

    Pure but for the bytes that `resources` gives. `InputError` names every
    font, template or letter file that is missing.
    """
    desk = _Desk(
        campaign,
        brand,
        presets,
        selection,
        Inputs(brand, resources, campaign.dispatch),
        Logos(brand, resources),
    )
    makers: dict[Kind, Callable[[Agency], Iterator[Job | Skip]]] = {
        "banner": desk.banners,
        "frame": desk.frames,
        "qr": desk.codes,
        "letter": desk.letters,
    }
    made = [
        thing for agency in selection.agencies for kind in selection.kinds for thing in makers[kind](agency)
    ]
    made += desk.letters_of_others()
    problems = [*desk.inputs.problems.values(), *desk.logos.problems.values()]
    if problems:
        raise InputError(*problems)
    jobs = sorted((_sealed(thing) for thing in made if isinstance(thing, Job)), key=lambda job: job.path)
    skipped = sorted((thing for thing in made if isinstance(thing, Skip)), key=lambda skip: skip.path)
    if not jobs and not skipped:
        raise InputError(_nothing(selection))
    return Plan(tuple(jobs), tuple(skipped))


def file_part(name: str) -> str:
    """An id as a file or folder name; what Windows keeps for itself gets a `_`, which no id holds."""
    return f"{name}_" if name in _RESERVED else name


def banner_name(preset: Preset, file_format: Format, *, debug: bool = False, variant: Variant = PLAIN) -> str:
    """A banner's file name; a page drawn at a tenth of its size says so, as do proofs and debug pictures."""
    scale = f"-1-{preset.page_scale}" if file_format == "pdf" and preset.page_scale != 1 else ""
    return f"{preset.id}{scale}{variant.suffix}{'-debug' if debug else ''}.{file_format}"


def link_words(campaign: Campaign) -> tuple[LinkWords, ...]:
    """The links that are set, in the campaign's order."""
    return tuple(
        LinkWords(link_id, link.label, link.url, link.domain)
        for link_id, link in campaign.links.items()
        if link.url is not None
    )


def day_words(day: Day) -> DayWords:
    """What a picture says of a day."""
    return DayWords(day.numerals, day.name, day.slogan, day.motif)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one plan is made: its sources, and a maker for each kind."""

    campaign: Campaign
    brand: Brand
    presets: PresetsFile
    selection: Selection
    inputs: Inputs
    logos: Logos

    def banners(self, agency: Agency) -> Iterator[Job]:
        """A banner for each day, theme and preset."""
        link = next(link for link in link_words(self.campaign) if link.id == "province")
        for day in self.selection.days:
            for theme in self.selection.themes:
                for preset in self.selection.presets:
                    for file_format in self.selection.formats or (preset.format,):
                        for variant in self._variants(preset, file_format):
                            yield self._banner(agency, day, theme, preset, file_format, link, variant)

    def _variants(self, preset: Preset, file_format: Format) -> tuple[Variant, ...]:
        asked = self.selection
        return variants_of(preset, file_format, marks=asked.marks, proof=asked.proof, scale=asked.scale)

    def _banner(
        self,
        agency: Agency,
        day: Day,
        theme: Theme,
        preset: Preset,
        file_format: Format,
        link: LinkWords,
        variant: Variant,
    ) -> Job:
        campaign = self.campaign
        call = campaign.call_to_action
        logo, debug = self.logos.of(agency), self.selection.debug
        name = banner_name(preset, file_format, debug=debug, variant=variant)
        signs = () if logo is None else (self.logos.digest_of(logo),)
        return Job(
            kind="banner",
            path=_path(agency.id, "banner", day.id, theme.id, name),
            agency=agency.id,
            day=day.id,
            theme=theme.id,
            preset=preset.id,
            title=words.banner_title(preset, theme, day),
            alt=words.banner_alt(preset, day, agency=agency, call=call, link=link),
            spec=BannerSpec(
                preset=preset,
                proportions=self.presets.proportions_of(preset.family),
                theme=theme,
                day=day_words(day),
                agency=agency,
                call=call,
                link=link,
                phrases=campaign.phrases,
                format=file_format,
                scale=variant.scale,
                page=variant.page,
                logo=logo,
                debug=debug,
            ),
            inputs=tuple(sorted((*self.inputs.of("banner", theme.id), *signs))),
            key="",
        )

    def frames(self, agency: Agency) -> Iterator[Job]:
        """A frame for each day, theme, style and size; as SVG, which has no size in px, once each style.

        Those of the issuing agency are the whole province's and bear no office's name.
        """
        name = None if agency.id == self.campaign.issuing_agency else agency.short_name
        for day in self.selection.days:
            for theme in self.selection.themes:
                for style in FRAME_STYLES:
                    for file_format, size in _FRAME_FILES:
                        if self._wants(file_format, by_default=file_format == "png"):
                            spec = FrameSpec(theme, day_words(day), style, size, file_format, name)
                            yield self._frame(agency, day, spec)

    def _frame(self, agency: Agency, day: Day, spec: FrameSpec) -> Job:
        name = f"{spec.style}-{spec.size}.{spec.format}"
        return Job(
            kind="frame",
            path=_path(agency.id, "frame", day.id, spec.theme.id, name),
            agency=agency.id,
            day=day.id,
            theme=spec.theme.id,
            preset=f"{spec.style}-{spec.size}",
            title=words.frame_title(spec.style, spec.theme, day=day, size=spec.size),
            alt=words.frame_alt(spec.style, day, agency_name=spec.agency_name),
            spec=spec,
            inputs=self.inputs.of("frame"),
            key="",
        )

    def codes(self, agency: Agency) -> Iterator[Job | Skip]:
        """A QR code for each link and format; a link that is not set is skipped."""
        set_links = {link.id: link for link in link_words(self.campaign)}
        for link_id, _link in self.campaign.links.items():  # noqa: PERF102  (a model, not a dict)
            link = set_links.get(link_id)
            for file_format in QR_FORMATS:
                if not self._wants(file_format):
                    continue
                path = _path(agency.id, "qr", f"{file_part(link_id)}.{file_format}")
                if link is None:
                    yield _unset_zalo(path)
                else:
                    yield self._code(agency, QrSpec(link, self.campaign.phrases, file_format), path)

    def _code(self, agency: Agency, spec: QrSpec, path: str) -> Job:
        return Job(
            kind="qr",
            path=path,
            agency=agency.id,
            day=None,
            theme=None,
            preset=None,
            title=words.qr_title(spec.link),
            alt=words.qr_alt(spec.link),
            spec=spec,
            inputs=self.inputs.of("qr"),
            key="",
        )

    def letters(self, agency: Agency) -> Iterator[Job]:
        """The letter of the issuing agency; nobody else's."""
        if agency.id != self.campaign.issuing_agency:
            return
        fill = self.selection.letter
        for file_format in LETTER_FORMATS:
            if not self._wants(file_format):
                continue
            yield Job(
                kind="letter",
                path=_path(agency.id, "letter", f"cong-van.{file_format}"),
                agency=agency.id,
                day=None,
                theme=None,
                preset=None,
                title=words.letter_title(file_format),
                alt=words.letter_alt(self.campaign),
                spec=LetterSpec(
                    file_format,
                    self.campaign.dispatch,
                    link_words(self.campaign),
                    fill.number,
                    fill.date,
                    fill.signer,
                ),
                inputs=self.inputs.of("letter"),
                key="",
            )

    def letters_of_others(self) -> list[Skip]:
        """A word on letters that were asked for by name and are not the agency's to write."""
        if not self.selection.kinds_asked or "letter" not in self.selection.kinds:
            return []
        return [
            Skip(
                "letter",
                _path(agency.id, "letter", f"cong-van.{file_format}"),
                f"công văn do {self.campaign.issuer.name} ban hành; bỏ --agency để làm công văn đó",
                f"the letter is issued by {self.campaign.issuer.name}; leave out --agency to make theirs",
            )
            for agency in self.selection.agencies
            if agency.id != self.campaign.issuing_agency
            for file_format in LETTER_FORMATS
            if self._wants(file_format)
        ]

    def _wants(self, file_format: str, *, by_default: bool = True) -> bool:
        """Whether a format is to be made: when it was asked for, or nothing was and it is made by itself."""
        asked = self.selection.formats
        return file_format in asked if asked else by_default


def _path(agency: str, kind: Kind, *rest: str) -> str:
    *folders, name = rest
    return "/".join([*(file_part(part) for part in (agency, kind, *folders)), name])


def _unset_zalo(path: str) -> Skip:
    return Skip(
        "qr",
        path,
        "chưa có liên kết Zalo OA; hãy điền links.zalo.url trong campaign.toml, "
        "dạng https://zalo.me/<15–19 chữ số>",
        "the Zalo OA's link is not set; fill in links.zalo.url in campaign.toml, "
        "https://zalo.me/<15 to 19 digits>",
    )


def _nothing(selection: Selection) -> Problem:
    kinds, formats = ", ".join(selection.kinds), ", ".join(selection.formats)
    return Problem(
        "--format",
        f"không có gì để làm: {kinds} không có dạng {formats}",
        f"there is nothing to make: {kinds} does not come as {formats}",
    )


@cache
def _job_adapter() -> TypeAdapter[Job]:
    return TypeAdapter(Job)


def _sealed(job: Job) -> Job:
    """`job` with its key: the digest of all that it says, its inputs, and the tools that make its file."""
    said = _job_adapter().dump_json(job)
    return replace(job, key=digest(said + repr(tools_of(job.path)).encode()))
