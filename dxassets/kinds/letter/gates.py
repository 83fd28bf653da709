"""A letter's gates: its codes read back, its size, and the decree itself, by our own linter on the bytes."""

from __future__ import annotations

from dxassets.checks import check_asset, check_document_codes, check_weight
from dxassets.errors import GateError
from dxassets.jobs import MEDIA_TYPES, Findings, Job, Rendered
from dxassets.kinds.letter.law import judge_file
from dxassets.kinds.letter.spec import LetterSpec


def check_letter(job: Job[LetterSpec], rendered: Rendered) -> Findings:
    """Hold a finished letter against its facts and Nghị định 30/2020; `GateError` tells all it forbids."""
    if rendered.media_type == MEDIA_TYPES["docx"]:
        check_weight(rendered)
        facts = rendered.facts
        found = Findings(facts.width, facts.height, None, check_document_codes(rendered))
    else:
        found = check_asset(rendered)
    file = job.path.rpartition("/")[2]
    name = file if job.spec.is_alone else f"{job.agency}/{file}"
    verdict = judge_file(rendered.data, name, source=job.spec.dispatch)
    if verdict.errors:
        raise GateError(*verdict.errors)
    return Findings(found.width, found.height, found.least_contrast, found.decoded, verdict.warnings)
