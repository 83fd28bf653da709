"""Normal form, slugs, and where a line may break."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.vietnamese import (
    AFTER_FUNCTION_WORD,
    AFTER_PUNCTUATION,
    BEFORE_CLAUSE,
    WITHIN_NAME,
    WITHIN_PHRASE,
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
    assert clean("\ufeff Sở\u00a0Nội\t\tvụ\r\n ".lstrip("\ufeff")) == "Sở Nội vụ"
    assert clean(" \n\t ") == ""


@given(st.text())
def test_clean_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once
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


def test_a_phrase_stays_whole_in_any_case_and_beside_punctuation() -> None:
    costs = costs_of("Ngày Chuyển Đổi số, vì dân", "chuyển đổi số")
    assert costs["Chuyển", "Đổi"] == costs["Đổi", "số,"] == WITHIN_PHRASE
    assert costs["số,", "vì"] == AFTER_PUNCTUATION


def test_a_phrase_is_found_wherever_it_occurs_and_nowhere_else() -> None:
    costs = break_costs("kinh tế số và kinh tế", ("kinh tế",))[1]
    assert [cost == WITHIN_PHRASE for cost in costs] == [True, False, False, False, True]


def test_overlapping_phrases_both_stay_whole() -> None:
    costs = break_costs("ngày chuyển đổi số", ("ngày chuyển", "chuyển đổi số"))[1]
    assert costs == (WITHIN_PHRASE,) * 3


def test_a_phrase_of_one_word_changes_nothing() -> None:
    assert break_costs("một hai ba", ("hai",)) == break_costs("một hai ba", ())


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dash_ends_a_line_and_never_begins_one(dash: str) -> None:
    costs = costs_of(f"kinh tế số {dash} động lực")
    assert costs["số", dash] == WITHIN_PHRASE
    assert costs[dash, "động"] == AFTER_PUNCTUATION < 0


@pytest.mark.parametrize("kind", ["tỉnh", "huyện", "xã", "phường", "Tỉnh", "Huyện"])
def test_a_place_keeps_its_type(kind: str) -> None:
    assert costs_of(f"của {kind} Đắk Nông")[kind, "Đắk"] == WITHIN_PHRASE


def test_a_place_type_before_a_small_letter_is_just_a_word() -> None:
    assert costs_of("của xã hội")["xã", "hội"] == 0


def test_a_name_of_capitalised_words_stays_together() -> None:
    assert costs_of("về Đắk Nông")["Đắk", "Nông"] == WITHIN_NAME
    assert costs_of("UBND Đắk")["UBND", "Đắk"] == 0


def test_a_line_rather_begins_than_ends_with_a_function_word() -> None:
    costs = costs_of("vấn đề vì một cuộc sống của dân")
    assert costs["của", "dân"] == AFTER_FUNCTION_WORD > 0
    assert costs["đề", "vì"] == BEFORE_CLAUSE < 0


def test_the_theme_of_2024_may_turn_after_its_dash_only() -> None:
    costs = costs_of(THEME_OF_2024, *project().campaign.phrases)
    assert min(costs, key=lambda pair: costs[pair]) == ("-", "Động")
    assert costs["Động", "lực"] == costs["hạ", "tầng"] == costs["lao", "động"] == WITHIN_PHRASE


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
