"""CSS in a logo: what it says is drawn as CSS means it, and nothing that points or runs gets through."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.errors import InputError
from dxassets.logos import SvgLogo, read_logo
from dxassets.logos.styles import DEEPEST_VALUE, LONGEST_SELECTOR, MOST_SELECTORS
from tests.drawing_support import svg

RECT = '<linearGradient id="g"/><rect id="dot" class="a b" data-kind="seal" width="9" height="9"'


def cleaned(body: str) -> str:
    logo = read_logo(svg(body), "logo.svg")
    assert isinstance(logo, SvgLogo)
    return logo.markup


def drawn(css: str, attributes: str = "") -> dict[str, str]:
    """What a rectangle is drawn with under a style sheet."""
    markup = cleaned(f"<style><![CDATA[{css}]]></style>{RECT} {attributes}/>")
    rect = markup[markup.index("<rect") :]
    return {
        name: unescape(value)
        for name, value in re.findall(r'([a-z-]+)="([^"]*)"', rect)
        if name not in {"id", "width", "height"}
    }


@pytest.mark.parametrize(
    ("css", "attributes", "fill"),
    [
        (".a{fill:red}", 'fill="blue"', "red"),  # a rule beats the attribute
        (".a{fill:red} rect{fill:blue}", "", "red"),  # a class beats a type, though it comes first
        ("#dot{fill:red} .a.b{fill:blue}", "", "red"),  # an id beats two classes
        (".a.b{fill:red} .a{fill:blue}", "", "red"),
        (".a{fill:red} .b{fill:blue}", "", "blue"),  # the later of equals
        (".a{fill:red}", 'style="fill:blue"', "blue"),  # the element's own style beats the sheet
        (".a{fill:red !important}", 'style="fill:blue"', "red"),  # but not what is important
        (".a{fill:red!IMPORTANT}", 'style="fill:blue"', "red"),
        (".a{fill:red ! important}", 'style="fill:blue ! important"', "blue"),
        (".a{fill:red !important} #dot{fill:blue}", "", "red"),
        (".a{fill:red !important; fill:blue}", "", "red"),
    ],
)
def test_what_is_said_twice_is_settled_as_css_has_it(css: str, attributes: str, fill: str) -> None:
    assert drawn(css, attributes) == {"fill": fill}


@pytest.mark.parametrize(
    "selector",
    [
        "[data-kind]",
        "[data-kind=seal]",
        "rect[data-kind='seal']",
        '[data-kind="SEAL" i]',
        "[class~=b]",
        "[data-kind^=se]",
        r".\61",  # an escaped a
        r"#d\6f t",
        "rect/* the seal */",
        "/**/.a/**/.b",
        "nothing, .a",
        "*",
    ],
)
def test_selectors_of_one_element_are_understood(selector: str) -> None:
    assert drawn(f"{selector}{{fill:red}}") == {"fill": "red"}


@pytest.mark.parametrize(
    "selector", ["[data-kind=other]", "[title]", ".A", "RECT", ".a.c", r".\a", "circle", "#Dot"]
)
def test_rules_for_others_are_not_taken(selector: str) -> None:
    assert drawn(f"{selector}{{fill:red}}") == {}


@pytest.mark.parametrize(
    "css",
    [
        "@media print{.a{fill:red}}",
        ".a{fill:red;@media print{fill:blue}}",
        "@charset 'utf-8';.a{fill:red}",
        "g > rect{fill:red}",
        "g rect{fill:red}",
        "g + rect{fill:red}",
        ".a:hover{fill:red}",
        ".a::before{fill:red}",
        ":not(.c){fill:red}",
        ".a:nth-child(2){fill:red}",
        "svg|rect{fill:red}",
        "*|rect{fill:red}",
        "[*|href]{fill:red}",
        "[xlink|href]{fill:red}",
        ".a{fill:red;.b{fill:blue}}",
        ".a{fill:red}}.b{fill:blue}",
        ".a,{fill:red}",
        "{fill:red}",
        ".{fill:red}",
    ],
)
def test_rules_that_look_beyond_one_element_are_refused(css: str) -> None:
    with pytest.raises(InputError) as caught:
        drawn(css)
    assert "Presentation Attributes" in caught.value.problems[0].vi


@pytest.mark.parametrize(
    "value",
    [
        "url(other.svg#a)",
        "URL(other.svg#a)",
        "Url( 'other.svg#a' )",
        r"u\72l(other.svg#a)",
        r"\75\72\6c(other.svg#a)",
        r"url(\6fther.svg#a)",
        "url(#g) url(other.svg#a)",
        "rgb(url(other.svg#a))",
        "url(other.svg#a",
        "url(a b)",
        "url()",
        "url(#g other.svg)",
        "url('#g' 'other.svg')",
    ],
)
@pytest.mark.parametrize("place", ["attribute", "style", "sheet", "unknown property", "unknown attribute"])
def test_what_points_out_of_the_file_is_refused_however_it_is_written(value: str, place: str) -> None:
    body = {
        "attribute": f'{RECT} fill="{value}"/>',
        "style": f'{RECT} style="fill:{value}"/>',
        "sheet": f"<style>.a{{fill:{value}}}</style>{RECT}/>",
        "unknown property": f'{RECT} style="background:{value}"/>',
        "unknown attribute": f'{RECT} data-x="{value}"/>',
    }[place]
    with pytest.raises(InputError) as caught:
        cleaned(body)
    assert "trỏ ra ngoài tệp" in caught.value.problems[0].vi


@pytest.mark.parametrize(
    "value", ["url(#g)", "URL(#g)", "url( #g )", "url('#g')", r"u\72l(#g)", r"url(#\67)", "/**/url(#g)/**/"]
)
def test_references_inside_the_file_get_their_new_names(value: str) -> None:
    for attributes in (f'fill="{value}"', f'style="fill:{value}"'):
        assert drawn("", attributes) == {"fill": "url(#logo-1)"}
    assert drawn(f".a{{fill:{value} red}}") == {"fill": "url(#logo-1) red"}


@pytest.mark.parametrize("value", ["url(#none)", "url('#a b')", r"url('#a\22 b')", r"url(#a\a b)", "url(#)"])
def test_references_to_nothing_become_none(value: str) -> None:
    assert drawn(f".a{{fill:{value}}}") == {"fill": "none"}


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (r".a{fill:r\65 d}", {"fill": "red"}),
        (r".a{fi\6c l:red}", {"fill": "red"}),
        (".a{FILL:red}", {"fill": "red"}),
        (".a{fill:/* not blue */red}", {"fill": "red"}),
        (".a{fill:re/**/d}", {}),  # two words to CSS: no colour
        (".a{fill red;stroke:blue}", {"stroke": "blue"}),  # what is no declaration is passed over
        (".a{*zoom:1;;fill:red;}", {"fill": "red"}),
        ('.a{fill:"red";stroke:blue}', {"stroke": "blue"}),
        (".a{font-family:'url(x)';fill:red}", {"fill": "red"}),  # text, not an address
        (".a{fill:red", {"fill": "red"}),
        (".a{stroke-dasharray:1.5, 2e0\n+3}", {"stroke-dasharray": "1.5, 2e0 +3"}),
        ("<!-- .a{fill:red} -->", {"fill": "red"}),
        ("/* .a{fill:red} */", {}),
        (".b{fill:rgb(1, 2, 3);opacity:50%}", {"fill": "rgb(1, 2, 3)", "opacity": "50%"}),
        (r".a{fill:a\22 \3e b}", {}),  # an escaped quote and bracket stay out
        (".a{--x:{fill:red};color:red}", {"color": "red"}),
    ],
)
def test_values_are_read_as_css_reads_them(css: str, kept: dict[str, str]) -> None:
    assert {name: " ".join(value.split()) for name, value in drawn(css).items()} == kept


def test_an_id_that_sounds_like_an_address_is_only_a_name() -> None:
    assert 'id="logo-1"' in cleaned('<rect id="curl" width="9" height="9"/>')


@pytest.mark.parametrize("effect", ["filter:blur(2px)", "MIX-BLEND-MODE:multiply", r"f\69lter:url(#g)"])
def test_effects_are_refused_and_their_absence_is_not(effect: str) -> None:
    with pytest.raises(InputError):
        drawn(f".a{{{effect}}}")
    assert drawn(f".a{{{effect.partition(':')[0]}:none;fill:red}}") == {"fill": "red"}


def test_selectors_have_limits_in_number_and_length() -> None:
    many = ",".join([".a"] * MOST_SELECTORS) + "{fill:red}"
    assert drawn(many) == {"fill": "red"}
    long = ".a" * (LONGEST_SELECTOR // 2)
    assert drawn(f"{long}{{fill:red}}") == {"fill": "red"}
    for css in (many + ".b{fill:red}", f"{long}.a{{fill:red}}"):
        with pytest.raises(InputError):
            drawn(css)


def test_brackets_in_one_another_have_a_limit() -> None:
    deep = "(" * DEEPEST_VALUE + ")" * DEEPEST_VALUE
    assert drawn(f".a{{fill:{deep}}}") == {"fill": deep}
    for css in (f".a{{fill:({deep})}}", f".a{{font:({deep})}}", f".a({deep}){{}}", ".a{fill:" + "(" * 50_000):
        with pytest.raises(InputError) as caught:
            drawn(css)
        assert "lồng ngoặc" in caught.value.problems[0].vi


PIECES = st.sampled_from(
    r"""url( src( rgb( ( ) [ ] { } ; : , . # * | = > + - % ! @ \ \72 \22 /* */ <!-- --> fill stroke filter
    !important none red #g //x http: .a " ' 1e5 é BLANK NEWLINE""".split()
)
CLEAN = re.compile(r'(?:</?(?:g|rect|linearGradient)>?|/?>| [a-z-]+="[\w\s.,%#()+-]*")*')


@given(st.lists(PIECES, max_size=16).map("".join), st.sampled_from(["sheet", "rule", "style", "fill"]))
def test_whatever_is_written_the_markup_is_plain_and_points_to_nothing_else(css: str, place: str) -> None:
    text = (
        css.replace("BLANK", " ")
        .replace("NEWLINE", "\n")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
    )
    body = {
        "sheet": f"<style>{text}</style>{RECT}/>",
        "rule": f"<style>.a{{fill:{text}}}</style>{RECT}/>",
        "style": f'{RECT} style="{text}"/>',
        "fill": f'{RECT} fill="{text}"/>',
    }[place]
    try:
        markup = cleaned(body)
    except InputError:
        return
    assert CLEAN.fullmatch(markup)
    assert set(re.findall(r"(?<![\w-])url\(.*?\)", markup, re.IGNORECASE)) <= {"url(#logo-1)"}
