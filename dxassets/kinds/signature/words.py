"""What people read of a signature, in it and about it."""

from __future__ import annotations

from dxassets.jobs import is_english
from dxassets.kinds.signature.spec import SignatureSpec

_FORMS = {
    "vi": {"html": "HTML để chép", "eml": "thư mẫu có sẵn ảnh", "txt": "chữ thường"},
    "en": {"html": "HTML to copy", "eml": "a mail with the picture in it", "txt": "plain text"},
}


def signature_title(spec: SignatureSpec) -> str:
    """A signature, and as what."""
    lang = "en" if is_english(spec.lang) else "vi"
    if spec.how_to:
        return {"vi": "Cách đưa chữ ký vào chương trình thư", "en": "How to put a signature in"}[lang]
    head = {"vi": "Chữ ký thư", "en": "Mail signature"}[lang]
    return f"{head} · {spec.called} ({_FORMS[lang][spec.format]})"


def signature_alt(spec: SignatureSpec) -> str:
    """Whose it is."""
    return f"{signature_title(spec)}: {spec.agency}. {spec.slogan}."


def plain_twin(spec: SignatureSpec) -> str:
    """The signature without pictures, below two dashes and a blank (RFC 3676, 4.3)."""
    link = [] if spec.url is None else [f"{spec.label} ({spec.domain})", spec.url]
    return "\n".join(["-- ", *spec.lines, spec.agency, spec.slogan, *link, ""])
