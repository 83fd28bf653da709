"""What the API offers of one campaign: an operation for each kind that offers something, and the lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxassets.api import Project
from dxassets.api.report_forms import XLSX, forms_to_offer
from dxassets.kinds.faces import LONGEST, Parameter
from dxassets.kinds.registry import all_kinds

_JSON = ("application/json",)
FORMS = "report"
"""The operation that gives the forms for a report."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation below ``/api/v1/``: its parameters, what it gives, and how it is made.

    `kept`: others may keep the answer.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    gives: tuple[str, ...]
    makes: bool
    by_post: bool = False
    kept: bool = True

    @property
    def methods(self) -> tuple[str, ...]:
        """How it may be called."""
        return ("GET", "POST") if self.by_post else ("GET",)


LANG = Parameter("lang", "Language of messages", choices=("vi", "en"), default="vi")
"""The language in which whoever asks is answered."""


def operations_of(project: Project) -> Mapping[str, Operation]:
    """The operations by name. Ids are listed, so a client knows them before it asks."""
    find = Parameter("find", "Words of a name, marks not needed", "so noi vu", longest=LONGEST["find"])
    found: dict[str, Operation] = {}
    for kind in all_kinds().values():
        offer = kind.offer(project)
        if offer is not None:
            found[kind.id] = Operation(
                kind.id,
                offer.summary,
                (*offer.parameters, LANG),
                tuple(kind.media_type(name) for name in kind.formats),
                makes=True,
                by_post=offer.by_post,
                kept=offer.kept,
            )
    reports = forms_to_offer(project)
    if reports is not None:
        form, units = reports
        who = Parameter(
            "agency",
            "Id of a unit that reports",
            units[0].id,
            required=True,
            choices=tuple(unit.id for unit in units),
        )
        told = f"A unit's workbook for {len(form.measures)} figures before and after"
        found[FORMS] = Operation(FORMS, told, (who, LANG), (XLSX,), makes=True)
    found["presets"] = Operation("presets", "The sizes", (LANG,), _JSON, makes=False)
    found["agencies"] = Operation("agencies", "The agencies", (find, LANG), _JSON, makes=False)
    return found
