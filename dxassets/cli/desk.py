"""`dxassets open`: the start page in the browser, on this computer alone."""

from __future__ import annotations

import signal
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.desktop.app import StartDesk, create_desk_app
from dxassets.desktop.doors import Keys
from dxassets.desktop.workplace import Workplace
from dxassets.errors import InputError, Problem
from dxassets.server.logbook import Logbook
from dxassets.server.running import address_of, open_port, run
from dxassets.server.settings import Settings

_LAST_PORT = 65_535
_A_MONTH = 30 * 86_400.0
"""A page listens for as long as it is open."""


def run_open(arguments: Sequence[str], speaker: Speaker) -> int:
    """Open the page, and serve it until the last of its windows is closed."""
    options = read("open", arguments, speaker)
    port = 0 if options.port is None else options.port
    if not 0 <= port <= _LAST_PORT:
        raise InputError(Problem("--port", *messages.BAD_PORT))
    place = Workplace(Path(options.folder or ".").absolute())
    place.ready()
    settings = Settings(port=port, making_seconds=_A_MONTH)
    opened = open_port(settings)
    try:
        keys = Keys.new()
        address = f"{address_of(opened)}{keys.page}/"
        app = create_desk_app(
            StartDesk(place, keys, lang=speaker.lang),
            port=opened.getsockname()[1],
            leave=lambda: signal.raise_signal(signal.SIGINT),
        )

        def announce(_address: str) -> None:
            speaker.out(speaker.words(messages.OPENED, address=address, folder=place.folder))
            if not options.no_browser and not webbrowser.open(address):
                speaker.err(speaker.words(messages.NO_BROWSER))

        run(app, opened, settings=settings, logbook=Logbook(), announce=announce)
    finally:
        opened.close()
    speaker.err(speaker.words(messages.CLOSED))
    return 0
