"""Web addresses: readable letters in, one plain URI out, and nothing that hides where it leads."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dxassets import InputError, Project, load_campaign, make_qr
from dxassets.addresses import MOST_CODED, domain_of, host_of, site_uri, to_uri
from dxassets.api.live import make_live
from dxassets.api.site.wishes import checked_address
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.dispatch.prose import parse_prose
from dxassets.errors import FitError, Problem
from dxassets.jobs import link_words
from dxassets.kinds.qr.coding import coded_address
from dxassets.kinds.qr.offering import may_be_coded
from dxassets.models import BilingualError
from dxassets.vietnamese import LETTERS
from tests.drawing_support import page_pixels, read_picture, zxing_reads
from tests.test_qr import urls

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy

WIKI = "https://vi.wikipedia.org/wiki/Đắk_Nông"
WIKI_URI = "https://vi.wikipedia.org/wiki/%C4%90%E1%BA%AFk_N%C3%B4ng"
URI = re.compile(r"https?://[A-Za-z0-9._-]+(:[0-9]+)?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?")
words = st.text(sorted(LETTERS | {letter.upper() for letter in LETTERS} | set("0123456789-_.")), min_size=1)
labels = st.text(sorted(LETTERS), min_size=1, max_size=12)


def refused(text: str) -> str:
    """Both languages of the refusal."""
    with pytest.raises(BilingualError) as caught:
        to_uri(text)
    assert caught.value.vi
    assert caught.value.en
    return f"{caught.value.vi}\n{caught.value.en}"


@pytest.mark.parametrize(
    ("text", "uri", "domain"),
    [
        (WIKI, WIKI_URI, "vi.wikipedia.org"),
        (unicodedata.normalize("NFD", WIKI), WIKI_URI, "vi.wikipedia.org"),
        (WIKI_URI, WIKI_URI, "vi.wikipedia.org"),
        ("https://www.tênmiền.vn/", "https://www.xn--tnmin-hsa0954c.vn/", "tênmiền.vn"),
        ("https://TÊNMIỀN.VN:8443", "https://xn--tnmin-hsa0954c.vn:8443", "tênmiền.vn:8443"),
        ("https://xn--tnmin-hsa0954c.vn/", "https://xn--tnmin-hsa0954c.vn/", "tênmiền.vn"),
        ("https://a.vn/?q=Đắk&x=1#phần-1", "https://a.vn/?q=%C4%90%E1%BA%AFk&x=1#ph%E1%BA%A7n-1", "a.vn"),
        ("https://a.vn/100%", "https://a.vn/100%25", "a.vn"),
        ("https://a.vn/?", "https://a.vn/?", "a.vn"),
        ("https://a.vn?a[]=<1>#a#b", "https://a.vn?a[]=%3C1%3E#a%23b", "a.vn"),
        ("https://DAKNONG.gov.vn./X", "https://DAKNONG.gov.vn./X", "daknong.gov.vn"),
        ("http://192.168.1.1/", "http://192.168.1.1/", "192.168.1.1"),
        ("https://a.vn/@b:c", "https://a.vn/@b:c", "a.vn"),
    ],
)
def test_readable_in_plain_out_and_the_domain_as_people_read_it(text: str, uri: str, domain: str) -> None:
    assert to_uri(text) == uri
    assert domain_of(uri) == domain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("daknong.gov.vn", "not a full web address"),
        ("ftp://daknong.gov.vn/", "not a full web address"),
        ("javascript:alert(1)", "not a full web address"),
        ("https://", "not a full web address"),
        ("https://vn/", "not a full web address"),
        ("https://a..vn/", "not a full web address"),
        ("https://-a.vn/", "not a full web address"),
        (f"https://{'a' * 64}.vn/", "not a full web address"),
        (f"https://{'a.' * 126}vn/", "not a full web address"),
        ("https://a.vn:0/", "not a full web address"),
        ("https://a.vn:65536/", "not a full web address"),
        ("https://a.vn:/", "not a full web address"),
        ("https://%61.vn/", "not a full web address"),
        ("https://[::1]/", "not a full web address"),
        ("https://0.0/", "not a full web address"),  # a browser goes to 0.0.0.0
        ("http://192.168.1/", "not a full web address"),
        ("http://1.2.3.4.5/", "not a full web address"),
        ("http://192.168.1.256/", "not a full web address"),
        ("http://192.168.01.1/", "not a full web address"),
        ("https://tinh.gov.1/", "not a full web address"),
        ("http://127.0.0.0x1/", "not a full web address"),
        ("https://a.vn\\@evil.vn/", "not a full web address"),
        ("https://a.vn/a b", "holds a blank"),
        ("https://a.vn/a\tb", "holds a blank"),
        ("https://daknong.gov.vn@evil.vn/", "'daknong.gov.vn@' before its host"),
        ("https://a:b@evil.vn/", "'a:b@' before its host"),
        ("https://d\u0430knong.gov.vn/", "U+0430"),  # Cyrillic а
        ("https://daknong\uff0egov.vn/", "U+FF0E"),  # a full-width stop
        ("https://daknong.gov\u3002vn/", "U+3002"),
        ("https://\u217edaknong.vn/", "U+217E"),  # a Roman numeral, one letter
        ("https://bücher.de/", "U+00FC"),
        ("https://a.vn/\u202egpj.exe", "U+202E"),  # turns the reading direction
        ("https://a\u200b.vn/", "U+200B"),
        ("https://a\u00ad.vn/", "U+00AD"),
        ("https://a.vn/\x00", "U+0000"),
        ("https://a.vn/\ud800", "U+D800"),
    ],
)
def test_what_is_no_address_or_hides_where_it_leads_is_refused(text: str, words: str) -> None:
    assert words in refused(text)


def test_ports_and_hosts_on_the_right_side_of_their_limits_are_taken() -> None:
    longest = f"https://{'a.' * 125}vnn"
    numbers = ("http://0.0.0.0/", "http://255.255.255.255.:80/", "https://1.2.3.4x/", "https://2026.1a/")
    for text in (*numbers, "https://a.vn:1/", "https://a.vn:65535/", f"https://{'a' * 63}.vn/", longest):
        assert to_uri(text) == text


@pytest.mark.parametrize("host", ["0.0", "192.168.1", "192.168.1.256", "1", "chiendich.1"])
def test_a_sites_own_address_is_no_wrong_number_either(host: str) -> None:
    with pytest.raises(BilingualError, match="no address of a site"):
        site_uri(f"https://{host}/2026/")
    assert site_uri("http://192.168.1.255:8080/2026") == "http://192.168.1.255:8080/2026/"
    assert site_uri("http://localhost:8080/") == "http://localhost:8080/"


@pytest.mark.parametrize(
    "uri", ["https://xn--80ak6aa92e.com/", "https://xn--zzzzzz.vn/", "https://xn--bcher-kva.de/"]
)
def test_a_name_that_may_only_look_like_ours_is_printed_in_its_plain_form(uri: str) -> None:
    assert to_uri(uri) == uri
    assert domain_of(uri) == urlsplit(uri).netloc


# --- for all addresses ------------------------------------------------------------------------------


@given(urls)
def test_a_plain_address_stays_as_it_is(url: str) -> None:
    hosts = urlsplit(url).netloc.split(".")
    if any(label.startswith("-") or label.endswith("-") for label in hosts):
        assert "not a full web address" in refused(url)
    elif re.search("%(?![0-9A-Fa-f]{2})", url):
        assert unquote(to_uri(url)) == unquote(url)
    else:
        assert to_uri(url) == url


@given(st.lists(words, max_size=4), words, words)
def test_readable_letters_come_back_out_of_the_uri(path: list[str], query: str, fragment: str) -> None:
    text = f"https://a.gov.vn/{'/'.join(path)}?q={query}#{fragment}"
    uri = to_uri(text)
    assert URI.fullmatch(uri)
    assert unquote(uri) == text
    assert to_uri(uri) == uri
    assert to_uri(unicodedata.normalize("NFD", text)) == uri


@given(st.lists(labels, min_size=2, max_size=4), st.booleans())
def test_a_vietnamese_host_is_read_as_it_was_typed(host: list[str], capitals: bool) -> None:
    name = ".".join(host)
    uri = to_uri(f"https://{name.upper() if capitals else name}/")
    assert URI.fullmatch(uri)
    assert domain_of(uri) == name.removeprefix("www.")
    assert to_uri(f"https://{domain_of(uri)}/") in {uri, uri.replace("://www.", "://"), uri.lower()}


@given(st.text(max_size=40))
@example("a.vn@")
@example("a.vn\\")
def test_whatever_is_taken_is_a_uri_that_leads_to_the_host_that_is_printed(text: str) -> None:
    try:
        uri = to_uri(f"https://{text}")
    except BilingualError:
        return
    assert URI.fullmatch(uri), uri
    assert to_uri(uri) == uri
    parts = urlsplit(uri)
    assert parts.username is None
    assert parts.hostname is not None
    assert parts.hostname.rstrip(".") == host_of(uri)
    for letter in domain_of(uri):
        assert letter.isascii() or letter in LETTERS


# --- as long as a symbol holds -----------------------------------------------------------------------


def test_an_address_may_be_as_long_as_the_largest_symbol_holds() -> None:
    most = MOST_CODED["M"]
    start = "https://a.vn/"
    assert len(to_uri(start + "a" * (most - len(start)))) == most
    told = refused(start + "a" * (most - len(start) + 1))
    assert f"dài {most + 1} byte" in told
    assert f"takes {most + 1} bytes" in told
    assert f"holds {most}" in told
    assert len(to_uri(start + "ế" * 257)) == len(start) + 257 * 9  # three bytes, each as %XX
    assert f"holds {most}" in refused(start + "ế" * 258)


# --- in a campaign ---------------------------------------------------------------------------------


def campaign_problems(copy: CampaignCopy) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        load_campaign(copy.folder)
    return caught.value.problems


HANDBOOK = "https://dx.mic.gov.vn/"


def test_a_campaigns_link_may_be_readable(copy: CampaignCopy) -> None:
    copy.edit(HANDBOOK, "https://tênmiền.vn/Cẩm_nang")
    campaign = load_campaign(copy.folder).campaign
    assert campaign.links[2].url == "https://xn--tnmin-hsa0954c.vn/C%E1%BA%A9m_nang"
    (link,) = (each for each in link_words(campaign) if each.id == "handbook")
    assert (link.url, link.domain) == (campaign.links[2].url, "tênmiền.vn")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://a.vn/" + "a" * 388, "longer than 400 characters"),
        ("https://a.vn/" + "ế" * 387, f"takes {13 + 387 * 9} bytes"),
        ("https://zalo.me/0912345678", "phone number"),
        ("https://www.zalo.me/0912345678", "not the page"),
        ("https://zalo.me:443/0912345678", "not the page"),
        ("https://ZALO.me./0912345678", "not the page"),
        ("https://a@dx.mic.gov.vn/", "before its host"),
    ],
)
def test_a_campaigns_link_that_can_not_be_is_told_at_its_key(
    copy: CampaignCopy, url: str, words: str
) -> None:
    copy.edit(HANDBOOK, url)
    (problem,) = campaign_problems(copy)
    assert problem.where.endswith("campaign.toml: links[2].url")
    assert words in problem.en


def test_a_campaigns_link_may_have_400_characters(copy: CampaignCopy) -> None:
    copy.edit(HANDBOOK, "https://a.vn/" + "a" * 387)
    assert len(load_campaign(copy.folder).campaign.links[2].url or "") == 400


@pytest.mark.parametrize("alias", ["D\u1eafkNong", "Dak\u0660Nong"])
def test_a_zalo_alias_is_ascii(copy: CampaignCopy, alias: str) -> None:
    copy.edit('# url = "https://zalo.me/..."', f'url = "https://zalo.me/{alias}"')
    (problem,) = campaign_problems(copy)
    assert "not the page of a Zalo OA" in problem.en


# --- in codes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_code_for_a_readable_address_carries_its_uri(suffix: str, tmp_path: Path) -> None:
    data = make_qr(WIKI, tmp_path / f"a.{suffix}").read_bytes()
    read = {
        "png": read_picture,
        "svg": lambda svg: svg_to_pixels(svg.decode()),
        "pdf": lambda pdf: page_pixels(pdf, 800),
    }[suffix]
    assert zxing_reads(read(data)) == [WIKI_URI]


def test_a_card_prints_the_readable_domain(project: Project) -> None:
    made = make_live(project, "qr", {"format": "svg", "url": "https://tênmiền.gov.vn/Giới_thiệu"}).data
    assert made is not None
    assert "– tênmiền.gov.vn</desc>" in made.decode()
    assert zxing_reads(svg_to_pixels(made.decode())) == [
        "https://xn--tnmin-hsa0954c.gov.vn/Gi%E1%BB%9Bi_thi%E1%BB%87u"
    ]


@pytest.mark.parametrize(
    "url", ["https://zalo.me/0912345678", "https://ZALO.ME:443/1", "https://www.zalo.me/x"]
)
def test_no_code_leads_to_a_person_on_zalo(url: str) -> None:
    with pytest.raises(InputError, match=r"Zalo OA|phone number"):
        coded_address(url)


def test_a_server_codes_readable_addresses_of_state_agencies_only(project: Project) -> None:
    assert may_be_coded(project, coded_address("https://tênmiền.gov.vn/Giới_thiệu"))
    assert may_be_coded(project, coded_address("https://sonoivu.daknong.gov.vn/Đắk_Nông"))
    for stranger in (WIKI, "https://gov.vn.tênmiền.vn/", "http://daknong.gov.vn/Đắk"):
        assert not may_be_coded(project, coded_address(stranger))
    with pytest.raises(InputError, match=r"\.gov\.vn"):
        make_live(project, "qr", {"url": WIKI})


def test_a_domain_that_finds_no_room_on_the_card_is_named(tmp_path: Path) -> None:
    host = f"{'a' * 60}.{'b' * 60}.vn"
    with pytest.raises(FitError) as caught:
        make_qr(f"https://{host}/", tmp_path / "a.png")
    assert f"“{host}”" in caught.value.problems[0].vi
    assert repr(host) in caught.value.problems[0].en


# --- elsewhere -------------------------------------------------------------------------------------


def test_a_sites_own_address_may_be_readable() -> None:
    assert checked_address("https://tênmiền.vn/Đắk") == "https://xn--tnmin-hsa0954c.vn/%C4%90%E1%BA%AFk/"
    assert checked_address("https://daknong.gov.vn") == "https://daknong.gov.vn/"
    for wrong in ("https://d\u0430knong.vn/", "https://tênmiền.vn/#a", "tênmiền.vn"):
        with pytest.raises(InputError):
            checked_address(wrong)


def test_a_letters_link_may_be_readable() -> None:
    problems: list[Problem] = []
    (block,) = parse_prose(f"Xem <{WIKI}>.", "dispatch.md", 0, problems)
    assert not problems
    runs = [(run.text, run.url) for run in block.runs]  # pyright: ignore[reportAttributeAccessIssue]
    assert (WIKI, WIKI_URI) in runs
