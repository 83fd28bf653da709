"""The report in writing: a lawful Báo cáo with the sums as its annex, and a letter to those who are missing.

Both are files as a clerk writes them, made from templates that a campaign may have its own of; what only the
office knows stays a hole. The letter engine makes and judges them like any other document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Template

from dxassets.campaign import Campaign
from dxassets.dispatch import Dispatch, cite_letter, read_letter
from dxassets.notation import number
from dxassets.project import Project
from dxassets.report.measures import ReportForm, ReportMeasure
from dxassets.report.offices import ReportingUnit
from dxassets.report.sums import Level, Sum, SumLine

REPORT, FIGURES, ABSENT, REMINDER = "bao-cao.md", "phu-luc-so-lieu.toml", "phu-luc-thieu.toml", "nhac-nop.md"
REMINDER_HEADS = ("Đơn vị", "Trực thuộc", "Mã đơn vị", "Lý do")
_FOLDER = "templates/report"
_MOST_LISTED = 12
"""Units that are named in a sentence; more of them get an annex."""
_UNKNOWN = "{co-quan-cap-tren}"
_BRACES = str.maketrans("{}", "()")


@dataclass(frozen=True, slots=True)
class ReportText:
    """What papers are made from: the sums, and who is missing and why."""

    form: ReportForm
    levels: tuple[Level, ...]
    missing: tuple[tuple[ReportingUnit, str], ...]

    @property
    def total(self) -> SumLine:
        """The sums of all."""
        return self.levels[0].lines[0]


def report_papers(project: Project, text: ReportText) -> dict[str, bytes]:
    """The Báo cáo and its annexes, by their files' names."""
    annexes = {FIGURES: _figures(text)}
    if len(text.missing) > _MOST_LISTED:
        annexes[ABSENT] = _absent(text)
    words = _words(project, text, annexes=tuple(annexes))
    made = Template(_template(project, REPORT)).safe_substitute(words).encode()
    return {REPORT: made, **annexes}


def reminder(project: Project, text: ReportText, *, until: str) -> bytes:
    """The letter to those who are missing, with holes for the columns of `REMINDER_HEADS`."""
    words = _words(project, text, annexes=()) | {
        "subject": _toml(f"đôn đốc gửi số liệu báo cáo kết quả chiến dịch “{_said(text.form.title)}”"),
        "until": until or "trong thời gian sớm nhất",
    }
    return Template(_template(project, REMINDER)).safe_substitute(words).encode()


def reminder_rows(missing: Sequence[tuple[ReportingUnit, str]]) -> list[tuple[str, str, str, str]]:
    """The table that the reminder is merged with."""
    return [(unit.name, unit.district or unit.province, unit.id, why) for unit, why in missing]


def _template(project: Project, name: str) -> str:
    return project.resources.read(f"{_FOLDER}/{name}").data.decode("utf-8-sig")


def issuer_words(project: Project) -> dict[str, str]:
    """What a letter of the campaign's issuer says of it, by a template's places; values are TOML already.

    `title`, `letter` and `issuer_said` are for the text: the campaign, its letter, who issues it.
    """
    campaign = project.campaign
    letter = read_letter(campaign.dispatch or "", project.resources.data).dispatch
    facts = letter.particulars
    return {
        "letter_symbol": _toml(facts.symbol if facts.form.is_letter else f"/{_own_sign(letter)}"),
        "place": _toml(facts.place),
        "year": str(facts.year or campaign.year),
        "filing": _toml(facts.filing),
        "parent": _toml(list(facts.issuer.parent)),
        "body": _toml(list(facts.issuer.body)),
        "issuer": _toml(facts.issuer.name),
        "sector": f"sector = {_toml(facts.issuer.sector)}\n" if facts.issuer.sector else "",
        "authority": _toml(list(facts.signer.authority)),
        "signer": _toml(facts.signer.name),
        "title": _said(campaign.title),
        "letter": f"{_kind_of(letter)} {_said(cite_letter(letter))}",
        "issuer_said": facts.issuer.name,
    }


def _words(project: Project, text: ReportText, *, annexes: tuple[str, ...]) -> dict[str, str]:
    """What the templates' places are filled with; values of particulars are TOML already."""
    campaign = project.campaign
    letter = read_letter(campaign.dispatch or "", project.resources.data).dispatch
    above, total = _above(campaign), text.total
    return {
        **issuer_words(project),
        "symbol": _toml(f"/BC-{_own_sign(letter)}"),
        "subject": _toml(f"Kết quả thực hiện chiến dịch “{_said(campaign.title)}”"),
        "addressees": _toml([above]),
        "recipients": _toml(f"Lãnh đạo {letter.particulars.issuer.name}"),
        "annexes": _toml(list(annexes)),
        "kind_said": _kind_of(letter),
        "to": above,
        "reported": str(total.reported),
        "expected": str(total.expected),
        "missing": _missing_said(text),
        "results": _results(text),
    }


def _kind_of(letter: Dispatch) -> str:
    name = letter.particulars.form.name
    return f"{name[:1].upper()}{name[1:]}"


def _own_sign(letter: Dispatch) -> str:
    """The issuer's letters in its document's symbol: STTTT of /STTTT-CNTT, and of /KH-STTTT."""
    parts = letter.particulars.symbol.removeprefix("/").split("-")
    return parts[0] if letter.particulars.form.is_letter else parts[-1]


def _above(campaign: Campaign) -> str:
    """To whom the issuing agency reports; a hole where the campaign does not say."""
    office = campaign.office(campaign.issuer.parent)
    if office is not None:
        return office.short_name
    province = campaign.units.province(campaign.province)
    of_province = province is not None and campaign.issuer.parent == province.office_id
    return province.short_office if province is not None and of_province else _UNKNOWN


def _missing_said(text: ReportText) -> str:
    """Who is missing, in a sentence."""
    if not text.missing:
        return ""
    if len(text.missing) > _MOST_LISTED:
        return f"Còn {len(text.missing)} đơn vị chưa có số liệu (danh sách tại Phụ lục II)."
    names = "; ".join(_said(unit.short_name) for unit, _ in text.missing)
    return f"Còn {len(text.missing)} đơn vị chưa có số liệu: {names}."


def _results(text: ReportText) -> str:
    """Each task with what was counted of it, before and after."""
    said: list[str] = []
    task = ""
    letters = iter("abcdeghiklmnopqrstuvxy")
    total = text.total
    for measure in text.form.measures:
        if measure.task != task:
            task = measure.task
            letter = next(letters, "")
            said.append(f"### {letter}) {_said(task)}:" if letter else f"- {_said(task)}:")
        said.append(f"- {_said(measure.name)}: {_told(measure, total.sums.get(measure.code))}.")
    return "\n\n".join(said)


def _told(measure: ReportMeasure, found: Sum | None) -> str:
    if not measure.summed:
        return "không cộng được; xem số liệu của từng đơn vị"
    if found is None:
        return "chưa có số liệu"
    unit = f" {_said(measure.unit)}" if measure.unit else ""
    said = f"trước {_figure(found.before, measure)}{unit}; sau {_figure(found.after, measure)}{unit}"
    if not found.difference:
        return f"{said}; không đổi"
    word = "tăng" if found.difference > 0 else "giảm"
    share = f" ({found.share})" if found.share else ""
    return f"{said}; {word} {_figure(abs(found.difference), measure)}{unit}{share}"


def _figure(value: Decimal, measure: ReportMeasure) -> str:
    whole = value == value.to_integral_value()
    return number(value, "vi", places=0 if whole else measure.decimals)


_COLUMNS: tuple[tuple[str, str, float, str], ...] = (
    ("stt", "STT", 12, "center"),
    ("chi-tieu", "Đơn vị, chỉ tiêu", 116, "left"),
    ("dvt", "Đơn vị tính", 24, "center"),
    ("truoc", "", 26, "center"),
    ("sau", "", 26, "center"),
    ("chenh-lech", "Chênh lệch", 26, "center"),
    ("ti-le", "Tỉ lệ (%)", 20, "center"),
)


def _figures(text: ReportText) -> bytes:
    """The annex with the sums: of all, then of each province and district."""
    heads = {"truoc": text.form.before, "sau": text.form.after}
    rows: list[Mapping[str, str]] = []
    levels = text.levels[:-1] or text.levels
    for at, line in enumerate((each for level in levels for each in level.lines), start=1):
        name = f"{line.name[:1].upper()}{line.name[1:]} ({line.reported}/{line.expected} đơn vị)"
        rows.append({"stt": str(at), "chi-tieu": _said(name)})
        for measure in text.form.measures:
            row = _figure_row(measure, line.sums.get(measure.code))
            rows.append({"stt": f"{at}.{measure.code}", **row})
    columns = [(key, heads.get(key, head), width, align) for key, head, width, align in _COLUMNS]
    return _annex(["SỐ LIỆU TRƯỚC VÀ SAU CHIẾN DỊCH"], columns, rows)


def _figure_row(measure: ReportMeasure, found: Sum | None) -> dict[str, str]:
    row = {"chi-tieu": _said(measure.name), "dvt": _said(measure.unit)}
    if found is None:
        return row | {"truoc": "–", "sau": "–", "chenh-lech": "–", "ti-le": "–"}
    growth = "–" if found.growth is None else number(found.growth * 100, "vi", places=1)
    figures = (_figure(value, measure) for value in (found.before, found.after, found.difference))
    return row | dict(zip(("truoc", "sau", "chenh-lech"), figures, strict=True)) | {"ti-le": growth}


def _absent(text: ReportText) -> bytes:
    columns = [
        ("stt", "STT", 12, "center"), ("don-vi", "Đơn vị", 80, "left"), ("thuoc", "Trực thuộc", 50, "left"),
        ("ly-do", "Lý do", 60, "left"),
    ]  # fmt: skip
    rows = [
        {
            "stt": str(at),
            "don-vi": _said(unit.name),
            "thuoc": _said(unit.district or unit.province),
            "ly-do": _said(why),
        }
        for at, (unit, why) in enumerate(text.missing, start=1)
    ]
    return _annex(["DANH SÁCH ĐƠN VỊ CHƯA CÓ SỐ LIỆU"], columns, rows)


def _annex(
    title: list[str], columns: Sequence[tuple[str, str, float, str]], rows: Sequence[Mapping[str, str]]
) -> bytes:
    lines = [f"title = {_toml(title)}", "landscape = true", "", "[table]", "size = 11", "columns = ["]
    for key, head, width, align in columns:
        lines.append(
            f"  {{ id = {_toml(key)}, head = {_toml(head)}, width = {width:g}, align = {_toml(align)} }},"
        )
    lines.append("]")
    for row in rows:
        lines += ["", "[[table.rows]]", *(f"{key} = {_toml(row.get(key, ''))}" for key, *_ in columns)]
    return ("\n".join(lines) + "\n").encode()


def _toml(value: str | list[str]) -> str:
    """A string or a list of strings as TOML writes them: JSON does it the same way."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _said(text: str) -> str:
    """`text` with round brackets in the place of braces, which a letter takes for holes."""
    return text.translate(_BRACES)
