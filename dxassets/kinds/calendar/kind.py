"""What a calendar is: the dates of a campaign, to be taken into one's own calendar or hung on a wall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import ClassVar, get_args

from dxassets.brand import parse_brand
from dxassets.campaign import Campaign
from dxassets.digest import digest
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip
from dxassets.kinds.calendar import words
from dxassets.kinds.calendar.happening import happenings_of
from dxassets.kinds.calendar.listing import size_of
from dxassets.kinds.calendar.months import MOST_MONTHS, months_of
from dxassets.kinds.calendar.spec import SHEET_CUTS, CalendarFormat, CalendarSpec, Happening
from dxassets.kinds.faces import Built, Offer, Parameter
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope
from dxassets.kinds.typefaces import typeface_inputs
from dxassets.project import Project
from dxassets.resources import BRAND_FILE, Resources

FORMATS: tuple[CalendarFormat, ...] = get_args(CalendarFormat)
_STEM = "lich"


class CalendarKind(Kind[CalendarSpec]):
    """Days, what hangs when, and deadlines: the issuing agency's holds all, others' what binds them."""

    id = "calendar"
    titles = ("Lịch chiến dịch", "Calendar")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    media_types: ClassVar = {"ics": "text/calendar"}
    spec = CalendarSpec
    has_codes = False

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """A file and a sheet for each agency; agencies of the same dates share theirs."""
        campaign = scope.project.campaign
        for agency in scope.selection.agencies:
            happenings = happenings_of(campaign, agency)
            theme = scope.project.brand.themes[0].id
            for file_format in scope.selection.formats_of(FORMATS):
                spec = calendar_spec(campaign, happenings, file_format, theme=theme)
                draft = AssetDraft(self.id, spec, agency.id, f"{_STEM}.{file_format}")
                why = _why_no_sheet(spec)
                yield draft if why is None else Skip(self.id, draft.path, *why)

    def inputs(self, spec: CalendarSpec, files: FileDigests) -> Digests:
        """The sheet's typeface, template and colours; a calendar file is made of its spec alone."""
        if spec.format == "ics":
            return ()
        return files.of((self.id, spec.theme), lambda: _sheet_inputs(self.id, spec.theme, files))

    def title(self, spec: CalendarSpec) -> str:
        """What it is."""
        return words.calendar_title(spec)

    def alt(self, spec: CalendarSpec) -> str:
        """Every date with its words."""
        return words.calendar_alt(spec)

    def render(self, job: Job[CalendarSpec], resources: Resources) -> Rendered:
        """The calendar in the job's format."""
        from dxassets.kinds.calendar.render import render  # noqa: PLC0415  (libraries when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the libraries."""
        import_module("dxassets.kinds.calendar.render")

    def check(self, job: Job[CalendarSpec], rendered: Rendered) -> Findings:
        """The sheet is one page; the file holds just the dates that were asked for, in whole lines."""
        from dxassets.checks import check_asset  # noqa: PLC0415  (reading libraries when needed)
        from dxassets.kinds.calendar.gates import check_lines  # noqa: PLC0415

        found = check_asset(rendered)
        if job.spec.format == "ics":
            check_lines(job.spec, rendered.data)
        return found

    def site(self, built: Built) -> Mapping[str, object]:
        """Each office's calendar, for whoever packs all that an office needs."""
        from dxassets.kinds.calendar.showing import calendars_of  # noqa: PLC0415  (only who makes a site)

        return {"calendars": calendars_of(built.project.campaign)}

    def offer(self, project: Project) -> Offer:
        """The issuing agency's calendar."""
        del project
        choice = Parameter("format", "File format", "ics", choices=FORMATS, default="ics")
        return Offer("The campaign's calendar", (choice,))


KIND = CalendarKind()


def calendar_spec(
    campaign: Campaign, happenings: tuple[Happening, ...], file_format: CalendarFormat, *, theme: str = ""
) -> CalendarSpec:
    """The calendar of these dates in a format; only a sheet wears a `theme`."""
    return CalendarSpec(
        file_format, campaign.id, campaign.title, campaign.issuer.name, campaign.lang,
        campaign.year, campaign.revision, happenings, theme if file_format == "pdf" else "",
    )  # fmt: skip


def _sheet_inputs(kind: str, theme: str, files: FileDigests) -> Digests:
    """Template and typeface of a sheet, and of the brand the theme that it wears."""
    brand = parse_brand(files.resources.read(BRAND_FILE).data, BRAND_FILE)
    worn = (brand.theme(theme) or brand.themes[0]).model_dump_json()
    return (
        *files.read(files.resources.names(f"templates/{kind}", "")),
        *typeface_inputs("display", files, cuts=SHEET_CUTS),
        (f"{BRAND_FILE}#themes.{theme}", digest(worn.encode())),
    )


def _why_no_sheet(spec: CalendarSpec) -> tuple[str, str] | None:
    """Why one page does not hold it, in both languages; None where it does."""
    if spec.format != "pdf":
        return None
    if len(months_of(spec.happenings)) > MOST_MONTHS:
        return (
            f"các ngày và thời hạn trải dài hơn {MOST_MONTHS} tháng, một tờ không đủ chỗ; hãy dùng lich.ics",
            f"the days reach over more than {MOST_MONTHS} months, too many for one sheet; use lich.ics",
        )
    if size_of(spec.happenings) is None:
        return (
            "quá nhiều ngày và thời hạn cho một tờ lịch; hãy viết ngắn lại, hoặc dùng lich.ics",
            "there are too many days and deadlines for one sheet; shorten their words, or use lich.ics",
        )
    return None
