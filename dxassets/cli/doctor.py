"""`dxassets doctor`: what this machine has for the work, and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.cli import messages
from dxassets.cli.catalog import Text
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.doctor import Diagnosis, Status, diagnose

_STATUS: dict[Status, Text] = {
    "good": messages.DOCTOR_GOOD,
    "note": messages.DOCTOR_NOTE,
    "bad": messages.DOCTOR_BAD,
}


def run_doctor(arguments: Sequence[str], speaker: Speaker) -> int:
    """Look at this machine and tell what to do; 1 when not everything can be made on it."""
    options = read("doctor", arguments, speaker)
    diagnosis = diagnose(options.out or "output")
    if speaker.as_json:
        speaker.document(_to_json(diagnosis))
    else:
        _tell(diagnosis, speaker)
    return diagnosis.exit_code


def _tell(diagnosis: Diagnosis, speaker: Speaker) -> None:
    """A line for each thing, what to do below it, and the sum at the end."""
    words = {status: speaker.words(text) for status, text in _STATUS.items()}
    width = max(map(len, words.values()))
    wide = max(len(_in(check.title, speaker)) for check in diagnosis.checks)
    for check in diagnosis.checks:
        title, found = _in(check.title, speaker), _in(check.found, speaker)
        speaker.out(f"{words[check.status]:<{width}}  {title:<{wide}}  {found}")
        if check.cure is not None:
            speaker.out(f"{'':<{width}}  {'':<{wide}}  → {_in(check.cure, speaker)}")
    bad, notes = len(diagnosis.of("bad")), len(diagnosis.of("note"))
    end = messages.DOCTOR_LACKS if bad else messages.DOCTOR_NOTES if notes else messages.DOCTOR_WELL
    speaker.out(speaker.words(end, bad=bad, notes=notes))


def _in(words: Text, speaker: Speaker) -> str:
    """What was found, as it is: a path may hold braces."""
    return words[0 if speaker.lang == "vi" else 1]


def _to_json(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "well": diagnosis.exit_code == 0,
        "checks": [
            {
                "id": check.id,
                "status": check.status,
                "title": _both(check.title),
                "found": _both(check.found),
                "cure": None if check.cure is None else _both(check.cure),
            }
            for check in diagnosis.checks
        ],
    }


def _both(words: Text) -> dict[str, str]:
    vi, en = words
    return {"vi": vi, "en": en}
