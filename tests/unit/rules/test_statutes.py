"""The library for citing: numbers, versions, search, and a file that is wrong (F-40, field basis)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import InputProblem
from desk.rules.statutes import (
    Article,
    Law,
    Number,
    Place,
    cite,
    cite_typed,
    from_content,
    newest,
    parse_number,
    parse_place,
    search,
)

CONTENT: dict[str, Any] = {
    "schema": 1,
    "name": "中华人民共和国民法典",
    "short": "民法典",
    "organ": "全国人民代表大会",
    "published": date(2020, 5, 28),
    "in_force": date(2021, 1, 1),
    "total": 1260,
    "articles": {"188": "诉讼时效", "296": "避免造成损害", "687": "一般保证", "1254": "高空抛物、坠物"},
}
CIVIL = from_content("civil_code", CONTENT)
CRIMINAL = from_content(
    "criminal",
    {
        **CONTENT,
        "name": "中华人民共和国刑法",
        "short": "刑法",
        "in_force": date(2024, 3, 1),
        "total": 452,
        "articles": {"276": "破坏生产经营", "276-1": "拒不支付劳动报酬", "291-2": "高空抛物"},
    },
)
LAWS = (CIVIL, CRIMINAL)


def found(words: str) -> list[tuple[str, str]]:
    return [(hit.law.short, hit.article.number.key if hit.article else "") for hit in search(LAWS, words)]


def test_one_key_cites_article_and_version() -> None:
    assert cite(CIVIL, Number(188)) == "《中华人民共和国民法典》第一百八十八条（2021年1月1日施行）"
    assert cite(CRIMINAL, Number(276, 1)) == "《中华人民共和国刑法》第二百七十六条之一（2024年3月1日施行）"


def test_a_version_whose_first_day_is_not_sure_is_named_by_its_publication() -> None:
    law = replace(CIVIL, in_force=None)
    assert cite(law, Number(7)) == "《中华人民共和国民法典》第七条（2020年5月28日公布）"


def test_an_article_beyond_the_end_is_refused_in_words() -> None:
    with pytest.raises(InputProblem, match="没有第一千二百六十一条") as caught:
        cite(CIVIL, Number(1261))
    assert "共 1260 条" in caught.value.way_out
    with pytest.raises(InputProblem, match="没有第一百八十八条之一"):
        cite(CIVIL, Number(188, 1))


def test_an_article_without_words_may_be_cited() -> None:
    assert CIVIL.article(Number(300)) == Article(Number(300))


def test_what_is_not_in_the_library_is_cited_as_typed() -> None:
    assert cite_typed(" 《示例省物业管理条例》 ", Number(12), date(2025, 3, 1)) == (
        "《示例省物业管理条例》第十二条（2025年3月1日施行）"
    )
    assert cite_typed("示例县养犬规定", None) == "《示例县养犬规定》"
    with pytest.raises(InputProblem, match="名称"):
        cite_typed("《》", Number(1))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("188", Number(188)),
        ("第一百八十八条", Number(188)),
        ("第188条", Number(188)),
        ("１８８条", Number(188)),
        ("第二百〇三条", Number(203)),
        ("276-1", Number(276, 1)),
        ("276之一", Number(276, 1)),
        ("第 二百七十六 条之一", Number(276, 1)),
        ("第276条之1", Number(276, 1)),
    ],
)
def test_numbers_as_people_write_them(text: str, number: Number) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "条", "0", "第百八条", "一般", "12345", "188-"])
def test_other_words_are_no_number(text: str) -> None:
    with pytest.raises(InputProblem, match="不是条文的编号"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("12", "12", "第十二条"),
        ("第十二条第二款", "12第二款", "第十二条第二款"),
        ("12条2款", "12第二款", "第十二条第二款"),
        ("第二百七十六条之一第一款第（三）项", "276-1第一款第三项", "第二百七十六条之一第一款第三项"),
        ("第十二条第(3)项", "12第三项", "第十二条第三项"),
        ("12 第十一项", "12第十一项", "第十二条第十一项"),
    ],
)
def test_a_place_may_name_paragraph_and_item(text: str, key: str, words: str) -> None:
    place = parse_place(text)
    assert (place.key, str(place)) == (key, words)
    assert cite_typed("示例县养犬规定", place) == f"《示例县养犬规定》{words}"


@pytest.mark.parametrize(
    "text", ["一般", "第二款", "12第款", "12第零款", "第十二条第三项第二款", "12第二款等"]
)
def test_other_words_are_no_place(text: str) -> None:
    with pytest.raises(InputProblem, match="不是条文的编号") as caught:
        parse_place(text)
    assert caught.value.field == "article"


@given(st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_a_place_reads_back_from_both_spellings(main: int, sub: int, paragraph: int, item: int) -> None:
    place = Place(Number(main, sub), paragraph, item)
    assert parse_place(place.key) == place
    assert parse_place(str(place)) == place


@given(st.integers(1, 9999), st.integers(0, 99))
def test_a_number_reads_back_from_both_spellings(main: int, sub: int) -> None:
    number = Number(main, sub)
    assert parse_number(number.key) == number
    assert parse_number(str(number)) == number


@given(st.builds(Number, st.integers(1, 999), st.integers(0, 3)), st.builds(Number, st.integers(1, 999)))
def test_numbers_are_ordered_as_in_a_book(one: Number, other: Number) -> None:
    assert (one < other) == ((one.main, one.sub) < (other.main, other.sub))


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("民法典 188", [("民法典", "188")]),
        ("民法典188", [("民法典", "188")]),
        ("188", [("民法典", "188")]),
        ("《民法典》第一百八十八条", [("民法典", "188")]),
        ("诉讼时效", [("民法典", "188")]),
        ("高空抛物", [("民法典", "1254"), ("刑法", "291-2")]),
        ("刑法 高空抛物", [("刑法", "291-2")]),
        ("刑法276之一", [("刑法", "276-1")]),
        ("一般保证", [("民法典", "687")]),
        ("抛物 高空", [("民法典", "1254"), ("刑法", "291-2")]),
        ("民法典 300", [("民法典", "300")]),
        ("300", []),
        ("刑法 500", []),
        ("没有的词", []),
        ("", []),
    ],
)
def test_search_by_law_number_and_words(words: str, hits: list[tuple[str, str]]) -> None:
    assert found(words) == hits


def test_a_law_named_alone_is_found_before_its_articles() -> None:
    assert found("刑法")[:2] == [("刑法", ""), ("刑法", "276")]
    assert len(search(LAWS, "民法典", limit=3)) == 3


@given(st.text(max_size=20))
def test_search_never_fails(words: str) -> None:
    assert len(search(LAWS, words)) <= 20


def test_the_newest_version_of_a_name_rules() -> None:
    later = replace(CIVIL, code="civil_code_2030", in_force=date(2030, 1, 1))
    assert newest((CIVIL, CRIMINAL, later)) == (later, CRIMINAL)
    assert newest((later, CIVIL)) == (later,)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"schema": 2}, "schema"),
        ({"extra": 1}, "“extra”"),
        ({"name": ""}, "“name”"),
        ({"organ": None}, "“organ”"),
        ({"published": None}, "published"),
        ({"published": "2020-05-28"}, "2021-01-01 这样"),
        ({"in_force": date(2020, 1, 1)}, "早于公布日期"),
        ({"total": 0}, "total"),
        ({"total": True}, "total"),
        ({"articles": None}, "articles"),
        ({"articles": {"一": "甲"}}, "编号“一”"),
        ({"articles": {"2": "乙", "1": "甲"}}, "第一条的次序"),
        ({"articles": {"2": "乙", "02": "甲"}}, "编号“02”"),
        ({"articles": {"1261": "甲"}}, "次序"),
        ({"articles": {"1": " "}}, "没有写内容"),
    ],
)
def test_a_wrong_file_is_named_with_its_fault(changes: dict[str, object], words: str) -> None:
    with pytest.raises(InputProblem, match=words) as caught:
        from_content("civil_code", {**CONTENT, **changes})
    assert "civil_code" in caught.value.sentence


def test_a_law_may_come_without_articles() -> None:
    law: Law = from_content("x", {**CONTENT, "articles": {}})
    assert cite(law, Number(1)).startswith("《中华人民共和国民法典》第一条")
