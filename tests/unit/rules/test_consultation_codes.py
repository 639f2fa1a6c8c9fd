"""Codes of form F-40 and the words for them (domain.md §6), with what may follow (MED-20, MED-21)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk.rules import consultation_codes as codes
from desk.services.profile import load_default

TOPICS = st.sets(st.sampled_from(sorted(codes.CATEGORY)))
WAYS = st.sets(st.sampled_from(sorted(codes.PROCEDURE)))

SUB_LIST = """
劳动人事 工伤事故 社会保障 婚姻关系 子女抚养 老人赡养 遗产继承 合同纠纷 债权债务 房产纠纷
物业管理 邻里 土地纠纷 征收补偿 交通事故 医患纠纷 消费维权 侵权 建筑工程 知识产权
公司相关 金融保险 刑事 行政 治安消防 公证 仲裁 司法鉴定 其他
"""


def test_the_sub_list_is_that_of_the_reference() -> None:
    assert {topic.label for topic in codes.CATEGORY.values()} == set(SUB_LIST.split())
    assert len(codes.CATEGORY) == 29


def test_every_topic_counts_in_one_of_the_four_classes_of_12348() -> None:
    assert list(codes.TOP_CATEGORY.values()) == ["民事", "刑事", "行政", "其他"]
    assert {topic.top for topic in codes.CATEGORY.values()} == set(codes.TOP_CATEGORY)


def test_fl_09_home_service_is_a_channel() -> None:
    assert codes.CHANNEL["home"] == "上门"


def test_codes_are_snake_case() -> None:
    tables = (codes.CHANNEL, codes.PERSON_CLASS, codes.CATEGORY, codes.PROCEDURE, codes.DISPOSITION)
    for code in (code for table in (*tables, codes.CONFLICT, codes.STATE) for code in table):
        assert code.isascii()
        assert code.replace("_", "").isalpha()
        assert code == code.lower()


def test_words_stand_under_their_class() -> None:
    assert codes.category_words(("tort", "neighbour")) == "民事 · 邻里、侵权"
    assert codes.category_words(("criminal",)) == "刑事"
    assert codes.category_words(("debt", "administrative", "expropriation")) == (
        "民事 · 债权债务；行政 · 征收补偿、行政"
    )
    assert codes.category_words(()) == ""


@given(TOPICS)
def test_each_consultation_counts_once(topics: set[str]) -> None:
    top = codes.top_category(topics)
    assert (top in codes.TOP_CATEGORY) == bool(topics)
    assert top in {codes.CATEGORY[code].top for code in topics} | {""}


def test_no_procedure_is_an_answer_and_stands_alone() -> None:
    assert codes.procedures_agree(("none",))
    assert codes.procedures_agree(("petition", "mediation"))
    assert not codes.procedures_agree(())
    assert not codes.procedures_agree(("none", "litigation"))
    assert not codes.procedures_agree(("rumour",))


@given(TOPICS, WAYS)
def test_med_20_med_21_mediation_only_of_civil_matters_nobody_else_has_taken(
    topics: set[str], ways: set[str]
) -> None:
    offered = "mediation" in codes.allowed_dispositions(topics, ways)
    civil = not topics or any(codes.CATEGORY[code].top == "civil" for code in topics)
    assert offered == (civil and not {"litigation", "reconsideration"} & ways)


def test_only_a_made_check_opens_the_answer() -> None:
    """FL-11: a hit or an open check does not; 没有对方当事人 is a valid answer."""
    assert set(codes.CONFLICT) - codes.MAY_BE_ANSWERED == {"unchecked", "hit"}


def test_fl_14_the_disclaimer_says_all_that_it_must() -> None:
    words = load_default().text("consultation.disclaimer", date(2026, 11, 26))
    for part in ("咨询人陈述和出示的材料", "不是法律意见书", "不是任何机关的决定", "不形成委托关系"):
        assert part in words
    assert "继续计算" in words
    assert "不收费" in words
