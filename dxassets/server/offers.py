"""What the API offers of one campaign: its operations and what each may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxassets.api import Project
from dxassets.api.live import BANNER_FORMATS, LETTER_FORMATS, QR_FORMATS
from dxassets.server.parameters import Parameter
from dxassets.server.settings import LONGEST

DATE = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"


@dataclass(frozen=True, slots=True)
class Offer:
    """One operation below ``/api/v1/``: its parameters, what it gives, and how it is made."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    gives: tuple[str, ...]
    makes: bool
    by_post: bool = False


def offers_of(project: Project) -> Mapping[str, Offer]:
    """The operations by name. Ids are listed, so a client knows them before it asks."""
    lang = Parameter("lang", "Language of messages", choices=("vi", "en"), default="vi")
    presets = _Choices(project)
    offers = (
        Offer("banner", "One banner", (*presets.look, *presets.banner, lang), BANNER_TYPES, makes=True),
        Offer("qr", "One QR code", (*presets.code, lang), QR_TYPES, makes=True),
        Offer("letter", "The letter", (*presets.letter, lang), LETTER_TYPES, makes=True, by_post=True),
        Offer("presets", "The sizes", (lang,), ("application/json",), makes=False),
        Offer("agencies", "The agencies", (presets.find, lang), ("application/json",), makes=False),
    )
    return {offer.name: offer for offer in offers}


BANNER_TYPES = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/avif",
    "image/svg+xml",
    "application/pdf",
)
QR_TYPES = ("image/png", "image/svg+xml", "application/pdf")
LETTER_TYPES = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/pdf",
)


class _Choices:
    """The parameters, with the ids of one campaign."""

    def __init__(self, project: Project) -> None:
        campaign, offices = project.campaign, tuple(office.id for office in project.campaign.offices)
        days = tuple(day.id for day in campaign.days)
        themes = tuple(theme.id for theme in project.brand.themes)
        sizes = tuple(preset.id for preset in project.presets.presets)
        links = tuple(link_id for link_id, link in campaign.links.items() if link.url is not None)
        self.look = (
            Parameter("day", "Id of the day", days[0], required=True, choices=days),
            Parameter("theme", "Id of the theme", themes[0], required=True, choices=themes),
            Parameter("preset", "Id of the size", "share-1200x630", required=True, choices=sizes),
        )
        self.name = Parameter(
            "name",
            "Full name of an agency, on the list or not",
            "Trường THPT Chu Văn An",
            longest=LONGEST["name"],
        )
        self.banner = (
            Parameter("format", "File format; the size's own if left out", "png", choices=BANNER_FORMATS),
            Parameter("agency", "Id of an agency on the list", campaign.issuing_agency, choices=offices),
            self.name,
        )
        self.code = (
            Parameter("format", "File format", "svg", choices=QR_FORMATS, default="png"),
            Parameter("link", "Id of a link of the campaign", links[0], choices=links),
            Parameter(
                "url",
                "An address below .gov.vn, or of the campaign",
                "https://daknong.gov.vn/",
                longest=LONGEST["url"],
            ),
            Parameter("label", "Words below the code", "Quét mã để xem", longest=LONGEST["label"]),
        )
        self.letter = (
            Parameter("format", "File format", "docx", choices=LETTER_FORMATS, default="docx"),
            Parameter(
                "number", "The document's number; blank if left out", "1234", pattern="^([1-9][0-9]{0,5})?$"
            ),
            Parameter("date", "Date of issue; blank if left out", "2022-09-21", pattern=DATE),
            Parameter(
                "signer",
                "Name of the signer; as in the campaign if left out",
                "Nguyễn Văn A",
                longest=LONGEST["signer"],
            ),
            Parameter(
                "agency",
                "Id of an agency that passes the letter on; the issuing one if left out",
                "ubnd-huyen-cu-jut" if "ubnd-huyen-cu-jut" in offices else offices[0],
                choices=("", *offices),
            ),
            Parameter(
                "edition",
                "draft prints DỰ THẢO behind the words",
                "draft",
                choices=("final", "draft"),
                default="final",
            ),
        )
        self.find = Parameter("find", "Words of a name, marks not needed", "cu jut", longest=LONGEST["find"])
