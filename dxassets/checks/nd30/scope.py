# ruff: noqa: E501  (what is said of a scope is a line)
"""What kind of document a file holds, and so which rules it is to be held to: before any of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dxassets.checks.nd30.letter import Letter, joined
from dxassets.decree import KINDS
from dxassets.vietnamese import fold

ScopeId = Literal[
    "administrative", "attached", "annex", "copy", "party", "youth", "legal", "court", "contract", "internal"
]
_HEAD_LINES, _TITLE_LINES = 40, 14
_PARTY = re.compile(r"dang cong san viet nam")
_PARTY_BODY = re.compile(
    r"(dang bo|dang uy|chi bo|tinh uy|thanh uy|huyen uy|quan uy|thi uy|ban chap hanh dang bo|ban thuong vu (tinh|huyen|thanh|dang))\b"
)
_PARTY_NUMBER = re.compile(r"so\s*:?\s*[\d.…_]*\s*-\s*[a-z]{1,4}\s*/\s*[a-z]")
_YOUTH = re.compile(r"doan (tncs|thanh nien cong san) ho chi minh")
_LAW_NUMBER = re.compile(
    r"so\s*:?\s*[\d.…_]*\s*/\s*(19|20)\d\d\s*/\s*"
    r"(l|pl|nd|tt|ttlt|nqlt|qh\d+|ubtvqh\d*|(qd|nq|ct)\s*-\s*(ubnd|hdnd|ttg|ctn|cp|hdtp|ktnn|ubtvqh\d*|b[a-z]+))\b"
)
"""A year in the number, and a kind that a body may legislate by: a contract's number has a year, too."""
_CONTRACT = re.compile(r"(phu luc )?(hop dong|ban ghi nho|bien ban ghi nho|ban thoa thuan|thoa thuan)\b")
_LAW_KINDS = {
    "luat",
    "bo luat",
    "phap lenh",
    "lenh",
    "nghi dinh",
    "thong tu",
    "thong tu lien tich",
    "nghi quyet lien tich",
    "van ban hop nhat",
    "hien phap",
}
_OF_LAW = re.compile(
    r"kem theo (nghi dinh|thong tu|luat|phap lenh)\b|kem theo [a-z ]+ so\s*:?\s*\d*\s*/\s*(19|20)\d\d\s*/"
)
_KIND_NAMES = {fold(kind) for kind in KINDS} - {"hop dong", "ban ghi nho", "ban thoa thuan"}
_COURT = re.compile(r"(ban an|nhan danh nuoc cong hoa|toa an nhan dan|vien kiem sat nhan dan|vien truong)\b")
_FORM = re.compile(
    r"(don (xin|de nghi|dang ky|yeu cau|khieu nai|to cao|trinh bay)|to khai|ban (khai|kiem diem|cam ket|tu |tuong trinh|nhan xet|ke khai)"
    r"|phieu (?!gui|chuyen|bao\b)|giay (de nghi|xac nhan|thanh toan|bien nhan|di duong|uy nhiem)|so (theo doi|yeu ly lich)"
    r"|lich (cong tac|lam viec|truc)|danh sach|so yeu)"
)


@dataclass(frozen=True, slots=True)
class DocumentScope:
    """What a document is, and what its form is ruled by, in Vietnamese and in English."""

    id: ScopeId
    vi: str
    en: str

    @property
    def is_ruled(self) -> bool:
        """Whether Phụ lục I of the decree says how it is to look."""
        return self.id in {"administrative", "attached", "annex", "copy"}


_SAID: dict[ScopeId, tuple[str, str]] = {
    "administrative": (
        "văn bản hành chính, theo Nghị định 30/2020/NĐ-CP",
        "an administrative document, by Nghị định 30/2020/NĐ-CP",
    ),
    "attached": (
        "văn bản ban hành kèm theo văn bản khác (Mẫu 1.3): không có số, ngày, chỗ ký và nơi nhận riêng",
        "a document issued with another one (Mẫu 1.3): it has no number, date, signature and recipients of its own",
    ),
    "annex": ("phụ lục ở tệp riêng", "an annex in a file of its own"),
    "copy": (
        "phần của bản sao (Mẫu 3.1), đứng riêng: không có Quốc hiệu, tên loại và nội dung",
        "what a copy adds (Mẫu 3.1), by itself: it has no national name, kind and text",
    ),
    "party": (
        "văn bản của Đảng: thể thức theo quy định của Đảng (Hướng dẫn 36-HD/VPTW), không theo Nghị định 30",
        "a document of the Party: its form is the Party's own (Hướng dẫn 36-HD/VPTW), not Nghị định 30",
    ),
    "youth": (
        "văn bản của Đoàn: thể thức theo hướng dẫn của Đoàn, không theo Nghị định 30",
        "a document of the Youth Union: its form is the Union's own, not Nghị định 30",
    ),
    "legal": (
        "văn bản quy phạm pháp luật: thể thức theo pháp luật về ban hành văn bản quy phạm pháp luật, không theo Nghị định 30",
        "legislation: its form is ruled by the law on legislation, not by Nghị định 30",
    ),
    "court": (
        "văn bản tố tụng: thể thức theo pháp luật tố tụng, không theo Nghị định 30",
        "a document of court proceedings: its form is not ruled by Nghị định 30",
    ),
    "contract": (
        "hợp đồng, bản ghi nhớ hoặc bản thỏa thuận: Phụ lục III không có mẫu, thể thức do các bên thống nhất",
        "a contract, memorandum or agreement: Phụ lục III has no model for it, its form is the parties' own",
    ),
    "internal": (
        "giấy tờ nội bộ, biểu mẫu hoặc đơn: không có số, ký hiệu văn bản; Nghị định 30 không định thể thức",
        "an internal slip, a form or a request: without number and symbol; Nghị định 30 does not rule its form",
    ),
}


def scope_of(letter: Letter) -> DocumentScope:
    """What the file is: by its letterhead, its number, its title, in this order."""
    id_ = _told(letter)
    return DocumentScope(id_, *_SAID[id_])


def _told(letter: Letter) -> ScopeId:
    parts = letter.parts
    head = [fold(line.text) for line in letter.lines if line.text][:_HEAD_LINES]
    top = head[:_TITLE_LINES]
    issuer = fold(joined(parts.body_name)), fold(joined(parts.parent))
    number = fold(parts.number.text) if parts.number is not None else ""
    nation = parts.nation is not None
    if any(_PARTY_BODY.match(name) for name in issuer) or (not nation and _is_partys(head, number)):
        return "party"
    if not nation and any(_YOUTH.search(line) for line in top):
        return "youth"
    if (
        _LAW_NUMBER.match(number)
        or any(line in _LAW_KINDS for line in head[:24])
        or _OF_LAW.search(" ".join(top))
    ):
        return "legal"
    if any(_COURT.match(line) for line in (*issuer, *top[:6])):
        return "court"
    if _is_contract(letter):
        return "contract"
    return _ruled(letter, head)


def _is_contract(letter: Letter) -> bool:
    """Whether one of the first lines, in capitals, names an agreement of parties, and no kind stands above."""
    for line in [line for line in letter.lines if line.text][:_HEAD_LINES]:
        folded = fold(line.text)
        if line.text == line.text.upper() and _CONTRACT.match(folded):
            return True
        if folded in _KIND_NAMES or folded.startswith(("kinh gui", "v/v")):
            return False
    return False


def _ruled(letter: Letter, head: list[str]) -> ScopeId:
    """Of what is nobody else's: an annex, an attached document, a document by itself, or a slip."""
    if letter.parts.is_annex_only:
        return "annex"
    if letter.parts.copy is not None and letter.parts.nation is None and letter.parts.number is None:
        return "copy"
    if letter.parts.reference is not None and letter.parts.number is None:
        return "attached"
    return "administrative" if _is_administrative(letter, head) else "internal"


def _is_partys(head: list[str], number: str) -> bool:
    return (
        any(_PARTY.fullmatch(line.strip(" -*")) for line in head)
        or _PARTY_NUMBER.match(number) is not None
        or any(_PARTY_BODY.match(line) for line in head[:4])
    )


def _is_administrative(letter: Letter, head: list[str]) -> bool:
    """Whether it is one of the decree's kinds: by its number, or by two marks of such a document."""
    parts = letter.parts
    first = (
        head.index(fold(parts.number.text))
        if parts.number is not None and fold(parts.number.text) in head
        else 0
    )
    titles = [line for line in head[first : first + _TITLE_LINES] if _FORM.match(line)]
    named = parts.named_kind.lower() in KINDS
    letter_like = bool(parts.subject) and parts.salutation is not None
    if titles and not named and not letter_like:
        return False
    if parts.number is not None:
        return True
    marks = (
        parts.nation is not None,
        bool(parts.body_name),
        named or letter_like,
        parts.recipients_head is not None,
    )
    return sum(marks) > len(marks) - 2
