"""Every kind goes through every stage and face, and another package's kind does so without a change here."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassets.agencies import Agency
from dxassets.api import Project, SiteWanted, Wanted, load_campaign, plan
from dxassets.api.live import make_live
from dxassets.checks import check_asset
from dxassets.dispatch import Edition, Forward, LetterFill
from dxassets.errors import DxassetsError, GateError
from dxassets.jobs import AnyJob, Facts, LinkWords, Rendered
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.kinds.qr.spec import QrSpec
from dxassets.kinds.registry import Kind, all_kinds, check, kind_of, render
from dxassets.kinds.scope import AssetDraft
from dxassets.planner import FileDigests, seal
from dxassets.runners import record_of
from dxassets.server.offers import operations_of

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dxassets"
TOY = ROOT / "tests" / "toy"
BUNDLED = ("banner", "frame", "qr", "letter")
KINDS = pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.id)
SMALL = Wanted(days=("10-10",), themes=("digital",), presets=("button-120x60",))


@pytest.fixture(scope="module")
def project() -> Project:
    return load_campaign()


def first_job(project: Project, kind: Kind[Any]) -> AnyJob:
    return plan(project, replace(SMALL, kinds=(kind.id,))).jobs[0]


# --- every kind through every stage and face


def test_the_bundled_kinds_come_in_the_order_in_which_a_campaign_is_looked_through() -> None:
    assert tuple(all_kinds()) == BUNDLED


@KINDS
def test_a_kind_is_planned_drawn_checked_recorded_and_shown(project: Project, kind: Kind[Any]) -> None:
    job = first_job(project, kind)
    assert job.kind == kind.id
    assert isinstance(job.spec, kind.spec)
    assert (job.title, job.alt) == (kind.title(job.spec), kind.alt(job.spec))
    assert job.path.split("/")[1] == kind.id
    rendered = render(job, project.resources)
    assert rendered.media_type == kind.media_type(job.path.rpartition(".")[2])
    findings = check(job, rendered)
    record = record_of(job, rendered, findings)
    kind.read_back(rendered.data, rendered.media_type)
    assert sorted(set(kind.codes_in(rendered.data, rendered.media_type))) == sorted(
        {code.payload for code in record.codes}
    )
    face = kind.card(record, project, [record])
    assert all(face.title)
    assert kind.form(record, project)
    assert 0 <= kind.cost(job) <= 3
    assert all(kind.titles)


@KINDS
def test_a_kind_tells_what_the_site_needs_of_it(project: Project, kind: Kind[Any]) -> None:
    wishes = list(kind.wishes(project, SiteWanted(agencies=(project.campaign.issuing_agency,))))
    assert wishes
    assert {name for wish in wishes for name in wish.kinds} == {kind.id}
    assert plan(project, wishes).jobs


@KINDS
def test_what_a_kind_offers_is_an_operation_that_makes_it(project: Project, kind: Kind[Any]) -> None:
    offer = kind.offer(project)
    operations = operations_of(project)
    assert (kind.id in operations) == (offer is not None)
    if offer is None:
        return
    said = {each.name: each.example for each in offer.parameters if each.required}
    if kind.id == "qr":
        said["link"] = "province"
    made = make_live(project, kind.id, said)
    assert made.data
    assert made.media_type in operations[kind.id].gives
    assert made.name.isascii()
    assert make_live(project, kind.id, said, known=made.key).data is None


def test_an_empty_file_passes_no_kinds_gate(project: Project) -> None:
    for kind in all_kinds().values():
        job = first_job(project, kind)
        rendered = render(job, project.resources)
        with pytest.raises(GateError, match="empty"):
            check(job, replace(rendered, data=b""))


# --- one door for jobs


def test_one_function_makes_jobs_and_nobody_alters_one() -> None:
    makers: list[str] = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            altered = node.args and isinstance(node.args[0], ast.Name) and node.args[0].id.endswith("job")
            if node.func.id == "Job" or (node.func.id == "replace" and altered):
                makers.append(file.relative_to(PACKAGE).as_posix())
    assert makers == ["planner/sealing.py"]


_NAMES = st.sampled_from(["Sở Nội vụ", "UBND huyện Cư Jút", "so noi vu", "Sở Nội vụ ", ""])
_LINKS = st.builds(
    LinkWords,
    st.sampled_from(["province", "url"]),
    _NAMES,
    st.sampled_from(["https://daknong.gov.vn/", "https://daknong.gov.vn"]),
    st.just("daknong.gov.vn"),
)
_QR = st.builds(
    QrSpec,
    _LINKS,
    st.sampled_from([(), ("số",), ("số", "hóa"), ("số, hóa",)]),
    st.sampled_from(["png", "svg"]),
)
_FORWARDS = st.none() | st.builds(
    Forward,
    st.sampled_from(["so", "xa"]),
    st.sampled_from([(), (("a", ("b",)),), (("a", ("b", "c")),), (("a", ("b",)), ("c", ()))]),
    st.just("dispatch.md"),
)
_LETTERS = st.builds(
    LetterSpec,
    st.sampled_from(["docx", "pdf"]),
    st.sampled_from(["dispatch.md", "forward.md"]),
    st.just(()),
    st.sampled_from([None, "1", "11"]),
    st.none() | st.dates(),
    st.sampled_from([None, "None", "A"]),
    st.builds(Edition, st.sampled_from([None, 0, 1]), st.booleans()),
    _FORWARDS,
    _NAMES,
    _NAMES,
)


@given(st.tuples(_QR, _QR) | st.tuples(_LETTERS, _LETTERS) | st.tuples(_QR, _LETTERS))
@settings(max_examples=300)
def test_equal_keys_if_and_only_if_equal_specs(specs: tuple[object, object]) -> None:
    files = FileDigests(load_campaign().resources)
    first, second = (
        seal(
            AssetDraft("qr" if isinstance(spec, QrSpec) else "letter", spec, f"agency-{at}", f"{at}.x"), files
        )
        for at, spec in enumerate(specs)
    )
    assert (first.key == second.key) == (specs[0] == specs[1])


def test_keys_of_a_whole_campaign_differ_exactly_where_specs_do(project: Project) -> None:
    wish = replace(SMALL, all_agencies=True, kinds=("banner", "frame", "qr", "letter"))
    drafts = replace(wish, kinds=("letter",), edition=Edition(draft=True))
    split = Wanted(kinds=("letter",), split_annex=True, letter=LetterFill("7"))
    jobs = [*plan(project, wish).jobs, *plan(project, drafts).jobs, *plan(project, split).jobs]
    by_key: dict[str, object] = {}
    seen: dict[str, str] = {}
    for job in jobs:
        assert by_key.setdefault(job.key, job.spec) == job.spec, "one key, two specs"
        told = repr((job.kind, job.spec))
        assert seen.setdefault(told, job.key) == job.key, "one spec, two keys"
    assert len(by_key) == len(seen) > 300


def test_everything_in_a_spec_is_in_its_key(project: Project) -> None:
    """A field that no key sees would make two files of one name."""
    files = FileDigests(project.resources)
    for kind in all_kinds().values():
        job = first_job(project, kind)
        assert {each.name for each in fields(kind.spec)} == {each.name for each in fields(job.spec)}
        again = seal(
            AssetDraft(
                kind.id, job.spec, "somebody-else", f"elsewhere.{job.path.rpartition('.')[2]}", day="x"
            ),
            files,
        )
        assert again.key == job.key


def test_agency_of_another_name_has_another_key(project: Project) -> None:
    files = FileDigests(project.resources)
    job = plan(project, replace(SMALL, kinds=("banner",))).jobs[0]
    other = replace(job.spec, agency=Agency(id="x", name="Sở Nội vụ", short_name="SNV"))
    assert seal(AssetDraft("banner", other, "x", "x.png"), files).key != job.key


# --- no kind is named outside its room


def _says_link_uses(part: ast.stmt) -> bool:
    """Whether a statement lists what links are `for`: places, one of which is called a letter, too."""
    match part:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in {"LinkUse", "_USES", "_OLD_USES"}
        case _:
            return False


def test_no_module_outside_the_kinds_names_one() -> None:
    """Docstrings aside, no text in the code is a kind's id."""
    named: list[str] = []
    for file in sorted(PACKAGE.rglob("*.py")):
        if PACKAGE / "kinds" in file.parents:
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        uses = {id(node) for part in tree.body if _says_link_uses(part) for node in ast.walk(part)}
        named += [
            f"{file.relative_to(ROOT)}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if id(node) not in uses and isinstance(node, ast.Constant) and node.value in BUNDLED
        ]
    assert named == []


# --- a kind of another package


def run_toy(*arguments: str, cwd: Path, path: Path = TOY) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(path), str(ROOT)]), "DXASSETS_LANG": "en"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def cli(*arguments: str, cwd: Path, path: Path = TOY) -> subprocess.CompletedProcess[str]:
    return run_toy("-m", "dxassets", *arguments, cwd=cwd, path=path)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    told = cli(
        "build",
        "--kind",
        "text-card",
        "--kind",
        "qr",
        "--agency",
        "so-noi-vu",
        "--out",
        str(folder),
        cwd=folder,
    )
    assert told.returncode == 0, told.stderr
    return folder / "daknong-2022"


def test_another_packages_kind_is_built_and_verified(toy: Path) -> None:
    card = toy / "so-noi-vu" / "text-card" / "10-10.txt"
    assert card.read_text(encoding="utf-8").splitlines()[0] == "Ngày Chuyển đổi số quốc gia"
    record = next(
        each
        for each in json.loads((toy / "manifest.json").read_text(encoding="utf-8"))["assets"]
        if each["path"].endswith("10-10.txt")
    )
    assert record["kind"] == "text-card"
    assert record["size"] is None
    assert record["media_type"] == "text/plain"
    assert cli("verify", str(toy), cwd=toy).returncode == 0
    before = card.read_bytes()
    card.write_bytes(before + b"x")
    try:
        told = cli("verify", str(toy), cwd=toy)
        assert told.returncode == 1
        assert "10-10.txt" in told.stderr
    finally:
        card.write_bytes(before)


def test_another_packages_kind_stands_on_the_index_without_a_size(toy: Path) -> None:
    page = (toy / "index.html").read_text(encoding="utf-8")
    assert "Thẻ chữ" in page
    assert "Text cards" in page
    assert "so-noi-vu/text-card/10-10.txt" in page
    assert "0 × 0" not in page


def test_a_built_folder_is_read_and_built_on_without_the_package(toy: Path, tmp_path: Path) -> None:
    """Its assets stay, and are shown by their records; only reading them back asks for the package."""
    told = cli("verify", str(toy), cwd=toy, path=tmp_path)
    assert told.returncode == 1
    assert "install the package" in told.stderr
    wanted = ("--kind", "qr", "--agency", "so-noi-vu", "--format", "svg", "--out", str(toy.parent))
    told = cli("build", *wanted, cwd=toy, path=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "text-card/10-10.txt" in (toy / "index.html").read_text(encoding="utf-8")


def test_the_command_line_offers_another_packages_kind_and_its_formats(toy: Path) -> None:
    told = cli("build", "--kind", "txt-card", cwd=toy)
    assert told.returncode == 2
    assert "text-card" in told.stderr
    told = cli("build", "--kind", "text-card", "--format", "png", cwd=toy)
    assert told.returncode == 2
    assert "txt" in told.stderr
    assert "text-card" in cli("build", "--help", cwd=toy).stdout


SITE_AND_API = """
import json
from pathlib import Path
from dxassets.api import SiteWanted, build_site, load_campaign
from dxassets.api.live import make_live
from dxassets.server.offers import operations_of
from dxassets.server.openapi import openapi_of

project = load_campaign()
wanted = SiteWanted(agencies=("so-noi-vu",), days=("10-10",), themes=("light",), presets=("button-120x60",))
site = build_site(project, "site", wanted=wanted, built="built")
made = make_live(project, "text-card", {"day": "01-11"})
document = openapi_of(project, operations_of(project))
print(json.dumps({
    "home": (site.folder / "index.html").read_text(encoding="utf-8"),
    "english": (site.folder / "en/index.html").read_text(encoding="utf-8"),
    "files": [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.txt")],
    "made": made.data.decode(),
    "path": document["paths"]["/text-card"],
}))
"""


def test_another_packages_kind_stands_on_the_site_and_in_the_api(tmp_path: Path) -> None:
    told = run_toy("-c", SITE_AND_API, cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    issuer = "so-thong-tin-va-truyen-thong"
    assert found["files"]
    for name in found["files"]:
        assert f'href="{name}"' in found["home"]
        assert f'href="../{name}"' in found["english"]
    assert "Thẻ chữ" in found["home"]
    assert "Text cards" in found["english"]
    assert found["made"].startswith("Ngày Chuyển đổi số tỉnh Đắk Nông")
    assert "Sở Thông tin và Truyền thông" in found["made"], issuer
    parameters = {each["name"]: each for each in found["path"]["get"]["parameters"]}
    assert parameters["day"]["schema"]["enum"] == ["10-10", "01-11"]
    assert list(found["path"]["get"]["responses"]["200"]["content"]) == ["text/plain"]


def test_the_page_that_teaches_it_shows_just_this_package() -> None:
    page = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    shown = page.split("```python\n")[1].split("```")[0]
    code = (TOY / "dxtoy" / "__init__.py").read_text(encoding="utf-8")
    assert shown == code
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 60


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise RuntimeError('no such library')", "no such library"),
        ("KIND = object()", "no instance"),
        ("import dxtoy\nclass K(dxtoy.TextKind):\n    id = 'banner'\nKIND = K()", "there is a kind 'banner'"),
        ("import dxtoy\nclass K(dxtoy.TextKind):\n    id = 'Thẻ'\nKIND = K()", "not lower-case ASCII"),
        ("import dxtoy\nclass K(dxtoy.TextKind):\n    id = 'x'\n    formats = ('csv',)\nKIND = K()", "csv"),
    ],
)
def test_a_bad_package_is_told_by_name(tmp_path: Path, code: str, why: str) -> None:
    (tmp_path / "dxbad.py").write_text(code, encoding="utf-8")
    info = tmp_path / "dxbad-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dxbad\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[dxassets.kinds]\nbad = dxbad:KIND\n", encoding="utf-8")
    told = cli("build", "--kind", "qr", cwd=tmp_path, path=Path(f"{tmp_path}{os.pathsep}{TOY}"))
    assert told.returncode == 1
    assert "dxassets.kinds: bad" in told.stderr
    assert why in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "output").exists()


def test_an_unknown_kind_is_an_error_with_the_cure() -> None:
    with pytest.raises(DxassetsError, match="install the package"):
        kind_of("calendar")


def test_a_text_must_be_nfc_and_printable() -> None:
    facts = Facts(0, 0, "px", "text")
    check_asset(Rendered("Đắk Nông\n".encode(), "text/plain", facts))
    for wrong in ("a\u0300", "a\u200bb", "a\x07"):
        with pytest.raises(GateError, match="NFC"):
            check_asset(Rendered(wrong.encode(), "text/plain", facts))
    with pytest.raises(GateError, match="UTF-8"):
        check_asset(Rendered(b"\xff\xfe", "text/plain", facts))
