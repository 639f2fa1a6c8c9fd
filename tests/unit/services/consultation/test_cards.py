"""The card of a consultation: what it says and, of a check, what it does not (FL-11)."""

from desk.services.consultation.forms import OpponentForm
from tests.unit.services.consultation.advice_stage import AdviceStage


def test_a_card_says_what_stands(advice: AdviceStage) -> None:
    card = advice.checked()
    assert (card.name, card.category_label, card.channel_label) == ("钱某某", "民事 · 邻里、侵权", "现场")
    assert (card.state_label, card.conflict.label, card.registrar) == ("待解答", "无", "张某")
    assert "answer" in card.verbs
    assert "finish" not in card.verbs


def test_only_the_head_is_shown_the_way_to_what_was_hit(advice: AdviceStage) -> None:
    advice.finished()
    card = advice.checked(name="冯某某", phone="13900000173", opponents=(OpponentForm("钱某某"),))
    assert card.conflict.check_id == ""
    assert advice.by("head").desk.consultations.get(card.id).conflict.check_id


def test_making_void_is_offered_to_the_head_alone(advice: AdviceStage) -> None:
    card = advice.finished()
    assert "void" not in card.verbs
    assert "reopen" in card.verbs
    assert "void" in advice.by("head").desk.consultations.get(card.id).verbs
