"""One asset to one file, without a campaign's folder, manifest or index."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from dxassets.api.building import plan
from dxassets.api.checking import undrawable
from dxassets.api.project import BRAND_FILE, Project
from dxassets.brand import parse_brand
from dxassets.campaign import checked_url, checked_zalo
from dxassets.checks import check
from dxassets.errors import InputError, LogoError, Problem
from dxassets.jobs import BannerSpec, Job, LinkWords, PageKind, QrSpec, Rendered
from dxassets.models import BilingualError
from dxassets.planner import FORMATS, QR_FORMATS, QrFormat, Wanted, qr_alt, qr_title
from dxassets.presets import Format
from dxassets.renderers import render
from dxassets.renderers.logo import TOO_SMALL
from dxassets.resources import Resources, campaign_resources
from dxassets.store import publish
from dxassets.vietnamese import clean, strange_characters

SCAN_ME = "Quét mã để xem"
FormatT = TypeVar("FormatT")
_SAME_SUFFIX = {"jpeg": "jpg"}


def make_banner(  # noqa: PLR0913  (each is an option of the command)
    project: Project,
    file: str | Path,
    *,
    day: str,
    theme: str,
    preset: str,
    agency: str | None = None,
    agency_name: str | None = None,
    debug: bool = False,
    marks: bool = False,
    proof: bool = False,
    scale: int = 1,
) -> Path:
    """One banner, in the format of the file's suffix. Returns the file that was written.

    The issuing agency signs it unless one is given by id or by name. With `debug`
    the composition is drawn over it, and the file's name gets a ``-debug``. A print's
    PDF has crop marks with `marks`, or is the workshop's with `proof`; a web picture
    is twice as dense with `scale` 2. `InputError` where that can't be.
    """
    file = Path(file)
    if debug:
        file = file.with_name(f"{file.stem}-debug{file.suffix}")
    job = banner_job(
        project,
        suffix_of(file, FORMATS),
        day=day,
        theme=theme,
        preset=preset,
        agency=agency,
        agency_name=agency_name,
        debug=debug,
        marks=marks,
        proof=proof,
        scale=scale,
    )
    return write_one(job, project.resources, file)


def banner_job(  # noqa: PLR0913  (each is an option of the command)
    project: Project,
    file_format: Format,
    *,
    day: str,
    theme: str,
    preset: str,
    agency: str | None = None,
    agency_name: str | None = None,
    debug: bool = False,
    marks: bool = False,
    proof: bool = False,
    scale: int = 1,
) -> Job:
    """The job of one banner (see `make_banner`); its key names its bytes."""
    wanted = Wanted(
        agencies=() if agency is None else (agency,),
        agency_names=() if agency_name is None else (agency_name,),
        days=(day,),
        themes=(theme,),
        presets=(preset,),
        kinds=("banner",),
        formats=(file_format,),
        debug=debug,
        marks=marks,
        proof=proof,
        scale=scale,
    )
    return _chosen(plan(project, wanted).jobs, wanted)


def _chosen(jobs: tuple[Job, ...], wanted: Wanted) -> Job:
    """The one form of a banner that was asked for among those that are made; `InputError` when it is not."""
    page: PageKind = "proof" if wanted.proof else "marks" if wanted.marks else "plain"
    for job in jobs:
        spec = job.spec
        if isinstance(spec, BannerSpec) and (spec.page, spec.scale) == (page, wanted.scale):
            return job
    reasons = {
        "proof": ("chỉ có ở PDF của cỡ in lớn", "is for the PDF of a large print"),
        "marks": ("chỉ có ở PDF của cỡ in", "is for the PDF of a print"),
        "plain": ("chỉ có ở ảnh của cỡ web", "is for the pictures of web sizes"),
    }
    option = "--scale" if page == "plain" else f"--{page}"
    raise InputError(Problem(option, *reasons[page]))


def make_qr(url: str, file: str | Path, *, label: str = SCAN_ME, project: Project | None = None) -> Path:
    """The QR code of `url` with `label` and the bare domain below it: png, svg or pdf by the suffix.

    `InputError` for what is not a full web address, or is a zalo.me address of anything but an OA.
    """
    resources = campaign_resources(Path.cwd()) if project is None else project.resources
    job = qr_job(url, suffix_of(file, QR_FORMATS), label=label, resources=resources, name=Path(file).name)
    return write_one(job, resources, Path(file))


def qr_job(url: str, file_format: QrFormat, *, label: str, resources: Resources, name: str) -> Job:
    """The job of one QR code (see `make_qr`) in a file of that name. It has no key."""
    address = _checked(url)
    brand = parse_brand(resources.read(BRAND_FILE).data, BRAND_FILE)
    link = LinkWords("url", clean(label), address, address.split("/")[2].removeprefix("www."))
    problems = [
        *_strange("--label", link.label),
        *undrawable([("--label", link.label)], brand.typefaces.display, resources=resources),
    ]
    if problems:
        raise InputError(*problems[:1])
    return Job(
        kind="qr",
        path=name,
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


def write_one(job: Job, resources: Resources, file: Path) -> Path:
    """Render, check and write one job to `file`."""
    return publish(file.parent, file.name, finished(job, resources).data)


def finished(job: Job, resources: Resources) -> Rendered:
    """Render and check one job; `AssetError` when it can't be made."""
    rendered = render(job, resources)
    check(job, rendered)
    note = dict(rendered.facts.notes).get("logo", "")
    if note.startswith(TOO_SMALL):  # in a build it is left out; who asks for one picture wants to know
        raise LogoError(
            Problem(
                "--logo",
                f"biểu trưng quá nhỏ ở cỡ {job.preset} ({note.removeprefix(TOO_SMALL + ', ')}); "
                "hãy dùng bản gọn hơn (gần vuông), rút ngắn tên cơ quan, hoặc bỏ --logo",
                f"too small on preset {job.preset} ({note.removeprefix(TOO_SMALL + ', ')}); "
                "give a more compact form (nearly square), a shorter name, or leave out --logo",
            )
        )
    return rendered
