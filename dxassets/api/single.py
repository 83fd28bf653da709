"""One asset to one file, without a campaign's folder, manifest or contact sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

from dxassets.api.building import plan
from dxassets.api.checking import undrawable
from dxassets.api.project import BRAND_FILE, Project
from dxassets.brand import parse_brand
from dxassets.campaign import checked_url, checked_zalo
from dxassets.checks import check
from dxassets.dispatch import LetterFill
from dxassets.errors import InputError, Problem
from dxassets.jobs import Job, LinkWords, QrSpec
from dxassets.models import BilingualError
from dxassets.planner import FORMATS, QR_FORMATS, QrFormat, Wanted, qr_alt, qr_title
from dxassets.renderers import render
from dxassets.resources import Resources, campaign_resources
from dxassets.store import publish
from dxassets.vietnamese import clean, strange_characters

SCAN_ME = "Quét mã để xem"
FormatT = TypeVar("FormatT")
_SAME_SUFFIX = {"jpeg": "jpg"}


def make_banner(
    project: Project,
    file: str | Path,
    *,
    day: str,
    theme: str,
    preset: str,
    agency: str | None = None,
    agency_name: str | None = None,
) -> Path:
    """One banner, in the format of the file's suffix. Returns the file that was written.

    The issuing agency signs it unless one is given by id or by name.
    """
    wanted = Wanted(
        agencies=() if agency is None else (agency,),
        agency_names=() if agency_name is None else (agency_name,),
        days=(day,),
        themes=(theme,),
        presets=(preset,),
        kinds=("banner",),
        formats=(suffix_of(file, FORMATS),),
    )
    (job,) = plan(project, wanted).jobs
    return _write(job, project.resources, Path(file))


def make_qr(url: str, file: str | Path, *, label: str = SCAN_ME, project: Project | None = None) -> Path:
    """The QR code of `url` with `label` and the bare domain below it: png, svg or pdf by the suffix.

    `InputError` for what is not a full web address, or is a zalo.me address of anything but an OA.
    """
    file_format: QrFormat = suffix_of(file, QR_FORMATS)
    address = _checked(url)
    resources = campaign_resources(Path.cwd()) if project is None else project.resources
    brand = parse_brand(resources.read(BRAND_FILE).data, BRAND_FILE)
    link = LinkWords("url", clean(label), address, address.split("/")[2].removeprefix("www."))
    problems = [
        *_strange("--label", link.label),
        *undrawable([("--label", link.label)], brand.typefaces.display, resources=resources),
    ]
    if problems:
        raise InputError(*problems[:1])
    job = Job(
        kind="qr",
        path=Path(file).name,
        agency="",
        day=None,
        theme=None,
        preset=None,
        title=qr_title(link),
        alt=qr_alt(link),
        spec=QrSpec(link, (), file_format),
        inputs=(),
        key="",
    )
    return _write(job, resources, Path(file))


def make_letter(
    project: Project,
    folder: str | Path = ".",
    *,
    number: str | None = None,
    issued: date | None = None,
    signer: str | None = None,
) -> tuple[Path, ...]:
    """The letter as a Word file and as a PDF in `folder`; blanks stay for what is not given."""
    if signer is not None:
        signer = clean(signer)
        problems = [
            *_strange("--signer", signer),
            *undrawable([("--signer", signer)], project.brand.typefaces.text, resources=project.resources),
        ]
        if not signer:
            problems.append(Problem("--signer", "không được để trống", "must not be empty"))
        if problems:
            raise InputError(*problems[:1])
    wanted = Wanted(kinds=("letter",), letter=LetterFill(number, issued, signer))
    jobs = plan(project, wanted).jobs
    return tuple(_write(job, project.resources, Path(folder) / job.path.rpartition("/")[2]) for job in jobs)


def suffix_of(file: str | Path, formats: tuple[FormatT, ...]) -> FormatT:
    """The format that a file's suffix names; `InputError` when it is not one of `formats`."""
    suffix = Path(file).suffix.lower().removeprefix(".")
    suffix = _SAME_SUFFIX.get(suffix, suffix)
    for known in formats:
        if known == suffix:
            return known
    listed = ", ".join(f".{name}" for name in formats)
    raise InputError(
        Problem(str(file), f"đuôi tệp phải là một trong: {listed}", f"the suffix must be one of: {listed}")
    )


def _checked(url: str) -> str:
    """`url`, if people may be sent there."""
    try:
        address = checked_url(clean(url))
        return checked_zalo(address) if address.split("/")[2].lower() == "zalo.me" else address
    except BilingualError as error:
        raise InputError(Problem("URL", error.vi, error.en)) from error


def _strange(where: str, text: str) -> list[Problem]:
    codes = ", ".join(f"U+{ord(char):04X}" for char in strange_characters(text))
    if not codes:
        return []
    return [
        Problem(
            where, f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
        )
    ]


def _write(job: Job, resources: Resources, file: Path) -> Path:
    """Render, check and write one job to `file`."""
    rendered = render(job, resources)
    check(job, rendered)
    return publish(file.parent, file.name, rendered.data)
