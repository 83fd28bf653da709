"""Single assets as bytes, for a server: nothing is written, and everything typed is untrusted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from dxassets.api.letters import LetterWanted, letter_jobs
from dxassets.api.project import Project
from dxassets.api.single import SCAN_ME, banner_job, coded_address, finished, qr_job
from dxassets.campaign import named_agency
from dxassets.digest import digest
from dxassets.dispatch import Edition
from dxassets.errors import InputError, Problem
from dxassets.jobs import BannerSpec, Job, LetterSpec
from dxassets.planner import KIND_FORMATS, QrFormat, file_part, tools
from dxassets.presets import Format
from dxassets.renderers import RENDERERS
from dxassets.vietnamese import clean

if TYPE_CHECKING:  # drawing libraries are loaded where something is drawn
    from dxassets.renderers.live_name import NamePlace

BANNER_FORMATS, QR_FORMATS, LETTER_FORMATS = (KIND_FORMATS[kind] for kind in ("banner", "qr", "letter"))
_FORBIDDEN_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
"""What Windows allows in no file name."""
_MOST_OF_A_NAME = 60


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file. `key` names its bytes; `name` is ASCII, `title` the name that people read.

    Without `data` the file is the one of the key that the caller said to have.
    """

    data: bytes | None
    media_type: str
    key: str
    name: str
    title: str

    def __repr__(self) -> str:
        size = "known" if self.data is None else f"{len(self.data)} bytes"
        return f"Made({self.name!r}, {self.media_type!r}, {size})"


def banner_bytes(
    project: Project,
    file_format: Format | None = None,
    *,
    day: str,
    theme: str,
    preset: str,
    agency: str | None = None,
    agency_name: str | None = None,
    known: str | None = None,
) -> Made:
    """One banner (see `make_banner`), in the preset's own format unless one is given.

    `InputError` for what can't be asked, `AssetError` for what can't be made. A banner
    whose key is `known` is not drawn again.
    """
    shape = project.presets.preset(preset)
    if file_format is None:
        file_format = "png" if shape is None else shape.format
    job = banner_job(
        project, file_format, day=day, theme=theme, preset=preset, agency=agency, agency_name=agency_name
    )
    spec = cast("BannerSpec", job.spec)
    name = f"{job.agency}-{day}-{theme}-{job.path.rpartition('/')[2]}"
    title = f"{spec.agency.name} - {day} - {theme} - {job.path.rpartition('/')[2]}"
    return _made(project, job, name=name, title=title, known=known)


def qr_bytes(
    project: Project,
    file_format: QrFormat = "png",
    *,
    link: str | None = None,
    url: str | None = None,
    label: str | None = None,
    known: str | None = None,
) -> Made:
    """The QR code of one of the campaign's links by id, or of an address that `may_be_coded`."""
    if (link is None) == (url is None):
        raise InputError(
            Problem("link", "cần đúng một trong hai: link hoặc url", "give either link or url, not both")
        )
    if link is not None:
        url, label = _campaign_link(project, link, label)
    address = coded_address(url or "")
    if not may_be_coded(project, address):
        raise InputError(
            Problem(
                "url",
                "máy chủ này chỉ làm mã cho địa chỉ https:// của cơ quan nhà nước (.gov.vn) "
                "và cho các liên kết của chiến dịch",
                "this server makes codes only for https:// addresses below .gov.vn "
                "and for the campaign's links",
            )
        )
    label = SCAN_ME if label is None else label
    job = qr_job(address, file_format, label=label, resources=project.resources, name=f"qr.{file_format}")
    host = address.split("/")[2]
    key = digest(repr((address, clean(label), file_format, tools(), project.input_digests())).encode())
    name = f"qr-{re.sub(r'[^a-z0-9]+', '-', host.lower()).strip('-')}.{file_format}"
    return _made(project, job, name=name, title=name, known=known, key=key)


def may_be_coded(project: Project, address: str) -> bool:
    """Whether a public server lends the campaign's look to a code for `address`, a URI.

    A code can't be read by eye, so who scans it trusts its frame: it leads to a state
    agency's own host, or where the campaign sends people anyway.
    """
    if not address.startswith("https://") or "@" in address or "\\" in address:
        return False
    host = address.split("/")[2].lower()
    known = {link.url for _, link in project.campaign.links.items() if link.url is not None}
    return address in known or re.fullmatch(r"([a-z0-9-]+\.)+gov\.vn", host) is not None


def _campaign_link(project: Project, link_id: str, label: str | None) -> tuple[str, str]:
    """Address and label of a link of the campaign; `InputError` when it is not set."""
    for known, link in project.campaign.links.items():
        if known == link_id and link.url is not None:
            return link.url, label or link.label
    raise InputError(
        Problem("link", "liên kết này chưa có trong chiến dịch", "this link is not set in the campaign")
    )


def letter_bytes(
    project: Project,
    file_format: str,
    *,
    number: str | None = None,
    issued: date | None = None,
    signer: str | None = None,
    agency: str | None = None,
    draft: bool = False,
) -> Made:
    """The campaign's letter, or `agency`'s that passes it on, filled in (see `make_letters`)."""
    wanted = LetterWanted(
        number=number,
        issued=issued,
        signer=signer,
        agencies=() if agency is None else (agency,),
        edition=Edition(draft=draft),
    )
    jobs, _skipped = letter_jobs(project, wanted)
    job = next(job for job in jobs if cast("LetterSpec", job.spec).format == file_format)
    own = f"{'-' + number if number else ''}{'-du-thao' if draft else ''}.{file_format}"
    name = f"cong-van{'' if agency is None else '-' + file_part(agency)}{own}"
    title = (
        f"Công văn{' số ' + number if number else ''}{_of(project, agency)}{' (dự thảo)' if draft else ''}"
    )
    return _made(project, job, name=name, title=f"{title}.{file_format}", known=None)


def _of(project: Project, agency: str | None) -> str:
    """Whose letter it is, where it is not the issuer's own."""
    office = None if agency is None else project.campaign.office(agency)
    return "" if office is None else f" - {office.short_name}"


def prepare_letters() -> None:
    """Load what letters are made with, which takes longer than a letter; `MissingLibraryError`."""
    import_module(RENDERERS["letter"])
    tools()


def _made(
    project: Project, job: Job, *, name: str, title: str, known: str | None, key: str | None = None
) -> Made:
    key = key or job.key
    stem, _, suffix = _FORBIDDEN_IN_NAMES.sub("-", title).rpartition(".")
    title = f"{stem[: 2 * _MOST_OF_A_NAME].strip()}.{suffix}"
    if key and key == known:
        return Made(None, "", key, name, title)
    rendered = finished(job, project.resources)
    return Made(rendered.data, rendered.media_type, key, name, title)


@dataclass
class NameLayers:
    """Draws names over banners whose compositions it keeps: a few hundred looks of a few kilobytes each."""

    project: Project
    _places: dict[tuple[str, str, str], NamePlace] = field(default_factory=dict[tuple[str, str, str], Any])

    def base_svg(self, *, day: str, theme: str, preset: str) -> str:
        """The banner without any agency's name; raises `UnknownIdError` and `FitError`."""
        from dxassets.renderers.banner import base_to_svg  # noqa: PLC0415  (heavy)

        job = self._issuers(day, theme, preset)
        return base_to_svg(cast("BannerSpec", job.spec), job.inputs, self.project.resources)

    def name_svg(self, name: str, *, day: str, theme: str, preset: str) -> str:
        """The name alone, see-through, to lie over `base_svg`.

        Raises `InputError` for what is no name, `FitError` for one that does not fit, and
        `AssetError` for characters that the face lacks.
        """
        from dxassets.renderers.live_name import name_to_svg, place_for_name  # noqa: PLC0415

        agency = named_agency(self.project.campaign, name)
        place = self._places.get((day, theme, preset))
        if place is None:
            job = self._issuers(day, theme, preset)
            place = place_for_name(cast("BannerSpec", job.spec), job.inputs, self.project.resources)
            self._places[day, theme, preset] = place
        return name_to_svg(place, (agency.name, agency.short_name))

    def _issuers(self, day: str, theme: str, preset: str) -> Job:
        return banner_job(self.project, "svg", day=day, theme=theme, preset=preset)
