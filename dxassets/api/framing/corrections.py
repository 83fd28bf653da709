"""Where somebody has put photos who looked at them: the file that the review page saves, read and applied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import Field

from dxassets.api.framing.naming import same_file_key
from dxassets.errors import CampaignError, InputError, Problem
from dxassets.foreign import os_error
from dxassets.framing import LEAST_GROUP_ZOOM, MOST_ZOOM, Placement
from dxassets.models import Model, clean_strings, validate

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Corrected(Model):
    """One photo: by its result's name, where it lies; as `--focus`, `--zoom` and `--rotate` have it."""

    result: Annotated[str, Field(min_length=1)]
    photo: str = ""
    focus: tuple[Share, Share]
    zoom: Annotated[float, Field(ge=LEAST_GROUP_ZOOM, le=MOST_ZOOM, allow_inf_nan=False)]
    rotate: Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)] = 0.0


class CorrectionFile(Model):
    """What the review page saves."""

    format: Literal[1]
    photos: tuple[Corrected, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections by the keys of the results' names; `file` is how the user called it."""

    file: str
    by_name: Mapping[str, Corrected]

    def of(self, name: str) -> Placement | None:
        """Where the photo of that result was put."""
        found = self.by_name.get(same_file_key(name))
        return None if found is None else Placement(*found.focus, found.zoom, found.rotate)

    def strangers(self, names: set[str]) -> tuple[Problem, ...]:
        """What is corrected in the file, but is no result of this run."""
        here = {same_file_key(name) for name in names}
        lost = sorted(each.result for name, each in self.by_name.items() if name not in here)
        return tuple(Problem(f"{self.file}: {name}", *_STRANGER) for name in lost)


_STRANGER = (
    "không có ảnh nào của lượt này cho kết quả tên này, nên chỗ sửa này không dùng đến",
    "no photo of this run gives a result of this name, so this correction is not used",
)


def read_corrections(file: str | Path) -> Corrections:
    """The corrections in a file; `InputError` when it can't be read or isn't such a file."""
    where = str(file)
    try:
        data = Path(file).read_bytes()
    except (OSError, ValueError) as error:
        vi, en = os_error(error) if isinstance(error, OSError) else ("tên không hợp lệ", "not a name")
        raise InputError(Problem(where, f"không đọc được: {vi}", f"can't be read: {en}")) from error
    try:
        raw: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(Problem(where, *_NO_FILE)) from error
    if not isinstance(raw, dict) or "photos" not in raw:
        raise InputError(Problem(where, *_NO_FILE))
    try:
        read = validate(CorrectionFile, clean_strings(cast("object", raw)), where)
    except CampaignError as error:
        raise InputError(*error.problems) from error
    return Corrections(where, {same_file_key(each.result): each for each in read.photos})


_NO_FILE = (
    "không phải tệp sửa khung; hãy dùng tệp sua-khung.json mà trang xem-lai.html lưu ra",
    "is no file of corrections; take the sua-khung.json that the page xem-lai.html saves",
)
