"""A script's gates: the finished file is read back, and every word that is to be said stands in it."""

from __future__ import annotations

from xml.etree import ElementTree

from dxassets.checks import check_asset, check_weight
from dxassets.errors import GateError, Problem
from dxassets.jobs import MEDIA_TYPES, Findings, Rendered
from dxassets.kinds.paper import words_of_paper
from dxassets.kinds.script.spec import ScriptSpec
from dxassets.kinds.script.words import sentence_case


def check_script(spec: ScriptSpec, rendered: Rendered) -> Findings:
    """Hold a finished script against its spec; `GateError` for what is wrong."""
    if spec.format == "pdf":
        return check_asset(rendered)
    check_weight(rendered)
    if spec.format == "docx":
        said = words_of_paper(rendered.data)
        found = Findings(rendered.facts.width, rendered.facts.height)
    else:
        found = check_asset(rendered)
        said = _text_of(spec, rendered.data)
    missing = [
        phrase.text
        for version in spec.versions
        for paragraph in version.paragraphs
        for phrase in sentence_case(paragraph)
        if phrase.text not in said
    ]
    if missing:
        raise GateError(Problem("", f"thiếu “{missing[0]}”", f"lacks {missing[0]!r}"))
    return found


def _text_of(spec: ScriptSpec, data: bytes) -> str:
    if spec.format == "txt" or spec.format in MEDIA_TYPES:
        return data.decode()
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  (our own bytes; well-formedness is the question)
    except ElementTree.ParseError as error:
        raise GateError(
            Problem("", f"SSML viết sai: {error}", f"the SSML is not well formed: {error}")
        ) from error
    return "".join(root.itertext())
