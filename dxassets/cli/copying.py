"""`dxassets copy`: a copy in electronic form of a scanned document."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api.copying import make_copy
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker


def run_copy(arguments: Sequence[str], speaker: Speaker) -> int:
    """The scan with its caption at the top right of its first page, ready to be signed."""
    options = read("copy", arguments, speaker)
    project = open_campaign(options.campaign, speaker)
    made = make_copy(project, options.scan, options.out, form=options.form, office=options.by)
    speaker.out(speaker.words(messages.WROTE, path=made.file))
    for problem in made.notices:
        speaker.warning(problem)
    return 0
