"""What each command may be asked: its arguments and options, by the names that the catalog knows.

Apart from the commands themselves, which draw: a shell that completes a line reads this, and waits for it.
A metavar of small words with bars between them, such as ``ring|square``, lists all that may be given.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from dxassets.cli.parser import Parser
from dxassets.cli.speaker import Speaker
from dxassets.errors import Lang
from dxassets.kinds import commands
from dxassets.resources import bundled_root

SHEET_FORMATS = "png|pdf"
PHOTO_FORMATS = "jpg|png|webp"
LOOP_FORMATS = "mp4|webp|gif|png"
PDF_VARIANTS = "pdf/a-2a|pdf/a-3a|pdf/ua-1"
COPY_FORMS = "sao-y|sao-luc|trich-sao"
REPORT_STEPS = "forms|collect"
WAYS = "theme|preset|day|agency"
STYLES = "foot|badge|woven|ribbon|ring|square"
FITS = "auto|group"
SHELLS = "bash|zsh|fish"
UNITS_OF = "2025|2022"
_CAUSES = "campaigns/causes"


def read(command: str, arguments: Sequence[str], speaker: Speaker) -> Namespace:
    """What a command is asked; `InputError` when it can't be."""
    return parser_of(command, speaker.lang).read(arguments)


def parser_of(command: str, lang: Lang) -> Parser:
    """The parser of a command."""
    parser = Parser(command, lang)
    _OPTIONS[command](parser)
    parser.close()
    return parser


def _kinds() -> str:
    from dxassets.kinds.registry import all_kinds  # noqa: PLC0415  (`doctor` must answer where it can't load)

    return "|".join(all_kinds())


def _formats(kind: str | None = None) -> str:
    """The formats of a kind, or of all."""
    from dxassets.kinds.registry import all_formats, all_kinds  # noqa: PLC0415  (see `_kinds`)

    return "|".join(all_formats() if kind is None else all_kinds()[kind].formats)


def _causes() -> str:
    """The causes that are bundled, by the names of their files; a project may have more."""
    return "|".join(sorted(path.stem for path in (bundled_root() / _CAUSES).glob("*.toml")))


def _build(parser: Parser) -> None:
    parser.campaign()
    parser.values("--agency", text="agency", metavar="ID")
    parser.switch("--all-agencies", text="all_agencies")
    parser.values("--agency-name", text="agency_name", metavar="TEXT")
    _looks(parser)
    parser.values("--size", text="loop_sizes", metavar="WxH|ID")
    parser.values("--kind", text="kind", metavar=_kinds())
    parser.values("--format", text="format", metavar=_formats())
    parser.value("--logo", text="logo", metavar="FILE")
    _scene(parser)
    parser.switch("--debug", text="debug")
    parser.switch("--marks", text="marks")
    parser.switch("--proof", text="proof")
    parser.value("--scale", text="scale", metavar="1|2", whole=True)
    parser.switch("--split-annex", text="split_annex")
    parser.value("--out", text="out_or_store", metavar="DIR")
    parser.value("--jobs", text="jobs", metavar="N", whole=True)
    parser.value("--cluster", text="cluster", metavar="ADDRESS")
    parser.switch("--force", text="force")
    parser.switch("--prune", text="prune")
    parser.switch("--dry-run", text="dry_run")
    parser.switch("--json", text="json")


def _looks(parser: Parser) -> None:
    """Days, themes and sizes, each any number of times."""
    parser.values("--day", text="day", metavar="ID")
    parser.values("--theme", text="theme", metavar="ID")
    parser.values("--preset", text="preset", metavar="ID")


def _scene(parser: Parser) -> None:
    """What stands behind the type, and what of it must be seen."""
    parser.value("--scene", text="scene", metavar="FILE|ID|none")
    parser.value("--focus", text="scene_focus", metavar="X,Y")


def _verify(parser: Parser) -> None:
    parser.place("folder", "folder", metavar="DIR")
    parser.switch("--json", text="json")


def _banner(parser: Parser) -> None:
    parser.campaign()
    parser.value("--day", text="day", metavar="ID", required=True)
    parser.value("--theme", text="theme", metavar="ID", required=True)
    parser.value("--preset", text="preset", metavar="ID", required=True)
    parser.value("--agency", text="agency", metavar="ID")
    parser.value("--agency-name", text="agency_name", metavar="TEXT")
    parser.value("-o", "--out", "--output", text="file", metavar="FILE|-", required=True)
    parser.value("--format", text="file_format", metavar=_formats(commands.BANNER))
    parser.value("--logo", text="logo", metavar="FILE")
    _scene(parser)
    parser.switch("--debug", text="debug")
    parser.switch("--marks", text="marks")
    parser.switch("--proof", text="proof_banner")
    parser.value("--scale", text="scale", metavar="1|2", whole=True)


def _loop(parser: Parser) -> None:
    parser.campaign()
    parser.values("--day", text="loop_day", metavar="ID")
    parser.value("--theme", text="loop_theme", metavar="ID")
    parser.value("--size", text="loop_size", metavar="WxH|ID")
    parser.value("--agency", text="agency", metavar="ID")
    parser.value("--agency-name", text="agency_name", metavar="TEXT")
    parser.value("-o", "--out", "--output", text="loop_out", metavar="FILE|DIR", required=True)
    parser.value("--format", text="loop_format", metavar=LOOP_FORMATS)
    parser.switch("--still-loop", text="still_loop")
    parser.value("--logo", text="logo", metavar="FILE")
    _scene(parser)


def _frame(parser: Parser) -> None:
    parser.place("photos", "photos", metavar="PHOTO|DIR|-", many=True)
    parser.value("-o", "--out", text="photos_folder", metavar="DIR|-", required=True)
    parser.value("--day", text="frame_day", metavar="ID")
    parser.value("--theme", text="frame_theme", metavar="ID")
    parser.value("--style", text="frame_style", metavar=STYLES)
    parser.value("--agency", text="frame_agency", metavar="ID")
    parser.value("--frame", text="own_frame", metavar="FILE")
    parser.value("--size", text="size", metavar="PX", whole=True)
    parser.value("--focus", text="focus", metavar="auto|center|X,Y")
    parser.value("--zoom", text="zoom", metavar="Z")
    parser.value("--rotate", text="rotate", metavar="DEG")
    parser.switch("--no-turn", text="no_turn")
    parser.value("--fit", text="fit", metavar=FITS)
    parser.value("--surround", text="surround", metavar="blur|#rrggbb")
    parser.value("--corrections", text="corrections", metavar="FILE")
    parser.switch("--circle", text="circle")
    parser.value("--format", text="frame_format", metavar=PHOTO_FORMATS)
    parser.value("--ground", text="ground", metavar="#rrggbb")
    parser.switch("--preview", text="preview")
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    parser.value("--jobs", text="jobs", metavar="N", whole=True)
    parser.switch("--json", text="json")


def _qr(parser: Parser) -> None:
    parser.place("url", "url", metavar="URL")
    parser.value("-o", "--out", "--output", text="file", metavar="FILE|-", required=True)
    parser.value("--format", text="file_format", metavar=_formats(commands.QR))
    parser.value("--label", text="label", metavar="TEXT")
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")


def _letter(parser: Parser) -> None:
    parser.campaign(or_file=".md", text="campaign_or_letter")
    _filled(parser)
    parser.value("--sample", text="letter_sample", metavar=commands.SAMPLES)
    parser.value("--text", text="letter_text", metavar="FILE.docx")
    parser.value("--merge", text="merge", metavar="FILE.xlsx|csv")
    parser.switch("--one-file", text="one_file")
    parser.switch("--two-sided", text="two_sided")
    parser.value("--register", text="register", metavar="FILE.csv")
    parser.switch("--explain", text="letter_explain")
    parser.switch("--split-annex", text="split_annex")
    parser.switch("--draft", text="draft")
    parser.value("--pdf-variant", text="pdf_variant", metavar=PDF_VARIANTS)
    parser.values("--agency", text="letter_agency", metavar="ID")
    parser.switch("--all-agencies", text="letter_agencies")
    parser.value("-o", "--out", "--output", text="letter_folder", metavar="DIR")


def _filled(parser: Parser) -> None:
    """What registration fills into the letter."""
    parser.value("--number", text="number", metavar="N")
    parser.value("--date", text="date", metavar="YYYY-MM-DD")
    parser.value("--signer", text="signer", metavar="NAME")


def _register(parser: Parser) -> None:
    parser.place("book", "book", metavar="FILE.csv")
    parser.value("--year", text="book_year", metavar="YEAR", whole=True)
    parser.value("-o", "--out", "--output", text="book_file", metavar="FILE.pdf|xlsx")
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    parser.switch("--json", text="json")


def _copy(parser: Parser) -> None:
    parser.place("scan", "copy_scan", metavar="FILE.pdf")
    parser.value("--form", text="copy_form", metavar=COPY_FORMS, required=True)
    parser.value("--by", text="copy_by", metavar="NAME", required=True)
    parser.value("-o", "--out", "--output", text="copy_file", metavar="FILE.pdf", required=True)
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")


def _report(parser: Parser) -> None:
    parser.place("action", "report_action", metavar=REPORT_STEPS)
    parser.place("folder", "report_folder", metavar="DIR", optional=True)
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    parser.value("--level", text="report_level", metavar="LEVEL")
    parser.values("--agency", text="report_agency", metavar="ID")
    parser.value("--until", text="report_until", metavar="YYYY-MM-DD")
    parser.switch("--remind", text="report_remind")
    parser.value("-o", "--out", "--output", text="report_out", metavar="DIR")
    parser.switch("--json", text="json")


def _lint(parser: Parser) -> None:
    parser.place("file", "lint_file", metavar="FILE|-")
    parser.value("--fix", text="lint_fix", metavar="FILE.docx")
    parser.switch("--tracked", text="lint_tracked")
    parser.value("--report", text="lint_report", metavar="FILE.html")
    parser.switch("--json", text="json")


def _sheet(parser: Parser) -> None:
    parser.campaign()
    parser.value("--built", text="built", metavar="DIR")
    parser.value("--by", text="by", metavar=WAYS)
    parser.values("--agency", text="shown_agency", metavar="ID")
    _looks(parser)
    parser.value("-o", "--out", "--output", text="sheet_file", metavar="FILE|-", required=True)
    parser.value("--format", text="file_format", metavar=SHEET_FORMATS)


def _site(parser: Parser) -> None:
    parser.campaign()
    parser.value("--out", text="site_folder", metavar="DIR")
    parser.values("--agency", text="site_agency", metavar="ID")
    parser.values("--prerender", text="site_prerender", metavar="ID|all")
    _looks(parser)
    _filled(parser)
    parser.value("--url", text="site_url", metavar="URL")
    parser.values("--rules", text="site_rules", metavar="apache|iis|nginx")
    parser.value("--sums", text="site_sums", metavar="DIR")
    parser.switch("--links", text="site_links")
    parser.value("--check", text="site_check", metavar="URL|DIR")
    parser.value("--built", text="site_from", metavar="DIR")
    parser.value("--jobs", text="jobs", metavar="N", whole=True)
    parser.switch("--json", text="json")


def _serve(parser: Parser) -> None:
    parser.campaign()
    parser.value("--host", text="host", metavar="ADDRESS")
    parser.value("--port", text="port", metavar="PORT", whole=True)
    parser.value("--workers", text="workers", metavar="N", whole=True)
    parser.value("--rate", text="rate", metavar="N", whole=True)
    parser.switch("--behind-proxy", text="behind_proxy")
    parser.values("--agency", text="site_agency", metavar="ID")
    _looks(parser)
    parser.value("--sums", text="site_sums", metavar="DIR")
    parser.value("--built", text="site_from", metavar="DIR")


def _open(parser: Parser) -> None:
    parser.place("folder", "work_folder", metavar="DIR", optional=True)
    parser.value("--port", text="free_port", metavar="PORT", whole=True)
    parser.switch("--no-browser", text="no_browser")


def _listing(parser: Parser) -> None:
    parser.campaign()
    parser.switch("--json", text="json")


def _agencies(parser: Parser) -> None:
    _listing(parser)
    parser.value("--find", text="find", metavar="TEXT")
    parser.value("--import", text="import_agencies", metavar="FILE.xlsx|csv")
    parser.value("--export", text="export_agencies", metavar="FILE.xlsx|csv")
    parser.value("-o", "--out", "--output", text="agencies_file", metavar="FILE|-")


def _init(parser: Parser) -> None:
    parser.place("folder", "new_folder", metavar="DIR")
    parser.value("--province", text="province", metavar="TEXT")
    parser.value("--year", text="year", metavar="YEAR", whole=True)
    parser.value("--cause", text="cause", metavar=_causes())
    parser.value("--day", text="new_day", metavar="DD/MM")
    parser.value("--day-name", text="day_name", metavar="TEXT")
    parser.value("--issuer", text="issuer", metavar="TEXT")
    parser.value("--units", text="units", metavar=UNITS_OF)
    parser.value("--from", text="from_campaign", metavar="CAMPAIGN")


def _schema(parser: Parser) -> None:
    parser.value("--write", text="schema_write", metavar="FILE|-")


def _doctor(parser: Parser) -> None:
    parser.value("--out", text="out", metavar="DIR")
    parser.switch("--json", text="json")


def _completion(parser: Parser) -> None:
    parser.place("shell", "shell", metavar=SHELLS)


_OPTIONS: dict[str, Callable[[Parser], None]] = {
    "build": _build,
    "verify": _verify,
    commands.BANNER: _banner,
    commands.FRAME: _frame,
    commands.QR: _qr,
    commands.LOOP: _loop,
    commands.LETTER: _letter,
    "register": _register,
    "copy": _copy,
    "report": _report,
    "lint": _lint,
    "sheet": _sheet,
    "site": _site,
    "serve": _serve,
    "open": _open,
    "presets": _listing,
    "themes": _listing,
    "agencies": _agencies,
    "check": _listing,
    "init": _init,
    "schema": _schema,
    "completion": _completion,
    "doctor": _doctor,
}
