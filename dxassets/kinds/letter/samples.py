"""Samples of every kind of document that a clerk can start from, with holes where only the office knows."""

from __future__ import annotations

from collections.abc import Iterator
from string import Template

from dxassets.dispatch import DOCUMENT_KINDS, DocumentKind
from dxassets.dispatch.kinds import LETTER
from dxassets.errors import InputError
from dxassets.models import not_among
from dxassets.resources import Resources, bundled_root

_FOLDER = "templates/documents"
_VARIANTS = {
    "quyet-dinh-ban-hanh": "quyết định ban hành hay phê duyệt văn bản khác",
    "van-ban-kem-theo": "văn bản ban hành kèm theo quyết định",
    "lien-tich": "văn bản của nhiều cơ quan",
    "phu-luc": "phụ lục",
}
"""Samples beside those of the kinds, and what they are."""
_TO_THE_BODY_ABOVE = frozenset({"to-trinh", "bao-cao"})
_ABOUT = {
    "thông báo": "Kết luận {nguoi-ket-luan} tại {ten-cuoc-hop}",
    "báo cáo": "Kết quả {noi-dung-bao-cao}",
    "tờ trình": "Về việc {trich-yeu}",
    "chỉ thị": "Về {trich-yeu}",
    "thông cáo": "Về {trich-yeu}",
}


def sample_names() -> tuple[str, ...]:
    """What can be asked for: every kind, and what goes with one."""
    return (*DOCUMENT_KINDS, *_VARIANTS)


def sample_files() -> Iterator[tuple[str, str]]:
    """Each sample's name, and what it is in Vietnamese."""
    yield from ((kind.slug, kind.name) for kind in DOCUMENT_KINDS.values())
    yield from _VARIANTS.items()


def sample_text(name: str) -> str:
    """The sample of that name, for a file to be filled in; `InputError` when there is none."""
    if name not in sample_names():
        raise InputError(not_among("--sample", name, known=sample_names()))
    kind = DOCUMENT_KINDS.get(name, DOCUMENT_KINDS[LETTER])
    file = f"{_FOLDER}/{_file(name, kind)}"
    text = Resources((bundled_root(),)).read(file).data.decode()
    capital = f"{kind.name[:1].upper()}{kind.name[1:]}"
    about = _ABOUT.get(kind.name, "{trich-yeu}")
    return Template(text).safe_substitute(
        slug=kind.slug, name=kind.name, name_cap=capital, short=kind.short, about=about
    )


def _file(name: str, kind: DocumentKind) -> str:
    """The sample's file: kinds that share a model share one."""
    if name == "phu-luc":
        return "phu-luc.toml"
    if name in _VARIANTS or kind.model not in {"1.4", "3.1"}:
        return f"{name}.md"
    if kind.is_copy:
        return "ban-sao.md"
    return "trinh-cap-tren.md" if name in _TO_THE_BODY_ABOVE else "van-ban.md"
