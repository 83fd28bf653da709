"""What all data files share: frozen models, bilingual texts, and errors told together.

A file is read as TOML, its text is brought to NFC, and a pydantic model checks
it. Everything that is wrong comes back at once, each as ``file: path: message``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from dxassets.errors import CampaignError, Lang, Problem
from dxassets.foreign import toml_error, toml_place
from dxassets.notation import plain
from dxassets.vietnamese import clean, strange_characters

ModelT = TypeVar("ModelT", bound=BaseModel)
ReprArgs = Sequence[tuple[str | None, Any]]
"""What a large model's `repr` tells instead of everything: names, if any, and values."""
_PICTURES = "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f"
_EMOJI = re.compile(f"[{_PICTURES}]")


class Model(BaseModel):
    """Base of every data-file model: frozen, hashable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


def no_strange_characters(text: str) -> str:
    """`text` if all of it can be printed; `BilingualError` otherwise."""
    strange = strange_characters(text)
    if strange:
        codes = ", ".join(f"U+{ord(char):04X}" for char in strange)
        raise BilingualError(
            f"có ký tự không in được ({codes}); hãy gõ lại dòng này",
            f"holds characters that can't be printed ({codes}); type this line again",
        )
    return text


def no_emoji(text: str) -> str:
    """`text` without pictures among its letters; `BilingualError` otherwise."""
    found = _EMOJI.search(text)
    if found is not None:
        name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}").lower()
        raise BilingualError(
            f"có biểu tượng cảm xúc “{found[0]}” ({name}); lời của cơ quan không dùng, hãy xóa",
            f"holds an emoji ({name}); an office's words have none, take it out",
        )
    return text


class BilingualError(ValueError):
    """Raised inside a validator: the same message in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en


@dataclass(frozen=True, slots=True)
class TextRule:
    """How a text must be written, as part of its type: a pattern for the whole of it, and the same in words.

    The JSON Schema carries the same pattern, so it must mean the same in ECMA 262: digits are ``[0-9]``.
    `example` keeps the rule, and stands in the message.
    """

    pattern: str
    example: str
    vi: str
    en: str

    def checked(self, text: str) -> str:
        """`text` if it keeps the rule; `BilingualError` otherwise."""
        if re.fullmatch(self.pattern, text) is None:
            raise BilingualError(
                f"{self.vi} (ví dụ: {self.example})",
                f"{self.en} (such as {self.example})",
            )
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The check, after those of the type."""
        return core_schema.no_info_after_validator_function(self.checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The rule for editors."""
        return {**handler(schema), "pattern": self.pattern, "examples": [self.example]}


Line = Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(no_strange_characters)]
PlainLine = Annotated[Line, AfterValidator(no_emoji)]
"""A line without emoji, for what an office says in its own name."""
_PlainText = Annotated[str, StringConstraints(min_length=1), AfterValidator(no_emoji)]


class Bilingual(Model):
    """A user-facing text: Vietnamese first, then English."""

    vi: _PlainText
    en: _PlainText


IDENTIFIER = TextRule(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "so-noi-vu",
    "chỉ được gồm chữ thường không dấu và số, nối bằng dấu gạch nối",
    "may only hold lower-case ASCII letters and digits, joined by hyphens",
)
Identifier = Annotated[str, StringConstraints(max_length=80), IDENTIFIER]
LANGUAGE_TAG = TextRule(
    r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
    "vi",
    "phải là mã ngôn ngữ: vi, en, rad (Ê Đê), cmo (M'Nông), kpm (K'Ho) …",
    "must be a language tag: vi, en, rad (Ede), cmo (Mnong), kpm (Koho) …",
)
LanguageTag = Annotated[str, StringConstraints(max_length=35), LANGUAGE_TAG]
"""The language of texts (BCP 47), as pages and pictures declare it."""


def read_toml(data: bytes, source: str) -> dict[str, Any]:
    """The TOML document in `data`, all its strings cleaned; `CampaignError` when it can't be read."""
    try:
        document = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CampaignError(
            Problem(
                source,
                f"không phải văn bản UTF-8 (byte thứ {error.start}); hãy lưu lại với mã UTF-8",
                f"is not UTF-8 text (byte {error.start}); save it as UTF-8",
            )
        ) from error
    except tomllib.TOMLDecodeError as error:
        wrong, place = toml_error(str(error)), toml_place(str(error))
        vi, en = (f"{what}, {where}" if where else what for what, where in zip(wrong, place, strict=True))
        raise CampaignError(
            Problem(source, f"viết sai cú pháp TOML: {vi}", f"is not valid TOML: {en}")
        ) from error
    return cast("dict[str, Any]", clean_strings(document))


def clean_strings(value: object) -> object:
    """`value` with every string in it cleaned (`vietnamese.clean`)."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        mapping = cast("Mapping[object, object]", value)
        return {key: clean_strings(item) for key, item in mapping.items()}
    if isinstance(value, list):
        return [clean_strings(item) for item in cast("list[object]", value)]
    return value


def validate(model: type[ModelT], raw: object, source: str) -> ModelT:
    """`raw` as a `model`; every problem together in one `CampaignError`."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise CampaignError(*problems_of(error, model, source)) from error


def problems_of(error: ValidationError, model: type[BaseModel], source: str) -> list[Problem]:
    """Pydantic's complaints as problems with both languages."""
    return [_problem(detail, model, source) for detail in details_of(error)]


def details_of(error: ValidationError) -> list[Mapping[str, Any]]:
    """Pydantic's complaints. A list with a wrong entry also counts as too short; the entry says it all."""
    details = [_without_choices(detail) for detail in error.errors(include_url=False)]
    paths = [tuple(detail["loc"]) for detail in details]
    return [
        detail
        for at, (detail, path) in enumerate(zip(details, paths, strict=True))
        if not (
            path in paths[:at]  # another choice of the same value: said once
            or (
                (detail["type"] == "too_short" or "chosen" in detail)
                and any(len(other) > len(path) and other[: len(path)] == path for other in paths)
            )
        )
    ]


def _without_choices(detail: Mapping[str, Any]) -> Mapping[str, Any]:
    """A complaint about a value that may be of several types, without the type's name in its path.

    Pydantic complains for each type that the value might have had.
    """
    path: tuple[int | str, ...] = tuple(detail["loc"])
    kept = tuple(part for part in path if isinstance(part, int) or not _CHOICE.fullmatch(part))
    return dict(detail) if kept == path else {**detail, "loc": kept, "chosen": True}


def suggest(word: str, known: Sequence[str]) -> tuple[str, str]:
    """“Did you mean …?” for a wrong id or key, in both languages; empty when nothing is near."""
    near = get_close_matches(word, known, n=3, cutoff=0.55)
    if not near:
        return "", ""
    return f" Có phải là: {', '.join(near)}?", f" Did you mean: {', '.join(near)}?"


def not_among(where: str, value: str, *, known: Sequence[str]) -> Problem:
    """The problem of a choice that there is not: all that there are, and the nearest."""
    vi, en = suggest(value, known)
    listed = ", ".join(known)
    return Problem(
        where,
        f"không có “{value}”; có: {listed}.{vi}".removesuffix("."),
        f"there is no {value!r}; there are: {listed}.{en}".removesuffix("."),
    )


_BRACES = str.maketrans({"{": "{{", "}": "}}"})
_QUOTED = re.compile(r"'([^']*)'")
_CHOICE = re.compile(
    r"(str|int|float|bool|none|constrained-\w+|(literal|tuple|list|dict|union|nullable|function-[a-z]+)\[.*)"
)
"""What Pydantic adds to a path for each type that a value may have."""
_MESSAGES: dict[str, tuple[str, str]] = {
    "missing": ("thiếu khóa này; hãy thêm vào", "is missing; add it"),
    "string_too_short": ("không được để trống", "must not be empty"),
    "string_too_long": (
        "dài quá {max_length} ký tự; hãy viết ngắn lại",
        "is longer than {max_length} characters; shorten it",
    ),
    "string_type": ("phải là chữ trong ngoặc kép", "must be text in quotes"),
    "date_from_datetime_parsing": (
        "phải là ngày có thật, dạng 2026-10-10",
        "must be a date such as 2026-10-10",
    ),
    "date_from_datetime_inexact": (
        "phải là ngày, không kèm giờ (dạng 2026-10-10)",
        "must be a date without an hour, such as 2026-10-10",
    ),
    "date_type": ("phải là ngày, dạng 2026-10-10", "must be a date such as 2026-10-10"),
    "date_parsing": ("phải là ngày có thật, dạng 2026-10-10", "must be a real date such as 2026-10-10"),
    "literal_error": ("phải là chữ trong ngoặc kép", "must be text in quotes"),  # a number, a list …
    "too_short": ("phải có ít nhất {min_length} mục", "needs at least {min_length}"),
    "tuple_type": ('phải là danh sách trong ngoặc vuông: ["…"]', 'must be a list: ["…"]'),
    "list_type": ('phải là danh sách trong ngoặc vuông: ["…"]', 'must be a list: ["…"]'),
    "int_type": ("phải là số nguyên, không có ngoặc kép", "must be a whole number without quotes"),
    "int_parsing": ("phải là số nguyên, không có ngoặc kép", "must be a whole number without quotes"),
    "int_from_float": ("phải là số nguyên", "must be a whole number"),
    "float_type": ("phải là số, không có ngoặc kép", "must be a number without quotes"),
    "float_parsing": ("phải là số, không có ngoặc kép", "must be a number without quotes"),
    "bool_type": ("phải là true hoặc false", "must be true or false"),
    "bool_parsing": ("phải là true hoặc false", "must be true or false"),
    "dict_type": ("phải là một nhóm khóa, không phải một giá trị", "must be a group of keys, not a value"),
    "model_type": ("phải là một nhóm khóa, không phải một giá trị", "must be a group of keys, not a value"),
    "too_long": ("không được quá {max_length} mục", "must have at most {max_length}"),
    "less_than": ("phải nhỏ hơn {lt}", "must be less than {lt}"),
    "finite_number": ("phải là số có thật", "must be a finite number"),
    "greater_than": ("phải lớn hơn {gt}", "must be greater than {gt}"),
    "greater_than_equal": ("phải từ {ge} trở lên", "must be at least {ge}"),
    "less_than_equal": ("không được quá {le}", "must be at most {le}"),
}


def _problem(detail: Mapping[str, Any], model: type[BaseModel], source: str) -> Problem:
    """One pydantic error as a `Problem`."""
    path = _path(detail["loc"])
    where = f"{source}: {path}" if path else source
    context: Mapping[str, Any] = detail.get("ctx") or {}
    cause = context.get("error")
    if isinstance(cause, BilingualError):
        return Problem(where, cause.vi, cause.en)
    kind = str(detail["type"])
    if kind == "extra_forbidden":
        vi_hint, en_hint = suggest(str(detail["loc"][-1]), _known_keys(model, detail["loc"][:-1]))
        return Problem(where, f"không có khóa này.{vi_hint}", f"is not a known key.{en_hint}")
    if kind == "literal_error" and isinstance(detail["input"], str):
        return not_among(where, detail["input"], known=_QUOTED.findall(str(context["expected"])))
    # Braces in an English message that we do not know are no places to fill in.
    unknown = ("giá trị không đúng; xem mẫu ở chiến dịch có sẵn", str(detail["msg"]).translate(_BRACES))
    vi, en = _MESSAGES.get(kind, unknown)
    return Problem(where, vi.format_map(_shown(context, "vi")), en.format_map(_shown(context, "en")))


def _shown(context: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """Limits as that language writes numbers."""
    return {key: plain(value, lang) if isinstance(value, float) else value for key, value in context.items()}


def _path(location: Sequence[int | str]) -> str:
    """A pydantic location as ``days[1].slogan.text``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.lstrip(".")


def _known_keys(model: type[BaseModel], location: Sequence[int | str]) -> list[str]:
    """The keys that the model at `location` knows, for “did you mean”."""
    schema: dict[str, Any] = model.model_json_schema()
    definitions: dict[str, Any] = schema.get("$defs", {})
    node: dict[str, Any] = schema
    for part in location:
        node = node.get("items", {}) if isinstance(part, int) else node.get("properties", {}).get(part, {})
        for choice in node.get("anyOf", []) + node.get("allOf", []):
            if "$ref" in choice:
                node = choice
        if "$ref" in node:
            node = definitions[str(node["$ref"]).rsplit("/", 1)[-1]]
    return list(node.get("properties", {}))
