"""`dxassets serve`: the campaign's pages and its live making over HTTP."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from dxassets.api import SiteWanted
from dxassets.api.hosting import host_site
from dxassets.cli import messages
from dxassets.cli.building import watching
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError, Problem
from dxassets.kinds.faces import LONGEST
from dxassets.server.app import create_app
from dxassets.server.capacity import default_workers
from dxassets.server.logbook import Logbook
from dxassets.server.running import open_port, run
from dxassets.server.settings import Settings

_LAST_PORT = 65_535


def run_serve(arguments: Sequence[str], speaker: Speaker) -> int:
    """Build what the pages offer, open the port, and serve until Ctrl-C."""
    options = read("serve", arguments, speaker)
    settings = _settings(options)
    project = open_campaign(options.campaign, speaker)
    opened = open_port(settings)
    try:
        with watching(project, speaker) as observer:
            site = host_site(
                project,
                SiteWanted(
                    agencies=tuple(options.agency),
                    days=tuple(options.day),
                    themes=tuple(options.theme),
                    presets=tuple(options.preset),
                    sums=None if options.sums is None else Path(options.sums),
                ),
                limits=LONGEST,
                built=options.built or "output",
                jobs=os.cpu_count() or 1,
                observer=observer,
            )
        logbook = Logbook()
        app = create_app(project, site, settings=settings, logbook=logbook)
        run(
            app,
            opened,
            settings=settings,
            logbook=logbook,
            announce=lambda address: speaker.out(speaker.words(messages.SERVING, address=address)),
        )
    finally:
        opened.close()
    speaker.err(speaker.words(messages.SERVED))
    return 0


def _settings(options: Namespace) -> Settings:
    """The settings that the options name; `InputError` for a number that can't be."""
    plain = Settings()
    port = plain.port if options.port is None else options.port
    workers = default_workers() if options.workers is None else options.workers
    rate = plain.rate if options.rate is None else options.rate / 60
    problems: list[Problem] = []
    if not 0 <= port <= _LAST_PORT:
        problems.append(Problem("--port", *messages.BAD_PORT))
    if workers < 1:
        problems.append(Problem("--workers", *messages.BAD_JOBS))
    if rate < 0:
        problems.append(Problem("--rate", *messages.BAD_RATE))
    if problems:
        raise InputError(*problems)
    return Settings(
        host=options.host or plain.host,
        port=port,
        behind_proxy=options.behind_proxy,
        makers=workers,
        rate=rate,
        burst=max(rate * 10, 60.0),
    )
