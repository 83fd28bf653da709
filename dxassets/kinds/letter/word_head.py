"""The head of a document in its Word file: letterhead, marks, name and subject, addressees."""

from __future__ import annotations

from dxassets.backends.word import Flow
from dxassets.backends.word_shapes import Frame
from dxassets.dispatch import LetterForm, Wording
from dxassets.dispatch.form import MOTTO, NATION, URGENCY_MM, URGENCY_RED
from dxassets.kinds.letter.parts import Measures
from dxassets.kinds.letter.word_styles import LetterStyles


def add_head(
    document: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    """Everything above the text."""
    add_letterhead(document, wording, styles, measures=measures, form=form)
    if wording.title:
        add_title(document, wording, styles, measures=measures, form=form)
    if wording.addressees:
        _add_addressees(document, wording, styles)


def add_letterhead(
    document: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    """Two rows of two columns: names over rules, then số level with the date (mục II.1-II.5)."""
    widths = (form.letterhead_left_mm, form.letterhead_right_mm)
    (left, right), (lower_left, lower_right) = document.add_columns(widths, rows=2)
    _add_names(left, right, wording, styles, measures=measures, form=form)
    lower_left.add_line(wording.number, styles.number)
    if wording.subject:
        lower_left.add_line(wording.subject, styles.subject)
    if wording.date:
        lower_right.add_line(wording.date, styles.date)
    if wording.urgency:
        lower_left.add_line("", styles.mark_gap)
        width = URGENCY_MM[wording.urgency]
        lower_left.add_frame(
            Frame(wording.urgency, width, form.mark_height_mm, form.mark_rule_pt, URGENCY_RED), styles.mark
        )
        lower_left.add_line("", styles.mark_end)
    if wording.circulation:
        lower_right.add_line("", styles.mark_gap)
        lower_right.add_frame(
            Frame(wording.circulation, measures.circulation_mm, form.mark_height_mm, form.mark_rule_pt),
            styles.mark,
        )
        lower_right.add_line("", styles.mark_end)


def add_bare_letterhead(
    document: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    """The letterhead of a document that another one issues: without number and date (Mẫu 1.3)."""
    widths = (form.letterhead_left_mm, form.letterhead_right_mm)
    ((left, right),) = document.add_columns(widths)
    _add_names(left, right, wording, styles, measures=measures, form=form)


def _add_names(
    left: Flow, right: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    widths = (form.letterhead_left_mm, form.letterhead_right_mm)
    for line in wording.parent:
        left.add_line(line, styles.parent)
    for line in wording.body_name:
        left.add_line(line, styles.body_name)
    left.add_rule(measures.issuer_rule_mm, widths[0], styles.rule, thick_pt=form.rule_pt)
    right.add_line(NATION, styles.nation)
    right.add_line(MOTTO, styles.motto)
    right.add_rule(measures.motto_rule_mm, widths[1], styles.rule, thick_pt=form.rule_pt)


def add_title(
    document: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    """Mục II.5.b: the kind's name, its subject, and the line below them."""
    document.add_line(wording.title, styles.title)
    for line in wording.about:
        document.add_line(line, styles.about)
    document.add_rule(measures.about_rule_mm, form.text_width_mm, styles.title_rule, thick_pt=form.rule_pt)


def _add_addressees(document: Flow, wording: Wording, styles: LetterStyles) -> None:
    """Mục II.9a."""
    if len(wording.addressees) == 1 and not wording.addressees[0].startswith("- "):
        document.add_line(f"{wording.salutation} {wording.addressees[0]}", styles.single_addressee)
        return
    document.add_line(wording.salutation, styles.salutation)
    for line in wording.addressees:
        document.add_line(line, styles.addressee)
    document.add_line("", styles.spacer)
