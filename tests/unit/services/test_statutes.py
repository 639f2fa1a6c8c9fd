"""The shipped statutes: their structure, the articles the rules of the desk rest on, and imported texts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from desk.errors import InputProblem
from desk.rules.statutes import Law, Number
from desk.services.statutes import Statutes

STATUTES = Statutes()
LAWS = STATUTES.laws()


@dataclass(frozen=True)
class Imported:
    """Full texts as a store would hand them in."""

    law: Law
    words: dict[str, str]

    def laws(self) -> Sequence[Law]:
        return [self.law]

    def text(self, law: str, article: str, version_on: date | None = None) -> str:
        return self.words.get(article, "") if law == self.law.code else ""


def test_the_statutes_most_cited_are_there_once() -> None:
    names = [law.short for law in LAWS]
    assert len(names) == len(set(names)) == 31
    assert names[0] == "民法典"
    assert len({law.name for law in LAWS}) == 31


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.code)
def test_every_statute_has_a_version_and_facts_instead_of_text(law: Law) -> None:
    assert date(1990, 1, 1) < law.published <= law.version_on < date(2026, 11, 26)
    assert law.articles
    assert law.short in law.name or law.code == "limitation_rules"
    for article in law.articles:
        assert 1 <= len(article.subject) <= 24, article
        assert not article.subject.endswith("。")


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.code)
def test_articles_are_in_order_and_unique(law: Law) -> None:
    numbers = [article.number for article in law.articles]
    assert numbers == sorted(set(numbers))
    assert numbers[-1].main <= law.total


@pytest.mark.parametrize(
    ("law", "article", "word"),
    [
        ("civil_code", "188", "诉讼时效"),
        ("civil_code", "195", "中断"),
        ("limitation_rules", "12", "人民调解委员会"),
        ("labour_dispute", "27", "仲裁时效"),
        ("administrative_reconsideration", "20", "六十日"),
        ("administrative_litigation", "46", "起诉期限"),
        ("work_injury", "17", "工伤认定"),
        ("peoples_mediation", "33", "司法确认"),
        ("civil_procedure", "205", "司法确认"),
        ("legal_aid", "31", "经济困难"),
        ("legal_aid", "32", "不受经济困难"),
        ("legal_aid", "38", "哪里申请"),
        ("legal_aid", "42", "免予核查"),
        ("legal_aid", "43", "期限"),
        ("legal_aid", "44", "先行"),
        ("lawyers", "38", "保密"),
        ("lawyers", "39", "利益冲突"),
        ("minors", "11", "强制报告"),
        ("domestic_violence", "14", "强制报告"),
        ("deputies", "51", "建议"),
        ("petition", "23", "其他机关"),
    ],
)
def test_fl_13_the_articles_the_desk_rests_on_are_in_the_library(law: str, article: str, word: str) -> None:
    assert word in STATUTES.law(law).article(Number(int(article))).subject


def test_a_leak_from_upstairs_is_found_and_cited() -> None:
    hits = STATUTES.find("民法典 相邻不动产")
    assert [hit.article.number.key for hit in hits if hit.article] == ["292", "295", "296"]
    assert STATUTES.cite("civil_code", "296") == (
        "《中华人民共和国民法典》第二百九十六条（2021年1月1日施行）"
    )


def test_the_public_security_law_is_the_one_in_force_since_2026() -> None:
    assert STATUTES.cite("public_security", "9") == (
        "《中华人民共和国治安管理处罚法》第九条（2026年1月1日施行）"
    )


def test_an_unknown_law_or_article_is_refused() -> None:
    with pytest.raises(InputProblem, match="条文库里没有"):
        STATUTES.cite("maritime", "1")
    with pytest.raises(InputProblem, match="没有第三十六条"):
        STATUTES.cite("peoples_mediation", "36")


def test_imported_words_are_shown_and_a_newer_version_takes_the_place_of_the_old() -> None:
    old = STATUTES.law("peoples_mediation")
    new = replace(old, code="imported_1", in_force=date(2030, 1, 1), published=date(2029, 9, 1))
    statutes = Statutes(Imported(new, {"4": "不收取任何费用。"}))
    assert statutes.text("imported_1", Number(4)) == "不收取任何费用。"
    assert statutes.text("civil_code", Number(4)) == ""
    assert STATUTES.text("civil_code", Number(4)) == ""
    assert [law.code for law in statutes.laws() if law.short == "人民调解法"] == ["imported_1"]
    assert statutes.cite("imported_1", "4").endswith("（2030年1月1日施行）")
