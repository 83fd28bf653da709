"""What a calendar says, in Vietnamese, and in English for a campaign in English."""

from __future__ import annotations

from dxassets.errors import Lang
from dxassets.jobs import is_english
from dxassets.kinds.calendar.spec import CalendarSpec, DateSort

SORTS: dict[Lang, dict[DateSort, str]] = {
    "vi": {
        "day": "Ngày của chiến dịch",
        "deadline": "Thời hạn",
        "duty": "Việc cần làm",
        "hang": "Treo băng rôn, khẩu hiệu",
        "take-down": "Tháo băng rôn, khẩu hiệu",
        "period": "Thời gian treo khẩu hiệu",
    },
    "en": {
        "day": "Day of the campaign",
        "deadline": "Deadline",
        "duty": "Duty",
        "hang": "Hang banners",
        "take-down": "Take banners down",
        "period": "Banners hang",
    },
}
WEEKDAYS: dict[Lang, tuple[str, ...]] = {
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def spoken_in(lang: str) -> Lang:
    """Which of both languages a calendar speaks."""
    return "en" if is_english(lang) else "vi"


def month_name(month: int, year: int, lang: Lang) -> str:
    """A month's head."""
    return f"Tháng {month}/{year}" if lang == "vi" else f"{_MONTHS[month - 1]} {year}"


def calendar_title(spec: CalendarSpec) -> str:
    """What stands on the index, and on the site as the link."""
    if spoken_in(spec.lang) == "en":
        return "Add to calendar: days and deadlines (.ics)" if spec.format == "ics" else "Wall calendar"
    return "Thêm vào lịch: các ngày và thời hạn (.ics)" if spec.format == "ics" else "Tờ lịch treo tường"


def calendar_alt(spec: CalendarSpec) -> str:
    """All that it holds, by day."""
    listed = "; ".join(f"{each.first:%d/%m/%Y}: {each.title}" for each in spec.happenings)
    head = "Calendar of the campaign" if spoken_in(spec.lang) == "en" else "Lịch chiến dịch"
    return f"{head} {spec.title}. {listed}."
