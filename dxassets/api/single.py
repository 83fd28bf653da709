"""One asset to one file, without a campaign's folder, manifest or index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dxassets.api.planning import plan
from dxassets.errors import InputError, LogoError, Problem
from dxassets.jobs import LOGO_TOO_SMALL, SCENE_LEFT_OUT, AnyJob, Findings, Job, Rendered
from dxassets.kinds.banner.kind import KIND as BANNER
from dxassets.kinds.banner.planning import FORMATS
from dxassets.kinds.banner.spec import BannerSpec, PageKind
from dxassets.kinds.qr.coding import SCAN_ME, code_draft
from dxassets.kinds.qr.kind import FORMATS as QR_FORMATS
from dxassets.kinds.qr.spec import QrFormat
from dxassets.kinds.registry import check, render
from dxassets.kinds.scope import AssetDraft
from dxassets.models import suggest
from dxassets.planner import FileDigests, Wanted, seal
from dxassets.presets import Format
from dxassets.project import Project
from dxassets.resources import Resources, called, campaign_resources
from dxassets.store import publish

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
    file_format: Format | None = None,
    remark: Callable[[Problem], None] | None = None,
) -> Path:
    """One banner, in the format of the file's suffix unless one is given. Returns the file that was written.

    The issuing agency signs it unless one is given by id or by name. With `debug`
    the composition is drawn over it, and the file's name gets a ``-debug``. A print's
    PDF has crop marks with `marks`, or is the workshop's with `proof`; a web picture
    is twice as dense with `scale` 2. `InputError` where that can't be. `remark` is told what deserves a look.
    """
    file = Path(file)
    if debug:
        file = file.with_name(f"{file.stem}-debug{file.suffix}")
    job = banner_job(
        project,
        file_format or suffix_of(file, FORMATS),
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
    made = finished(job, project.resources)
    if remark is not None:
        for problem in scene_remarks(made, job):
            remark(problem)
    return publish(file.parent, file.name, made.data)


def scene_remarks(made: Rendered, job: Job[BannerSpec]) -> tuple[Problem, ...]:
    """What became otherwise of an own photo or drawing than its owner may think."""
    notes, where = dict(made.facts.notes), called(job.spec.day.scene or "")
    remarks: list[Problem] = []
    if notes.get("scene", "").startswith(SCENE_LEFT_OUT):
        vi = f"ảnh này không có chỗ cho cảnh (kiểu {job.theme}, cỡ {job.preset}), nên được làm không có cảnh"
        en = f"this picture has no room for a scene (theme {job.theme}, preset {job.preset}); made without it"
        remarks.append(Problem(where, vi, en))
    if "scene_sharpness" in notes:
        vi = f"ảnh ít điểm ảnh, sẽ không nét ở cỡ {job.preset}; hãy dùng ảnh gốc từ máy chụp"
        en = f"has too few px to be sharp on preset {job.preset}; use the camera's original"
        remarks.append(Problem(where, vi, en))
    return tuple(remarks)


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
) -> Job[BannerSpec]:
    """The job of one banner (see `make_banner`); its key names its bytes."""
    wanted = Wanted(
        agencies=() if agency is None else (agency,),
        agency_names=() if agency_name is None else (agency_name,),
        days=(day,),
        themes=(theme,),
        presets=(preset,),
        kinds=(BANNER.id,),
        formats=(file_format,),
        debug=debug,
        marks=marks,
        proof=proof,
        scale=scale,
    )
    return _chosen(plan(project, wanted).jobs, wanted)


def _chosen(jobs: tuple[AnyJob, ...], wanted: Wanted) -> Job[BannerSpec]:
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


def make_qr(
    url: str,
    file: str | Path,
    *,
    label: str = SCAN_ME,
    project: Project | None = None,
    file_format: QrFormat | None = None,
) -> Path:
    """The QR code of `url` with `label` and the bare domain below it: png, svg or pdf, by the file's suffix.

    `url` may be as people read it (``https://vi.wikipedia.org/wiki/Cần_Thơ``). `InputError` for what is
    not a full web address, is longer than any symbol holds, or is on zalo.me and of anything but an OA.
    """
    resources = campaign_resources(Path.cwd()) if project is None else project.resources
    file_format = file_format or suffix_of(file, QR_FORMATS)
    draft = code_draft(url, file_format, label=label, resources=resources, name=Path(file).name)
    return write_one(sealed(draft, resources), resources, Path(file))


def suffix_of(file: str | Path, formats: tuple[FormatT, ...]) -> FormatT:
    """The format that a file's suffix names; `InputError` when it is not one of `formats`."""
    suffix = Path(file).suffix.lower().removeprefix(".")
    suffix = _SAME_SUFFIX.get(suffix, suffix)
    for known in formats:
        if known == suffix:
            return known
    known_suffixes = [f".{name}" for name in formats]
    listed, (vi, en) = ", ".join(known_suffixes), suggest(f".{suffix}", known_suffixes)
    raise InputError(
        Problem(
            str(file),
            f"đuôi tệp phải là một trong: {listed}.{vi}".removesuffix("."),
            f"the suffix must be one of: {listed}.{en}".removesuffix("."),
        )
    )


def sealed(draft: AssetDraft, resources: Resources) -> AnyJob:
    """The job of one draft; `InputError` for files that it needs and that are missing."""
    files = FileDigests(resources)
    job = seal(draft, files)
    if files.problems:
        raise InputError(*files.problems.values())
    return job


def write_one(job: AnyJob, resources: Resources, file: Path) -> Path:
    """Render, check and write one job to `file`."""
    return publish(file.parent, file.name, finished(job, resources).data)


def finished(job: AnyJob, resources: Resources) -> Rendered:
    """Render and check one job; `AssetError` when it can't be made."""
    return finished_with_findings(job, resources)[0]


def finished_with_findings(job: AnyJob, resources: Resources) -> tuple[Rendered, Findings]:
    """The same, with what the checks read back."""
    rendered = render(job, resources)
    findings = check(job, rendered)
    note = dict(rendered.facts.notes).get("logo", "")
    if note.startswith(LOGO_TOO_SMALL):  # in a build it is left out; who asks for one picture wants to know
        why = note.removeprefix(f"{LOGO_TOO_SMALL}, ")
        raise LogoError(
            Problem(
                "--logo",
                f"biểu trưng quá nhỏ ở cỡ {job.preset} ({why}); "
                "hãy dùng bản gọn hơn (gần vuông), rút ngắn tên cơ quan, hoặc bỏ --logo",
                f"too small on preset {job.preset} ({why}); "
                "give a more compact form (nearly square), a shorter name, or leave out --logo",
            )
        )
    return rendered, findings
