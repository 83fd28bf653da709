"""The recipe of a signature: a table with its style on each element, a mail that holds it, and plain text.

Outlook draws with Word, which knows neither style sheets nor margins of blocks; Gmail takes style sheets and
embedded addresses out. So there are tables, styles on elements, sizes as attributes, and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from dxassets.digest import digest
from dxassets.jobs import Facts, Job, Rendered
from dxassets.kinds.holding import made
from dxassets.kinds.signature.spec import SignatureSpec
from dxassets.kinds.signature.words import plain_twin, signature_title
from dxassets.resources import Resources

HOW_TO_FILE = "templates/signature/huong-dan.txt"
_FONT = "Arial,Helvetica,sans-serif"
_TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
_TYPE = f"font-family:{_FONT};font-size:14px;line-height:20px;mso-line-height-rule:exactly;color:#1f2937"
_PICTURE_NAME = "chu-ky.png"


def render(job: Job[SignatureSpec], resources: Resources) -> Rendered:
    """The signature in the job's format."""
    spec = job.spec
    facts = Facts(0, 0, "px", "text")
    if spec.how_to:
        return Rendered(resources.read(HOW_TO_FILE).data, "text/plain", facts)
    if spec.format == "txt":
        return Rendered(plain_twin(spec).encode(), "text/plain", facts)
    picture = None
    alt = spec.slogan
    if job.parts:
        banner = made(job.parts[0], resources)
        picture, alt = banner.data, banner.alt or job.parts[0].alt
    if spec.format == "eml":
        return Rendered(_mail(spec, picture or b"", alt), "message/rfc822", facts)
    source = spec.address or f"data:image/png;base64,{b64encode(picture or b'').decode()}"
    page = _page(signature_title(spec), signature_table(spec, source, alt), spec.lang)
    return Rendered(page.encode(), "text/html", facts)


def signature_table(spec: SignatureSpec, source: str, alt: str) -> str:
    """The signature as mail programs keep it."""
    width, height = spec.size
    lines = [f"<strong>{escape(spec.lines[0])}</strong>"] if spec.lines else []
    lines += [escape(line) for line in spec.lines[1:]]
    lines += [f'<strong style="color:#0b3fa8">{escape(spec.agency)}</strong>']
    image = (
        f'<img src="{escape(source)}" alt="{escape(alt)}" width="{width}" height="{height}" border="0" '
        f'style="display:block;width:{width}px;max-width:100%;height:auto;border:0;{_TYPE}">'
    )
    below = ""
    if spec.url is not None:
        image = f'<a href="{escape(spec.url)}" style="text-decoration:none">{image}</a>'
        below = (
            f'\n  <tr><td style="padding:8px 0 0;{_TYPE}">{escape(spec.label)}: '
            f'<a href="{escape(spec.url)}" style="color:#0b3fa8;text-decoration:underline">'
            f"{escape(spec.domain)}</a></td></tr>"
        )
    return (
        f'<table {_TABLE} width="{width}" style="width:{width}px;max-width:100%;border-collapse:collapse">\n'
        f'  <tr><td style="padding:0;{_TYPE}">{"<br>".join(lines)}</td></tr>\n'
        f'  <tr><td style="padding:12px 0 0">{image}</td></tr>{below}\n'
        "</table>"
    )


def _page(title: str, body: str, lang: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f'</head>\n<body style="margin:16px;background:#ffffff">\n{body}\n</body>\n</html>\n'
    )


def _mail(spec: SignatureSpec, picture: bytes, alt: str) -> bytes:
    """A mail not yet sent, with the picture in it: what is opened in Outlook or Thunderbird can be copied."""
    name = digest(picture)[:16]
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = signature_title(spec)
    mail["X-Unsent"] = "1"
    mail["MIME-Version"] = "1.0"
    mail.set_content(plain_twin(spec), charset="utf-8", cte="base64")
    html = _page(signature_title(spec), signature_table(spec, f"cid:{name}@dxassets", alt), spec.lang)
    mail.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    related = mail.get_payload()[1]  # pyright: ignore[reportArgumentType]
    part = {"cid": f"<{name}@dxassets>", "filename": _PICTURE_NAME, "disposition": "inline"}
    related.add_related(picture, "image", "png", **part)  # pyright: ignore
    mail.set_boundary(f"dxassets-{name}-1")
    related.set_boundary(f"dxassets-{name}-2")  # pyright: ignore
    return mail.as_bytes()
