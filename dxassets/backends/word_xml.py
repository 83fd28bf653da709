"""Pieces of WordprocessingML that python-docx has no call for, as text. Lengths are twips."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def flag(name: str, /, **attributes: str) -> str:
    """An element without content, such as ``<w:cantSplit/>``."""
    said = "".join(f" w:{key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<w:{name} {_W}{said}/>"


def defaults(font: str, lang: str, *, half_points: int) -> str:
    """One typeface for every script, one size, one language."""
    return (
        f"<w:docDefaults {_W}><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        f'<w:lang w:val="{lang}" w:eastAsia="{lang}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def present_layout() -> str:
    """Word's present layout rules, not those of an older version."""
    uri = "http://schemas.microsoft.com/office/word"
    return flag("compatSetting", name="compatibilityMode", uri=uri, val="15")


def table_properties(width: int, padding: Sequence[int], *, centred: bool) -> str:
    """A table of fixed widths without borders; `padding` is above, below and beside a cell's text."""
    above, below, side = padding
    return (
        f'<w:tblPr {_W}><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="{"center" if centred else "left"}"/>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{above}" w:type="dxa"/><w:left w:w="{side}" w:type="dxa"/>'
        f'<w:bottom w:w="{below}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
    )


def table_borders(thick_pt: float, *, color: str = "000000") -> str:
    """Solid lines around every cell, black unless said otherwise (RRGGBB)."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{round(thick_pt * 8)}" w:space="0" w:color="{color}"/>'
        for side in _SIDES
    )
    return f"<w:tblBorders {_W}>{sides}</w:tblBorders>"


def rule_above(thick_pt: float) -> str:
    """A solid black line above a paragraph."""
    size = round(thick_pt * 8)
    return f'<w:pBdr {_W}><w:top w:val="single" w:sz="{size}" w:space="0" w:color="000000"/></w:pBdr>'


def page_number() -> str:
    """A field that Word fills with the page's number."""
    return f'<w:fldSimple {_W} w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'


def watermark(text: str, font: str, *, size_pt: tuple[float, float], number: int) -> str:
    """`text` in light grey across the page, behind its words: Word's own watermark, for a header.

    `size_pt` is its width and height before it is turned by 45 degrees; `number` tells headers apart.
    """
    width, height = size_pt
    place = (
        "position:absolute;margin-left:0;margin-top:0;"
        f"width:{width:g}pt;height:{height:g}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    style = quoteattr(f'font-family:"{font}";font-size:1pt;font-weight:bold')
    return (
        f"<w:r {_W} {_VML}><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>'
        "</v:formulas>"
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
        ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
        '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136"'
        f' alt={quoteattr(text)} style="{place}" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
        f"<v:textpath style={style} string={quoteattr(text)}/></v:shape></w:pict></w:r>"
    )
