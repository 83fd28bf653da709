"""Every kind goes through every stage and face, and another package's kind does so without a change here."""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassets.agencies import Agency
from dxassets.api import Project, SiteWanted, Wanted, load_campaign, plan
from dxassets.api.live import make_live
from dxassets.dispatch import Edition, Forward, LetterFill
from dxassets.errors import GateError
from dxassets.jobs import AnyJob, LinkWords
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.kinds.qr.spec import QrSpec
from dxassets.kinds.registry import Kind, all_kinds, check, render
from dxassets.kinds.scope import AssetDraft
from dxassets.planner import FileDigests, seal
from dxassets.runners import record_of
from dxassets.server.offers import operations_of

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dxassets"
TOY = ROOT / "tests" / "toy"
BUNDLED = ("banner", "frame", "qr", "letter", "script", "calendar", "loop", "posts", "signature", "press")
KINDS = pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.id)
SMALL = Wanted(days=("10-10",), themes=("digital",), presets=("button-120x60",), sizes=("256x64",))


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
        suffix = job.path.rpartition(".")[2]
        parts = tuple(AssetDraft(part.kind, part.spec, "x", part.path) for part in job.parts)
        again = seal(
            AssetDraft(kind.id, job.spec, "somebody-else", f"elsewhere.{suffix}", day="x", parts=parts), files
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


ELEMENTS = {
    ("logos/svg.py", "script"),
    ("renderers/site/pages.py", "script"),
    ("api/framing/review.py", "script"),
    ("api/framing/review.py", "frame"),
    ("report/papers.py", "letter"),
    ("backends/animations.py", "loop"),
}
"""Where the word is an element of a page or a drawing, a key of what a script reads, or a hole in a text."""


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
            if id(node) not in uses
            and isinstance(node, ast.Constant)
            and node.value in BUNDLED
            and (file.relative_to(PACKAGE).as_posix(), node.value) not in ELEMENTS
        ]
    assert named == []
