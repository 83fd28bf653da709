"""The kinds of documents that Phụ lục III of Nghị định 30/2020/NĐ-CP has a model for, by their slugs.

A kind's name and abbreviation are those of `dxassets.decree`; here stands what its model holds: which
particulars it needs, which it may have, and what it has no place for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dxassets.decree import COPIES, KINDS
from dxassets.vietnamese import slug

TextNeed = Literal["must", "may", "none"]
LETTER = "cong-van"
DECISION, RESOLUTION, MINUTES, TELEGRAM = "quyet-dinh", "nghi-quyet", "bien-ban", "cong-dien"
INVITATION, INTRODUCTION, LEAVE = "giay-moi", "giay-gioi-thieu", "giay-nghi-phep"
EXCERPT = "trich-sao"

# Particulars that not every kind has; a dot leads into [details].
_NONE: frozenset[str] = frozenset()
_ALWAYS_MAY = frozenset({"annexes", "joint"})
_INVITED = frozenset({"details.invited", "details.event", "details.time", "details.venue"})
_INTRODUCED = frozenset(
    {
        "details.person",
        "details.position",
        "details.sent_to",
        "details.purpose",
        "details.valid_until",
    }
)
_MET = frozenset(
    {
        "details.started",
        "details.venue",
        "details.present",
        "details.chair",
        "details.secretary",
        "details.ended",
        "secretary",
    }
)
_ON_LEAVE = frozenset(
    {
        "details.requested",
        "details.person",
        "details.position",
        "details.length",
        "details.starts",
        "details.until",
        "details.where",
        "details.counted",
    }
)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind: its slug, name, abbreviation (none for a công văn), and the model (Mẫu) of Phụ lục III.

    `needs` and `may` are keys of the particulars, beside those that every kind has. `operative` opens the
    articles. `text` says whether there is text below the particulars: where there may be or is none, the
    model's own lines are all.
    """

    slug: str
    name: str
    short: str
    model: str
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    operative: str = ""
    text: TextNeed = "must"

    @property
    def title(self) -> str:
        """The name in capitals, as it stands above the subject."""
        return self.name.upper()

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, which has a V/v in the place of a name and a subject."""
        return self.slug == LETTER

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy of another document (Mẫu 3.1)."""
        return self.model == "3.1"

    @property
    def has_date_line(self) -> bool:
        """Whether place and date stand at its head; minutes name their time in the text (Mẫu 1.9)."""
        return self.slug != MINUTES

    def allows(self, key: str) -> bool:
        """Whether the model has a place for that key of the particulars."""
        return key in self.needs or key in self.may


_ABOUT = frozenset({"subject"})
_DECIDED = frozenset({"subject", "decided_by"})
_GROUNDED = frozenset({"bases"}) | _ALWAYS_MAY
_NAMED = (
    "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo", "hướng dẫn", "chương trình", "kế hoạch",
    "phương án", "đề án", "dự án", "báo cáo", "tờ trình", "giấy ủy quyền", "phiếu gửi", "phiếu chuyển",
    "phiếu báo",
)  # fmt: skip
"""The kinds of Mẫu 1.4, by its own note."""
_WITHOUT_SUBJECT = frozenset({"giấy ủy quyền", "phiếu gửi", "phiếu chuyển", "phiếu báo"})
_GREETING = {"tờ trình": "needs", "báo cáo": "may"}
"""Mục II.9.b: who writes to the body above greets it; other kinds have no Kính gửi."""


def _named(name: str) -> DocumentKind:
    """A kind of Mẫu 1.4."""
    about, greeting = name not in _WITHOUT_SUBJECT, _GREETING.get(name, "")
    addressed = frozenset({"addressees"})
    needs, may = (_ABOUT if about else _NONE), _GROUNDED | (_NONE if about else _ABOUT)
    return DocumentKind(
        slug(name),
        name,
        KINDS[name],
        "1.4",
        needs=needs | (addressed if greeting == "needs" else _NONE),
        may=may | (addressed if greeting == "may" else _NONE),
    )


def _own(
    name: str,
    model: str,
    needs: frozenset[str],
    *,
    may: frozenset[str] = frozenset(),
    operative: str = "",
    text: TextNeed = "must",
) -> DocumentKind:
    """A kind with a model of its own."""
    return DocumentKind(slug(name), name, KINDS[name], model, needs, may | _ALWAYS_MAY, operative, text)


def _all() -> Mapping[str, DocumentKind]:
    issued = frozenset({"bases", "attached"})
    addressed = frozenset({"addressees"})
    kinds = (
        DocumentKind(LETTER, "công văn", "", "1.5", _ABOUT | addressed, _ALWAYS_MAY),
        _own("nghị quyết", "1.1", _DECIDED, may=issued, operative="QUYẾT NGHỊ:"),
        _own("quyết định", "1.2", _DECIDED, may=issued, operative="QUYẾT ĐỊNH:"),
        *(_named(name) for name in _NAMED),
        _own("công điện", "1.6", addressed | {"sender"}, may=_ABOUT),
        _own("giấy mời", "1.7", _ABOUT | _INVITED, may=frozenset({"details.chair"}), text="may"),
        _own("giấy giới thiệu", "1.8", _INTRODUCED, text="none"),
        _own("biên bản", "1.9", _ABOUT | _MET, may=frozenset({"details.meeting"})),
        _own("giấy nghỉ phép", "1.10", _ON_LEAVE, may=frozenset({"details.confirmed"}), text="none"),
        *(
            DocumentKind(
                slug(name), name, short, "3.1", frozenset(),
                frozenset({"original", "original_number", "original_date", "original_signed"}),
                text="may" if name == "trích sao" else "none",
            )
            for name, short in COPIES.items()
        ),
    )  # fmt: skip
    return {kind.slug: kind for kind in kinds}


DOCUMENT_KINDS: Mapping[str, DocumentKind] = _all()
WITHOUT_MODEL: Mapping[str, str] = {
    slug(name): name for name in ("hợp đồng", "bản ghi nhớ", "bản thỏa thuận")
}
"""Kinds that mục I of Phụ lục III names and no model of it shows."""
