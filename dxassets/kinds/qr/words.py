"""What people read of a code that they can't see."""

from __future__ import annotations

from dxassets.jobs import LinkWords, code_word


def qr_title(link: LinkWords) -> str:
    """Where the code leads."""
    return f"{code_word(link)} · {link.label}"


def qr_alt(link: LinkWords) -> str:
    """What stands below the code: label and domain."""
    return f"{code_word(link)}: {link.label} – {link.domain}"
