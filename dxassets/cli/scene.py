"""What `banner` and `build` are asked about the scene behind the type."""

from __future__ import annotations

from argparse import Namespace

from dxassets.api import Project, with_scene

_MIDDLE = (0.5, 0.5)


def with_scene_asked(project: Project, options: Namespace) -> Project:
    """The project with `--scene` and `--focus`, if they are given; `InputError` for what is no scene."""
    if options.focus is None:
        return with_scene(project, options.scene)
    from dxassets.api.framing import parse_focus  # noqa: PLC0415  (all of framing photos, for three numbers)

    point = parse_focus(options.focus)
    focus = _MIDDLE if point == "center" else None if point == "auto" else point
    return with_scene(project, options.scene, focus=focus)
