"""What a consultation is found by, and by whom (FL-12)."""

from desk.services.search import Search
from tests.unit.services.consultation.advice_stage import AdviceStage


def found(advice: AdviceStage, typed: str) -> dict[str, list[str]]:
    groups = Search(advice.store, advice.session).find(typed)
    return {group.label: [hit.title for hit in group.hits] for group in groups}


def test_client_other_side_question_answer_and_number(advice: AdviceStage) -> None:
    card = advice.finished()
    for typed in ("钱某", "fmm", "0173", "漏水", "保留证据", card.number, "邻里"):
        assert list(found(advice, typed)) == ["法律咨询"], typed
    assert found(advice, "漏水") == {
        "法律咨询": ["钱某某 · 楼上漏水把家里泡了，对方只肯赔一半，能不能要求全部赔偿？"]
    }


def test_fl12_its_words_reach_no_other_role(advice: AdviceStage) -> None:
    advice.finished()
    for role in ("clerk", "deputy", "mediator"):
        for typed in ("漏水", "冯某", "0172"):
            assert "法律咨询" not in found(advice.by(role), typed)
    assert "法律咨询" in found(advice.by("head"), "漏水")


def test_what_was_opened_is_offered_again_by_right(advice: AdviceStage) -> None:
    card = advice.finished()
    Search(advice.store, advice.session).opened("consultation", card.id)
    assert [hit.noun for hit in Search(advice.store, advice.session).recent()] == ["consultation"]
    assert Search(advice.store, advice.by("clerk").session).recent() == ()
