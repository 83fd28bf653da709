"""What the particulars of each kind lack, and what they hold that the kind's model has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from dxassets.dispatch.frontmatter import TomlText
from dxassets.dispatch.kinds import DOCUMENT_KINDS, LETTER, DocumentKind
from dxassets.errors import Problem

_MISSING = ("thiếu khóa này; hãy thêm vào", "is missing; add it")
_Said = tuple[str, str]
_KEYS: Mapping[str, _Said] = {
    "subject": ("trích yếu", "a subject"),
    "decided_by": ("dòng thẩm quyền ban hành", "the line that says who decides"),
    "bases": ("căn cứ ban hành ở phần khai báo", "bases among the particulars"),
    "attached": ("văn bản ban hành kèm theo", "a document issued with it"),
    "sender": ("người gửi điện", "who sends the telegram"),
    "addressees": ("nơi gửi đến ở đầu văn bản", "addressees at its head"),
    "secretary": ("người ký với tư cách thư ký", "a secretary who signs"),
    "annexes": ("phụ lục", "annexes"),
    "joint": ("cơ quan cùng ban hành", "bodies that issue it together"),
    "original": ("văn bản được sao", "a document that it is a copy of"),
    "original_number": ("số của văn bản được sao", "the number of the document copied"),
    "original_date": ("ngày của văn bản được sao", "the date of the document copied"),
    "original_signed": ("chữ ở chỗ ký của văn bản được sao", "words at the signature of the document copied"),
    "details.invited": ("người, cơ quan được mời", "who is invited"),
    "details.event": ("tên cuộc họp", "what they are invited to"),
    "details.chair": ("người chủ trì", "who chairs"),
    "details.time": ("thời gian", "the time"),
    "details.venue": ("địa điểm", "the place"),
    "details.secretary": ("thư ký", "the secretary"),
    "details.meeting": ("cuộc họp hay hội nghị, hội thảo", "what sort of meeting it was"),
    "details.started": ("thời gian bắt đầu", "when it began"),
    "details.ended": ("thời gian kết thúc", "when it ended"),
    "details.present": ("thành phần tham dự", "who was there"),
    "details.person": ("họ tên người được cấp giấy", "the name of the person"),
    "details.position": ("chức vụ, đơn vị công tác", "the person's position"),
    "details.sent_to": ("nơi được cử đến", "where the person is sent"),
    "details.purpose": ("việc được cử đi làm", "what the person is sent for"),
    "details.valid_until": ("ngày hết giá trị", "until when it is valid"),
    "details.requested": ("ngày của đơn đề nghị nghỉ phép", "the day of the request"),
    "details.length": ("thời gian nghỉ", "how long the leave is"),
    "details.starts": ("ngày bắt đầu nghỉ", "the first day of the leave"),
    "details.until": ("ngày hết nghỉ", "the last day of the leave"),
    "details.where": ("nơi nghỉ phép", "where the leave is spent"),
    "details.counted": ("cách tính thời gian nghỉ", "what the leave is counted as"),
    "details.confirmed": ("chỗ xác nhận của nơi nghỉ phép", "room for a confirmation"),
}
"""Particulars that some kinds have and others don't, and what they are."""
_NOT_HERE: Mapping[str, _Said] = {
    "addressees": (
        "chỉ công văn, tờ trình, báo cáo gửi cấp trên có “Kính gửi” (mục II.9.b); hãy chuyển vào recipients",
        "only letters and what goes to the body above have “Kính gửi” (II.9.b); put them into recipients",
    ),
    "bases": (
        "hãy viết căn cứ thành câu trong nội dung",
        "say in the text what it is based on",
    ),
    "subject": ("hãy bỏ dòng này", "leave it out"),
}
"""What to do with a key that a kind has no place for, where it is more than to take it out."""


def check_kind(raw: Mapping[str, Any], front: TomlText, problems: list[Problem]) -> None:
    """Add to `problems` what the kind of `raw` lacks, has no place for, and what contradicts itself."""
    kind = DOCUMENT_KINDS.get(str(raw.get("kind", LETTER)))
    if kind is None:
        return  # told with the key itself
    for key in _KEYS:
        has = _has(raw, key)
        if key in kind.needs and not has:
            problems.append(_lacking(kind, key, front))
        elif has and not kind.allows(key):
            problems.append(_useless(kind, key, front))
    problems += _date_line(raw, kind, front)
    problems += _at_odds(raw, kind, front)


def _path(key: str) -> tuple[str, ...]:
    return tuple(key.split("."))


def _has(raw: Mapping[str, Any], key: str) -> bool:
    """Whether a key says something; an empty text or list says nothing."""
    value: Any = raw
    for part in _path(key):
        value = cast("Mapping[str, Any]", value).get(part) if isinstance(value, dict) else None
    return value not in (None, "", [], False)


def _lacking(kind: DocumentKind, key: str, front: TomlText) -> Problem:
    where = front.where(_path(key))
    if kind.is_letter:
        return Problem(where, f"{key}: {_MISSING[0]}", f"{key}: {_MISSING[1]}")
    vi, en = _KEYS[key]
    return Problem(
        where,
        f"{key}: {kind.name} (Mẫu {kind.model}) phải có {vi}; hãy thêm khóa này vào phần khai báo",
        f"{key}: {kind.name!r} (Mẫu {kind.model}) needs {en}; add it to the particulars",
    )


def _useless(kind: DocumentKind, key: str, front: TomlText) -> Problem:
    vi, en = _KEYS[key]
    what = _NOT_HERE.get(key, ("hãy bỏ khóa này", "leave it out"))
    return Problem(
        front.where(_path(key)),
        f"{key}: {kind.name} (Mẫu {kind.model}) không có {vi}; {what[0]}",
        f"{key}: {kind.name!r} (Mẫu {kind.model}) has no place for {en}; {what[1]}",
    )


def _date_line(raw: Mapping[str, Any], kind: DocumentKind, front: TomlText) -> Iterator[Problem]:
    """The place, which minutes have no line for."""
    if kind.has_date_line:
        if raw.get("place", "") == "":
            yield Problem(front.where(("place",)), f"place: {_MISSING[0]}", f"place: {_MISSING[1]}")
    elif raw.get("place"):
        yield Problem(
            front.where(("place",)),
            f"place: {kind.name} (Mẫu {kind.model}) không có dòng địa danh ở đầu; hãy ghi ở details.venue",
            f"place: {kind.name!r} (Mẫu {kind.model}) has no line of place and date; say it in details.venue",
        )


def _at_odds(raw: Mapping[str, Any], kind: DocumentKind, front: TomlText) -> Iterator[Problem]:
    """Particulars that contradict one another."""
    yield from _ranks(raw, front)
    if kind.is_copy and _has(raw, "original"):
        for key in ("original_number", "original_date"):
            if not _has(raw, key):
                yield _lacking(kind, key, front)
    if kind.is_copy and not _has(raw, "original"):
        for key in ("original_number", "original_date", "original_signed"):
            if _has(raw, key):
                yield Problem(
                    front.where((key,)),
                    f"{key}: chưa có original để điền vào; hãy thêm original hoặc bỏ khóa này",
                    f"{key}: there is no original to fill it into; add original or leave it out",
                )


def _ranks(raw: Mapping[str, Any], front: TomlText) -> Iterator[Problem]:
    """Ranks and degrees of signers whose body is none of those that may write them."""
    joint = raw.get("joint")
    others = [_as_table(each) for each in cast("list[object]", joint)] if isinstance(joint, list) else []
    signers = [(("signer",), _table(raw, "signer"))]
    signers += [(("joint",), _table(each, "signer")) for each in others]
    if _table(raw, "issuer").get("sector"):
        return
    for path, signer in signers:
        if signer.get("rank"):
            yield Problem(
                front.where((*path, "rank")),
                "signer.rank: quân hàm, học hàm, học vị chỉ ghi ở lực lượng vũ trang, giáo dục, y tế, "
                "khoa học (mục II.7.c); đúng là cơ quan như vậy thì thêm vào [issuer] dòng sector = "
                '"vu-trang", "giao-duc", "y-te" hoặc "khoa-hoc", không thì bỏ rank',
                "signer.rank: only armed forces, schools, health and science write ranks (II.7.c); if the "
                'issuer is one, add sector = "vu-trang", "giao-duc", "y-te" or "khoa-hoc" to [issuer], or '
                "leave out rank",
            )


def _as_table(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return _as_table(raw.get(key))
