"""Normal form, slugs, and where a line may break."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.vietnamese import (
    AFTER_DASH,
    AFTER_FUNCTION_WORD,
    AFTER_PUNCTUATION,
    BEFORE_AFTERTHOUGHT,
    BEFORE_CLAUSE,
    BEFORE_DASH,
    WITHIN_NAME,
    WITHIN_PHRASE,
    WITHIN_TERM,
    WITHIN_WORD,
    abbreviated,
    break_costs,
    clean,
    fold,
    slug,
    strange_characters,
    upper,
)
from tests.drawing_support import LETTERS, THEME_OF_2024, project

vietnamese_words = st.text(
    st.sampled_from(LETTERS + "abcdeghiklmnopqrstuvxyBCKTN0123456789-–,.'’"), min_size=1
)


def costs_of(text: str, *phrases: str) -> dict[tuple[str, str], float]:
    words, costs = break_costs(text, phrases)
    return dict(zip(pairwise(words), costs, strict=True))


# --- normal form ----------------------------------------------------------------------------------


def test_there_are_134_letters_with_marks() -> None:
    assert len(set(LETTERS)) == 134


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_typed_in_parts_becomes_one_character(letter: str) -> None:
    assert clean(unicodedata.normalize("NFD", letter)) == letter


def test_marks_typed_in_the_wrong_order_still_make_the_letter() -> None:
    assert clean("e\u0302\u0323") == clean("e\u0323\u0302") == "ệ"


def test_white_space_of_every_kind_becomes_one_blank() -> None:
    assert clean("\ufeff Sở \u00a0Nội\t\tvụ\r\n ".lstrip("\ufeff")) == "Sở Nội vụ"
    assert clean(" \n\t\u00a0 ") == ""


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2007", "\u00a0\u00a0"])
def test_a_no_break_blank_that_somebody_typed_stays_one(blank: str) -> None:
    assert clean(f"hơn 10{blank}năm  qua") == "hơn 10\u00a0năm qua"
    assert clean(f"{blank}10 năm{blank}") == "10 năm"


def test_a_no_break_hyphen_stays_one() -> None:
    assert clean("Covid\u201119") == "Covid\u201119"


@given(st.text())
def test_clean_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not re.search(r"\s\s", once)
    assert not re.search(r"[^\S \u00a0]", once)
    assert once == once.strip()


@pytest.mark.parametrize("char", ["\x00", "\u200b", "\u202e", "\ufeff", "\ue000", "\u0378", "\x1b"])
def test_a_character_that_cannot_be_printed_is_strange(char: str) -> None:
    assert strange_characters(f"Sở{char} Nội vụ{char}") == [char]


def test_vietnamese_text_is_not_strange() -> None:
    assert strange_characters(LETTERS + " “–” K'nia 10/10 & <b>") == []


# --- fold, slug, capitals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND huyện Đắk R'lấp", "ubnd-huyen-dak-rlap"),
        ("UBND huyện Đắk R’lấp", "ubnd-huyen-dak-rlap"),
        ("Trường THCS K'nia", "truong-thcs-knia"),
        ("Đài Phát thanh – Truyền hình", "dai-phat-thanh-truyen-hinh"),
        ("đ Đ", "d-d"),
        ("  --Sở Y tế!!  ", "so-y-te"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
        ("→ 😀", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_plain_ascii_and_its_own_slug(text: str) -> None:
    found = slug(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", found)
    assert slug(found) == found


@given(vietnamese_words)
def test_a_slug_does_not_know_how_a_letter_was_typed(text: str) -> None:
    assert slug(unicodedata.normalize("NFD", text)) == slug(text)
    assert slug(upper(text)) == slug(text)


@pytest.mark.parametrize("letter", LETTERS)
def test_fold_leaves_one_plain_letter(letter: str) -> None:
    assert re.fullmatch("[adeiouy]", fold(letter))


def test_fold_makes_what_is_typed_without_marks_equal() -> None:
    assert fold("Cư Jút") == "cu jut"
    assert fold("ĐẮK G'LONG") == "dak g'long"


def test_capitals_are_single_letters_in_nfc() -> None:
    small, capital = LETTERS[:67], LETTERS[67:]
    assert upper(small) == capital
    assert upper(unicodedata.normalize("NFD", small)) == capital
    assert upper("ý ỷ") == "Ý Ỷ"


def test_the_bundled_agencies_have_different_slugs() -> None:
    names = [slug(agency.name) for agency in project().campaign.offices]
    assert len(set(names)) == len(names) == 128


# --- where a line may break -----------------------------------------------------------------------


@given(st.lists(vietnamese_words, min_size=1), st.lists(vietnamese_words))
def test_words_joined_give_the_text_back(words: list[str], phrases: list[str]) -> None:
    text = clean(" ".join(words))
    found, costs = break_costs(text, tuple(phrases))
    assert " ".join(found) == text
    assert len(costs) == len(found) - 1


def test_no_cost_stands_where_no_blank_does() -> None:
    words, costs = break_costs("hơn 10\u00a0năm qua", ())
    assert words == ("hơn", "10\u00a0năm", "qua")
    assert len(costs) == 2
    assert break_costs("", ()) == ((), ())


def test_a_phrase_stays_whole_in_any_case_and_beside_punctuation() -> None:
    costs = costs_of("Ngày Xa Lạ Kia, vì dân", "xa lạ kia")
    assert costs["Xa", "Lạ"] >= WITHIN_PHRASE
    assert costs["Lạ", "Kia,"] == WITHIN_PHRASE
    assert costs["Kia,", "vì"] == AFTER_PUNCTUATION


def test_a_phrase_is_found_wherever_it_occurs_and_nowhere_else() -> None:
    costs = break_costs("mơ xa tít và mơ xa", ("mơ xa",))[1]
    assert [cost >= WITHIN_PHRASE for cost in costs] == [True, False, False, False, True]


def test_overlapping_phrases_both_stay_whole() -> None:
    costs = break_costs("mơ xa lại gần", ("mơ xa lại", "lại gần"))[1]
    assert costs == (WITHIN_PHRASE,) * 3


def test_a_phrase_inside_a_phrase_holds_harder_than_a_word() -> None:
    phrases = ("Ngày Chuyển đổi số", "chuyển đổi số")
    assert costs_of("Ngày Chuyển đổi số", *phrases)["Chuyển", "đổi"] == 2 * WITHIN_PHRASE > WITHIN_WORD


def test_a_phrase_of_one_word_changes_nothing() -> None:
    assert break_costs("một hai ba", ("hai",)) == break_costs("một hai ba", ())


def test_a_phrase_is_found_however_its_tones_are_placed_and_its_blanks_typed() -> None:
    for text in ("khoẻ vui ca", "khỏe vui ca", "Khỏe\u00a0vui ca"):
        assert break_costs(text, ("khỏe vui ca",))[1][-1] == WITHIN_PHRASE


def test_a_bar_in_a_phrase_lets_a_line_end_inside_a_word() -> None:
    assert costs_of("ủy ban nhân dân")["ban", "nhân"] == WITHIN_TERM
    freed = costs_of("ủy ban nhân dân", "ủy ban | nhân dân")
    assert freed["ban", "nhân"] == 0
    assert freed["ủy", "ban"] == freed["nhân", "dân"] == WITHIN_WORD
    assert costs_of("pháp luật", "pháp | luật")["pháp", "luật"] == 0
    assert costs_of("của tỉnh Đắk Nông", "tỉnh | Đắk")["tỉnh", "Đắk"] == 0


def test_a_phrase_without_a_bar_outweighs_one_with_it() -> None:
    costs = costs_of("mơ xa tít", "mơ | xa", "mơ xa tít")
    assert costs["mơ", "xa"] == WITHIN_PHRASE


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_never_begins_a_line_and_rather_does_not_end_one(dash: str) -> None:
    costs = costs_of(f"kinh tế số {dash} động lực")
    assert costs["số", dash] == BEFORE_DASH > WITHIN_WORD
    assert costs[dash, "động"] == AFTER_DASH > AFTER_FUNCTION_WORD


@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_range_of_years_stays_on_one_line(dash: str) -> None:
    costs = costs_of(f"nhiệm kỳ 2026 {dash} 2031")
    assert min(costs["kỳ", "2026"], costs["2026", dash], costs[dash, "2031"]) >= WITHIN_PHRASE


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("hơn 10 năm qua", "10"),
        ("giảm 50 % khí thải", "50"),
        ("trong tháng 10 này", "tháng"),
        ("vào ngày 10/10 tới", "ngày"),
        ("theo Điều 5 của luật", "Điều"),
        ("Quốc hội khóa XVI họp", "khóa"),
        ("Nghị quyết 57 nêu rõ", "quyết"),
        ("về TP. Hồ Chí Minh", "TP."),
        ("do TS. Nguyễn Văn A viết", "TS."),
        ("ở Phường 3 của ta", "Phường"),
    ],
)
def test_numbers_and_abbreviations_stay_with_what_they_belong_to(text: str, left: str) -> None:
    words, costs = break_costs(text, ())
    assert costs[words.index(left)] == WITHIN_PHRASE


def test_a_sentence_may_still_end_before_a_number() -> None:
    assert costs_of("năm mới, 10 việc")["mới,", "10"] == AFTER_PUNCTUATION


@pytest.mark.parametrize("kind", ["tỉnh", "huyện", "xã", "phường", "Tỉnh", "Huyện", "bon", "thôn", "buôn"])
def test_a_place_keeps_its_type(kind: str) -> None:
    assert costs_of(f"của {kind} Đắk Nông")[kind, "Đắk"] == WITHIN_PHRASE


def test_a_place_type_before_a_small_letter_is_just_a_word() -> None:
    assert costs_of("của xã ta")["xã", "ta"] == 0


def test_a_name_of_capitalised_words_stays_together() -> None:
    assert costs_of("về Đắk Nông")["Đắk", "Nông"] == WITHIN_WORD
    assert costs_of("về Bệ Nội vụ")["Bệ", "Nội"] == WITHIN_NAME
    assert costs_of("UBND Đắk")["UBND", "Đắk"] == 0
    costs = costs_of("ông Nguyễn Văn A nói")
    assert costs["Nguyễn", "Văn"] == costs["Văn", "A"] == WITHIN_PHRASE


def test_a_line_rather_begins_than_ends_with_a_function_word() -> None:
    costs = costs_of("vấn đề vì một cuộc sống của ta")
    assert costs["của", "ta"] == AFTER_FUNCTION_WORD > 0
    assert costs["đề", "vì"] == BEFORE_CLAUSE < 0


def test_more_and_most_stay_with_their_word() -> None:
    costs = costs_of("nhanh hơn và giúp nhau")
    assert costs["nhanh", "hơn"] == costs["giúp", "nhau"] == BEFORE_AFTERTHOUGHT


def test_the_theme_of_2024_breaks_none_of_its_words() -> None:
    for phrases in ((), project().campaign.phrases):
        costs = costs_of(THEME_OF_2024, *phrases)
        assert min(costs["lực", "mới"], costs["hạ", "tầng"], costs["lao", "động"], costs["kinh", "tế"]) > 0
        assert costs["số", "-"] == BEFORE_DASH
        assert costs["số", "để"] == BEFORE_CLAUSE


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ủy ban nhân dân xã Nam Đà", "UBND xã Nam Đà"),
        ("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "VP Đoàn ĐBQH và HĐND tỉnh"),
        ("Trường Trung học cơ sở Nguyễn Du", "Trường THCS Nguyễn Du"),
        ("UBND thành phố Gia Nghĩa", "UBND TP. Gia Nghĩa"),
        ("Sở Y tế", "Sở Y tế"),
        ("", ""),
    ],
)
def test_an_offices_usual_abbreviations(name: str, short: str) -> None:
    assert abbreviated(name) == short
    assert abbreviated(short) == short
