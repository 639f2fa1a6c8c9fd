"""One case as a page shows it."""

from tests.unit.services.mediation.case_stage import CaseStage


def test_steps_with_what_each_still_needs(room: CaseStage) -> None:
    """Guards of §3.4 are shown before anybody tries."""
    card = room.services.cases.register(room.form(competence="", committee_id="")).value
    verbs = {verb.verb: verb for verb in card.verbs}
    assert [gap.field for gap in verbs["accept"].missing] == [
        "competence",
        "committee",
        "accepted_on",
    ]
    assert verbs["ask_consent"].missing == ()
    clerk = room.as_user("clerk", user_id="clerk")
    shown = clerk.services.cases.register(clerk.form()).value
    assert {verb.verb for verb in shown.verbs} == {"ask_consent", "void"}


def test_the_head_of_the_page(room: CaseStage) -> None:
    card = room.services.cases.settle(room.small()).value
    assert (card.badge, card.committee_name) == ("已达成口头协议 · 待履行", "示例镇人民调解委员会")
    assert (card.result_label, card.dispute_label, card.source_label) == (
        "调解成功",
        "邻里纠纷",
        "依申请调解",
    )
