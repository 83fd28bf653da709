"""The words of a press kit and which pictures it holds: `templates/press/press.toml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dxassets.kinds.press.spec import PictureUse
from dxassets.kinds.reading import words_file
from dxassets.kinds.telling import holes_in
from dxassets.models import Bilingual, BilingualError, Identifier, Model, PlainLine, suggest
from dxassets.resources import Resources
from dxassets.vietnamese import slug

WORDING_FILE = "templates/press/press.toml"
MOST_KIT_PICTURES = 24
"""Of one day."""
_ALWAYS = ("chien-dich", "don-vi", "dia-phuong", "phuong-cham", "tu", "den")
_OF_DAY = ("ngay", "ngay-thang", "loi-chao", "y-nghia", "khau-hieu", "khau-hieu-ngan", "tu-ngay", "den-ngay")
_OF_LINK = ("lien-ket", "ten-mien", "dia-chi")
_KNOWN = {"campaign": _ALWAYS, "day": (*_ALWAYS, *_OF_DAY), "link": (*_ALWAYS, *_OF_LINK)}


class PressPiece(Model):
    """A paragraph with its holes, said once, or for each day or link."""

    of: Literal["campaign", "day", "link"]
    text: PlainLine

    @model_validator(mode="after")
    def _holes_are_known(self) -> PressPiece:
        _check_holes(self.text, _KNOWN[self.of])
        return self


class PressCaptions(Model):
    """The sentences of a caption, with holes of a day."""

    pieces: Annotated[tuple[PlainLine, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _holes_are_known(self) -> PressCaptions:
        for piece in self.pieces:
            _check_holes(piece, _KNOWN["day"])
        return self


class PressPictureWish(Model):
    """A size of each day's banner, for print or for the web."""

    use: PictureUse
    preset: Identifier
    format: Literal["png", "jpg", "pdf"]
    title: Bilingual

    @model_validator(mode="after")
    def _has_a_file_name(self) -> PressPictureWish:
        if not slug(self.title.vi):
            raise BilingualError(
                "title: phải có ít nhất một chữ cái hoặc chữ số, để đặt tên tệp",
                "title: needs at least one letter or digit, for the file's name",
            )
        return self

    @property
    def file(self) -> str:
        """What its file is called, after the day: an ASCII name."""
        return f"{slug(self.title.vi)[:50].strip('-')}.{self.format}"


class PressText(Model):
    """`press.toml`."""

    title: PlainLine
    pieces: Annotated[tuple[PressPiece, ...], Field(min_length=1)]
    captions: PressCaptions
    pictures: Annotated[tuple[PressPictureWish, ...], Field(max_length=MOST_KIT_PICTURES)] = ()

    @model_validator(mode="after")
    def _pictures_are_different(self) -> PressText:
        names = [(each.use, each.file) for each in self.pictures]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise BilingualError(
                f"pictures: hai ảnh cùng thành tệp {twice[1]}; hãy đặt title khác nhau",
                f"pictures: two of them would be the file {twice[1]}; give them other titles",
            )
        return self


def wording_of(resources: Resources) -> PressText:
    """The words that `resources` find; `CampaignError` with all that is wrong."""
    return words_file(PressText, resources, WORDING_FILE)


def _check_holes(text: str, known: tuple[str, ...]) -> None:
    for name in holes_in(text):
        if name not in known:
            vi, en = suggest(name, known)
            listed = ", ".join(known)
            raise BilingualError(
                f"không có chỗ điền {{{name}}}; có: {listed}.{vi}",
                f"there is no hole {{{name}}}; there are: {listed}.{en}",
            )
