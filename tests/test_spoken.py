"""Vietnamese as it is said: every case of `data/spoken.tsv`, and the limits on both sides."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.errors import CampaignError
from dxassets.spoken import Reading, Vocabulary, cardinal, parse_vocabulary, phrases_of, speak, syllables_of

ROOT = Path(__file__).parent.parent
KNOWN = parse_vocabulary((ROOT / "campaigns/spoken.toml").read_bytes(), "spoken.toml")
LINES = (ROOT / "tests/data/spoken.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple([*line.split("\t"), "", "", ""][:4]) for line in LINES if line and not line.startswith("# ")]


def vocabulary(option: str) -> Vocabulary:
    if not option:
        return KNOWN
    name, _, value = option.partition("=")
    return KNOWN.joined(Vocabulary.model_validate({"reading": {name: value}}))


def test_there_are_at_least_300_cases_and_none_twice() -> None:
    assert len({(text, option) for text, _, _, option in CASES}) == len(CASES) >= 300


@pytest.mark.parametrize(("text", "said", "unknown", "option"), CASES)
def test_a_text_is_spoken(text: str, said: str, unknown: str, option: str) -> None:
    spoken = speak(text, vocabulary(option))
    assert spoken.text == said
    assert ", ".join(spoken.unknown) == unknown
    assert unicodedata.is_normalized("NFC", spoken.text)


def test_text_that_is_not_nfc_is_spoken_alike() -> None:
    for text in ("Đắk Nông 10/10", "Ủy ban nhân dân, HĐND"):
        assert speak(unicodedata.normalize("NFD", text), KNOWN) == speak(text, KNOWN)


@given(st.integers(0, 10**15))
def test_no_two_numbers_are_said_alike(number: int) -> None:
    said = cardinal(number, Reading())
    assert said != cardinal(number + 1, Reading())
    assert not any(char.isdigit() for char in said)


PARTS = (
    "1|05|31|2025|1.000|3,5|/|-|–|.|,|: |h|%|đ|'|’|(|)|(năm)|x|T2|CN| |  |thứ |ngày |tháng |IV| và "
    "|số |số nhà |QĐ|NĐ-CP|UBND|TP.|Đ/c |QL|ĐT.| triệu|/người|km|phút|Đề án |0912|gọi 113|"
    "chiếm |@b.vn|H5N1|PM2.5"
).split("|")


@given(
    st.text(alphabet="0123456789/.,-–:h%đ ABCUBND", max_size=24)
    | st.lists(st.sampled_from(PARTS), max_size=16).map("".join)
)
def test_nothing_that_is_typed_stops_a_reader(text: str) -> None:
    spoken = speak(text, KNOWN)
    left = [word for word in spoken.text.split() if any(char.isdigit() for char in word)]
    assert all(any(short in word for short in spoken.unknown) for word in left)


def test_a_number_of_15_digits_is_a_number_and_a_longer_one_is_digits() -> None:
    assert speak("1" * 15, KNOWN).text.startswith("một trăm mười một nghìn")
    assert speak("1" * 16, KNOWN).text == " ".join(["một"] * 16)


def test_a_telephone_number_has_8_to_12_digits() -> None:
    assert speak("0261 3544", KNOWN).text == "không hai sáu một, ba năm bốn bốn"
    assert not speak("0261 354", KNOWN).text.startswith("không hai sáu một, ba")
    assert speak("0912 345 678 901 23", KNOWN).text != speak("0912 345 678 90", KNOWN).text


def test_six_digits_are_said_at_once_and_seven_in_parts() -> None:
    assert speak("0912 345 678", KNOWN).text == "không chín một hai, ba bốn năm, sáu bảy tám"
    assert speak("09 123456", KNOWN).text == "không chín, một hai ba bốn năm sáu"
    assert speak("09 1234567", KNOWN).text == "không chín, một hai ba, bốn năm sáu bảy"


def test_parts_of_ten_are_shares_and_of_eleven_counts() -> None:
    assert speak("chiếm 3/10", KNOWN).text == "chiếm ba phần mười"
    assert speak("chiếm 3/11", KNOWN).text == "chiếm ba trên mười một"


def test_a_breath_has_14_syllables_at_most() -> None:
    said = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai"
    assert [phrase.text for phrase in phrases_of(said)] == [said]
    longer = " ".join(["chuyển đổi số phục vụ người dân và doanh nghiệp"] * 4)
    phrases = phrases_of(longer)
    assert " ".join(phrase.text for phrase in phrases) == longer
    assert max(syllables_of(phrase.text) for phrase in phrases) <= 14
    assert [phrase.ends for phrase in phrases] == [*[False] * (len(phrases) - 1), True]


def test_no_breath_parts_a_number() -> None:
    said = speak("Thời gian từ ngày 08/10/2022 đến ngày 08/11/2022", KNOWN).text
    texts = [phrase.text for phrase in phrases_of(said)]
    assert any("hai nghìn không trăm hai mươi hai" in text for text in texts)
    assert not any(text.startswith(("không trăm", "mươi", "mười một năm")) for text in texts)


@pytest.mark.parametrize(
    ("file", "where", "vi"),
    [
        ('[words]\n"A;B" = "x"\n', "spoken.toml: words.A;B.[key]", "không phải chữ viết tắt"),
        ('[reading]\nfive = "nam"\n', "spoken.toml: reading.five", "không có “nam”"),
        ("[reading]\nrate = 79\n", "spoken.toml: reading.rate", "phải từ 80"),
        ("[word]\n", "spoken.toml: word", "words"),
    ],
)
def test_what_is_wrong_with_a_list_is_told(file: str, where: str, vi: str) -> None:
    with pytest.raises(CampaignError) as caught:
        parse_vocabulary(file.encode(), "spoken.toml")
    (problem,) = caught.value.problems
    assert problem.where == where
    assert vi in problem.vi


def test_a_campaigns_own_list_lies_over_the_bundled_one() -> None:
    own = parse_vocabulary(
        '[words]\n"CĐS" = "số hóa"\nXYZW = "ích"\n[reading]\nfour = "bốn"\n'.encode(), "own"
    )
    both = KNOWN.joined(own)
    assert speak("XYZW 24 CĐS", both).text == "ích hai mươi bốn số hóa"
    assert speak("TP. Huế, 105", both).text == "thành phố Huế, một trăm linh năm"
