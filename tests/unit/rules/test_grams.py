"""Search terms (tech.md §4, NM-10)."""

import re

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.grams import (
    _RUN,
    _run_terms,
    _text_terms,
    as_searched,
    code_end,
    end_term,
    index_terms,
    query_terms,
)

RARE = "喆堃䶮㛃㼆䜣㑇鿍𬱖𬸣𬎆𫖯𬍛𠅤𬭎𬀩𬸚𬜬𫇭𪟝𬙂𬘭𫄸𤩽"
HAN = st.sampled_from(RARE + "王李张某欧阳〇乐单\U0002ebf0\U0003134a\ue000")
CODE = st.from_regex(r"[A-Z]{2}20[0-9]{2}-[A-Z][0-9]{4}", fullmatch=True)


def finds(typed: str, terms: tuple[str, ...]) -> bool:
    """Match as the index does: every term of the query is a term of the record."""
    wanted = query_terms(typed)
    return bool(wanted) and set(wanted) <= set(terms)


VISIT = index_terms(
    names=["欧阳某喆"],
    phones=["138-0013-6621"],
    numbers=["LF2026-A0312", "204817736"],
    id_numbers=["11010519491231002x"],
    texts=["示例村3组路灯坏了，要修；找G104国道WiFi"],
)


@pytest.mark.parametrize(
    "typed",
    [
        *("欧", "欧阳", "阳某喆", "欧阳某喆", "喆", "欧 喆"),
        *("oy", "oymz", "mz", "m"),
        *("ouyang", "ou yang", "OuY", "yangmou", "zhe", "ouyangmouzhe"),
        *("6621", "621", "13800136621", "138 0013", "+86 138 0013 6621", "１３８０"),
        *("0312", "312", "A0312", "lf2026", "LF2026-A0312", "736", "7736", "2048 17736"),
        *("11010519491231002X", "１１０１０５１９４９１２３１００２ｘ", "002x"),
        *("路灯", "灯坏了", "3组", "国道", "g104", "104", "wifi", "wi", "欧阳 6621", "路灯oymz"),
    ],
)
def test_finds(typed: str) -> None:
    """One or two characters, initials, syllables, tails of phone and numbers, words of the record."""
    assert finds(typed, VISIT)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "，。",
        '"',
        "*",
        "修找",
        "阳欧",
        "某某",
        "oyz",
        "9999",
        "110105",
        "19491231",
        "1231002X",
        "欧阳 6622",
    ],
)
def test_does_not_find(typed: str) -> None:
    """Parts of an identity number other than its last four must not be guessable by searching."""
    assert not finds(typed, VISIT)


def test_a_separator_in_a_name_does_not_part_it() -> None:
    """tech.md §4: 阿·依 must not become two tokens in one string."""
    terms = index_terms(names=["阿卜杜热合曼·买买提"])
    for typed in (
        "阿卜杜",
        "曼·买",
        "曼买",
        "曼•买",
        "曼.买",
        "abd",
        "mmt",
        "hmm",
        "maimai",
        "abudu",
        "阿卜杜热合曼·买买提",
    ):
        assert finds(typed, terms), typed
    assert finds("abdrhmmmt", terms)


def test_every_reading_of_the_surname_is_found() -> None:
    terms = index_terms(names=["单某"])
    for typed in ("sm", "dm", "cm", "shan", "dan", "chanmou"):
        assert finds(typed, terms), typed


@pytest.mark.parametrize("typed", ["lv", "lü", "lyu", "LÜ", "lvmou", "lyumou", "l", "lm"])
def test_lv_in_every_spelling(typed: str) -> None:
    """§11."""
    assert finds(typed, index_terms(names=["吕某"]))


def test_an_alias_and_typed_initials_are_found() -> None:
    """NM-10 and the editable initials of a name the dictionary does not know."""
    terms = index_terms(names=["王頔", "王𬱖"], initials=["WD"])
    for typed in ("王頔", "王𬱖", "wd", "d"):
        assert finds(typed, terms), typed
    unknown = index_terms(names=["王\U0002ebf0"], initials=["wx"])
    assert finds("wx", unknown)
    assert finds("\U0002ebf0", unknown)


def test_masked_or_broken_identity_numbers_leave_no_term() -> None:
    assert index_terms(id_numbers=["110105********002X", "12345", ""]) == ()


def test_a_pasted_paragraph_is_cut() -> None:
    assert len(query_terms("".join(map(chr, range(0x4E00, 0x4F00))))) == 24
    assert query_terms("zhangsanfengxiansheng") == ("pzhangsanfeng",)


@given(st.text(HAN, min_size=1, max_size=10), st.data())
def test_any_part_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert set(query_terms(name[start:end])) <= set(index_terms(names=[name]))


@given(st.text(st.sampled_from("路灯坏了修水渠，。·-王某 \u3000某"), max_size=30), st.data())
def test_any_part_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert set(query_terms(text[start:end])) <= set(index_terms(texts=[text]))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(0, 7), st.integers(4, 11))
def test_any_four_neighbours_and_the_last_three_find_a_phone(number: str, start: int, length: int) -> None:
    terms = index_terms(phones=[number])
    assert finds(number[start : start + length], terms)
    assert finds(number[-3:], terms)


@given(CODE)
def test_a_number_is_found_whole_and_by_its_tail(number: str) -> None:
    terms = index_terms(numbers=[number])
    for typed in (number, number.lower(), number[-4:], number[-5:], number[-3:], number.replace("-", "")):
        assert finds(typed, terms), typed


@given(st.text())
def test_every_term_is_quotable(text: str) -> None:
    """Han, a–z and 0–9 only, so neither quotes nor operators can come from what was typed."""
    for term in (
        *query_terms(text),
        *index_terms(names=[text], phones=[text], numbers=[text], texts=[text], initials=[text]),
    ):
        assert re.fullmatch("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffffa-z0-9]+", term), term


@given(st.text(st.one_of(HAN, st.characters(codec="utf-8")), max_size=20))
def test_every_term_is_one_token_for_the_index(text: str) -> None:
    """unicode61 keeps each term whole and as it is, rare characters included."""
    terms = index_terms(names=[text], texts=[text], numbers=[text])
    connection = sqlite.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(grams, tokenize='unicode61', detail=none)")
        connection.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(search, 'row')")
        connection.execute("INSERT INTO search VALUES (?)", (" ".join(terms),))
        assert {row[0] for row in connection.execute("SELECT term FROM tokens")} == set(terms)
        for term in query_terms(text):
            connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (f'"{term}"',)).fetchall()
    finally:
        connection.close()


@given(st.lists(st.text(st.sampled_from("路灯·． \u0301Σσa1-王\n"), max_size=6), max_size=4))
def test_texts_beside_each_other_stay_apart(texts: list[str]) -> None:
    one_by_one = {term for text in texts for term in index_terms(texts=[text])}
    together = index_terms(texts=texts)
    assert set(together) == one_by_one
    assert len(together) == len(one_by_one)


@given(st.text(st.sampled_from("路灯坏了修·，。々〆α1２aＢ _-\0\u3000𬱖⺀\ue000é"), max_size=20))
def test_a_text_is_found_by_what_each_of_its_runs_is_found_by(text: str) -> None:
    """Whether a text holds only usual signs, or one that sends it the long way, its terms are the same."""
    runs = _RUN.findall(as_searched(text))
    assert set(_text_terms(text)) == {term for run in runs for term in _run_terms(run)}


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        *(("6621", "6621"), ("0004 ", "0004"), ("A0312", "a0312"), ("1234 5678 9", "123456789")),
        *(("LF2026-A0312", "lf2026a0312"), ("621", ""), ("王 6621", ""), ("wang", ""), ("积水", "")),
        *(("", ""), ("11010119800101001X", "")),
    ],
)
def test_what_may_be_the_end_of_a_code(typed: str, end: str) -> None:
    assert code_end(typed) == end


@given(number=st.text("0123456789", min_size=5, max_size=12), length=st.integers(4, 12))
def test_whatever_ends_so_has_the_term_of_the_end(number: str, length: int) -> None:
    terms = index_terms(numbers=[number])
    end = code_end(number[-length:])
    assert {*query_terms(end), end_term(end)} <= set(terms)
