"""The linter on a corpus of documents of every kind: lawful ones, and ones whose faults were planted."""

from __future__ import annotations

import re
import shutil
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pypdf.generic import RectangleObject

from dxassets.checks.nd30 import RULES, examine
from dxassets.checks.nd30.times import times_width
from dxassets.errors import Lang
from tests.letter_support import ROOT, rules_broken, word_to_pdf
from tests.nd30_corpus import CORPUS, LAWFUL, LETTER, PLAN, Case
from tests.nd30_measuring import editions, measured, summary, table
from tests.nd30_papers import looking, made

GUIDE = ROOT / "docs" / "soi-van-ban.md"
READMES: dict[str, Lang] = {"README.md": "en", "README.vi.md": "vi"}
_WHOLE = re.compile(r"\| \*\*(?:tất cả|all)\*\* \| (?:(\d+) \| \d+ \| )?((?:\d+ \| ){3}\d+ % \| \d+ %) \|")
DECREE = tomllib.loads((ROOT / "tests/data/decree.toml").read_text(encoding="utf-8"))


def test_the_corpus_is_of_every_kind_and_scope() -> None:
    assert len(CORPUS) >= 60
    assert len({case.id for case in CORPUS}) == len(CORPUS)
    assert {case.scope for case in CORPUS} == {
        "administrative",
        "attached",
        "annex",
        "party",
        "legal",
        "internal",
        "contract",
    }
    assert len({case.paper.kind for case in LAWFUL}) >= 15


@pytest.mark.parametrize("case", CORPUS, ids=[case.id for case in CORPUS])
def test_a_word_file_is_told_just_what_it_breaks(case: Case) -> None:
    report = examine(made(case.paper), "a.docx", times_width)
    assert report.scope.id == case.scope
    assert {finding.rule.id for finding in report.findings} == case.breaks


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftocairo") is None, reason="poppler is not installed")
def test_a_document_has_one_verdict_whoever_saved_it_and_the_guide_tells_the_measurement(
    tmp_path: Path,
) -> None:
    found = measured(editions(CORPUS, tmp_path))
    scopes: defaultdict[str, set[str]] = defaultdict(set)
    for (id_, _), report in found.reports.items():
        scopes[id_].add(report.scope.id)
    assert {id_: names for id_, names in scopes.items() if len(names) > 1} == {}
    assert found.wrong == ()
    assert table(found.tallies) in GUIDE.read_text(encoding="utf-8"), table(found.tallies)
    for name, lang in READMES.items():
        told = summary(found.editions, lang)
        assert told in (ROOT / name).read_text(encoding="utf-8"), told


def test_the_readmes_tell_what_the_guide_tells() -> None:
    """The measurement itself is slow; that the three tables are of one measurement is told at once."""
    guide = _WHOLE.findall(GUIDE.read_text(encoding="utf-8"))
    for name in READMES:
        said = _WHOLE.findall((ROOT / name).read_text(encoding="utf-8"))
        assert [faults for _, faults in said] == [faults for _, faults in guide] != []
        assert said[0][0] == str(5 * len(CORPUS))


# --- citations -------------------------------------------------------------------------------------


def test_each_rule_names_the_clause_that_says_it_and_custom_is_only_a_warning() -> None:
    for rule in RULES.values():
        clause = DECREE["rules"].get(rule.id)
        if clause is None:
            assert (rule.clause, rule.severity) == ("thông lệ", "warning"), rule.id
            continue
        cited = re.findall(r"(?:mục|và) ((?:I{1,3}|IV)\.\d(?:\.[a-zđ])?)|(mẫu \d\.\d)", rule.clause)
        assert clause in {name for pair in cited for name in pair}, rule.id


def test_no_clause_is_cited_that_the_decree_does_not_have() -> None:
    for rule in RULES.values():
        part = "Phụ lục I, Phần II" if "Phần II," in rule.clause else "Phụ lục I, Phần I"
        known = {**DECREE[part], **DECREE["Phụ lục III"]}
        for clause in re.findall(r"mục (\S+)", rule.clause.replace(" và II", " và mục II")):
            assert clause.rstrip(",") in known, (rule.id, clause)


def test_what_the_decree_does_not_say_is_no_error() -> None:
    assert {rule.id for rule in RULES.values() if rule.clause == "thông lệ"} == {
        "H7", "D3", "S4", "S5", "T1", "P9", "P10", "B11",
    }  # fmt: skip


# --- what real files have ---------------------------------------------------------------------------


def test_decomposed_text_is_judged_as_what_it_says() -> None:
    """Grounds, place and names in NFD are no other words; only that they are is said, as custom."""
    paper = replace(
        LETTER,
        **{
            name: unicodedata.normalize("NFD", getattr(LETTER, name))
            for name in ("body", "parent", "date", "subject", "name", "nation", "motto")
        },
        text=tuple(unicodedata.normalize("NFD", line) for line in LETTER.text),
    )
    assert rules_broken(made(paper)) == ["P9"]


def test_a_signed_last_page_that_was_scanned_is_no_missing_signature(tmp_path: Path) -> None:
    unsigned = replace(LETTER, authority=(), recipients=())
    pdf = word_to_pdf(made(unsigned), tmp_path) if shutil.which("soffice") else b""
    if not pdf:
        pytest.skip("LibreOffice is not installed")
    assert {"S1", "R1"} <= set(rules_broken(pdf, "a.pdf"))
    scan = tmp_path / "scan.pdf"
    Image.new("RGB", (1654, 2339), "white").save(scan, resolution=200)
    (tmp_path / "letter.pdf").write_bytes(pdf)
    writer = pypdf.PdfWriter()
    for each in (tmp_path / "letter.pdf", scan):
        writer.append(each)
    writer.write(tmp_path / "both.pdf")
    assert not {"S1", "R1"} & set(rules_broken((tmp_path / "both.pdf").read_bytes(), "a.pdf"))


def test_a_page_that_is_stored_turned_is_read_upright(tmp_path: Path) -> None:
    """A letter whose page is turned twice (its content one way, the page the other) reads as it looks."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    pdf = word_to_pdf(made(LETTER), tmp_path)
    writer = pypdf.PdfWriter(clone_from=tmp_path / "letter.pdf")
    for page in writer.pages:
        turned = pypdf.Transformation().rotate(90).translate(float(page.mediabox.height), 0)
        page.add_transformation(turned)
        page.mediabox = RectangleObject((0, 0, page.mediabox.height, page.mediabox.width))
        page.cropbox = page.trimbox = page.artbox = page.bleedbox = page.mediabox
        page.rotate(90)
    writer.write(tmp_path / "turned.pdf")
    assert rules_broken(pdf, "a.pdf") == rules_broken((tmp_path / "turned.pdf").read_bytes(), "a.pdf") == []


@pytest.mark.parametrize(
    ("issuer", "breaks"),
    [
        ("TRƯỜNG ĐẠI HỌC TÂY NGUYÊN", False),
        ("BỆNH VIỆN ĐA KHOA TỈNH", False),
        ("VIỆN KHOA HỌC XÃ HỘI", False),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH", False),
        ("CÔNG AN TỈNH ĐẮK NÔNG", False),
        ("SỞ NỘI VỤ", True),
        ("SỞ TÀI CHÍNH", True),
    ],
)
def test_ranks_and_degrees_are_allowed_where_the_decree_allows_them(issuer: str, *, breaks: bool) -> None:
    paper = replace(LETTER, body=issuer, name="TS. Nguyễn Văn A")
    assert ("S2" in rules_broken(made(paper))) is breaks


def test_a_plan_is_numbered_only_when_it_is_longer_than_a_page() -> None:
    short = looking(replace(PLAN, text=PLAN.text[-1:]), page="none")
    long = looking(replace(PLAN, text=PLAN.text[:-1] * 5 + PLAN.text[-1:]), page="none")
    assert "P6" not in rules_broken(made(short))
    assert "P6" in rules_broken(made(long))
