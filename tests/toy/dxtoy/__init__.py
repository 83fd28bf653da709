"""A kind of asset for dxassets: each day's words as a plain text, for notice boards and messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

from dxassets.jobs import Digests, Facts, Job, Rendered, Skip
from dxassets.kinds.faces import Offer, Parameter
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.project import Project
from dxassets.resources import Resources


@dataclass(frozen=True, slots=True)
class TextSpec:
    """All that decides the text: equal specs are equal files."""

    agency: str
    day: str
    slogan: str


class TextKind(Kind[TextSpec]):
    """A slogan with the day's name above and the agency's below."""

    id = "text-card"
    titles = ("Thẻ chữ", "Text cards")
    formats = ("txt",)
    media_types: ClassVar = {"txt": "text/plain"}
    spec = TextSpec

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        chosen = scope.selection
        for agency, day, suffix in product(chosen.agencies, chosen.days, chosen.formats_of(self.formats)):
            spec = TextSpec(agency.name, day.name, day.slogan.text)
            yield AssetDraft(self.id, spec, agency.id, f"{day.id}.{suffix}", day=day.id)

    def inputs(self, spec: TextSpec, files: FileDigests) -> Digests:
        return ()  # names of the files that it is drawn with, if there are any: files.read(...)

    def title(self, spec: TextSpec) -> str:
        return f"Thẻ chữ · {spec.day}"

    def alt(self, spec: TextSpec) -> str:
        return f"{spec.day}. {spec.slogan}. {spec.agency}."

    def render(self, job: Job[TextSpec], resources: Resources) -> Rendered:
        said = job.spec
        text = f"{said.day}\n\n{said.slogan}\n\n{said.agency}\n"
        return Rendered(text.encode(), self.media_type("txt"), Facts(0, 0, "px", "text"))

    def offer(self, project: Project) -> Offer:
        days = tuple(day.id for day in project.campaign.days)
        return Offer(
            "A text card", (Parameter("day", "Id of the day", days[0], required=True, choices=days),)
        )

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted:
        return Wanted(kinds=(self.id,), days=(said["day"],))


KIND = TextKind()
