"""F-11, F-12 and the days and words of an end, from a case's card."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.mediation_labels import REMEDY
from desk.services.mediation import closing_values, paper_list
from desk.services.mediation.agreement_values import AgreementView, FollowUpView
from desk.services.mediation.forms import ArchiveForm, EndForm
from desk.services.mediation.values import CaseCard
from tests.unit.services.mediation.case_stage import CaseStage


@pytest.fixture
def card(room: CaseStage) -> CaseCard:
    """Give an agreed case in clear."""
    return room.services.cases.for_paper(room.agreed())


@pytest.fixture
def agreed(card: CaseCard) -> AgreementView:
    """Give its agreement."""
    assert card.agreement is not None
    return card.agreement


def test_the_day_a_case_was_over(card: CaseCard, agreed: AgreementView) -> None:
    assert closing_values.closed_on(card) is None  # a payment is still owed
    kept = tuple(
        replace(term, state="performed" if term.state else "", performed_on=date(2026, 12, 1 + term.n))
        for term in agreed.terms
    )
    done = replace(card, agreement=replace(agreed, terms=kept))
    assert closing_values.closed_on(done) == date(2026, 12, 4)
    ended = replace(card, end=replace(card.end, on=date(2026, 12, 20)))
    assert closing_values.closed_on(ended) == date(2026, 12, 20)


def test_the_result_in_words(card: CaseCard) -> None:
    assert "赔偿天花板修复费（未履行）" in closing_values.result_text(card)
    end = replace(card.end, way="terminated", cause_label="无法达成调解协议", reason="差距大")
    failed = replace(card, agreement=None, end=end)
    assert closing_values.result_text(failed) == "已终止；无法达成调解协议；差距大"


def test_a_notice_of_the_end_holds_names_only(card: CaseCard) -> None:
    notice = closing_values.end_notice(card)
    assert notice.parties == ("钱某", "冯某")
    assert "139" not in repr(notice)


def test_two_of_one_name_are_told_apart_on_the_notice_of_the_end(card: CaseCard) -> None:
    first, second = card.parties
    same = replace(card, parties=(first, replace(second, name=first.name)))
    assert closing_values.end_notice(same).parties == ("申请人钱某", "被申请人钱某")


def test_med26_a_refusal_is_ticked_on_the_notice_of_the_end(card: CaseCard) -> None:
    """F-12: the cause is required; it is that of the end where somebody refused."""
    refused = replace(card, end=replace(card.end, way="refused", reason="不愿再谈"))
    assert closing_values.end_notice(refused).cause == "当事人拒绝或者放弃调解"
    ended = replace(card.end, way="terminated", cause_label="无法达成调解协议")
    assert closing_values.end_notice(replace(card, end=ended)).cause == "无法达成调解协议"


def test_med08_the_notice_names_the_ways_that_were_chosen(card: CaseCard) -> None:
    """F-12 其他合法途径: all of them by default, and the words of this very case behind them."""
    assert closing_values.end_notice(card).ways == (
        "调解终止后，你们可以依法通过仲裁、行政、司法等途径维护自己的权利，请注意仲裁时效、诉讼时效等期限。"
    )
    chosen = replace(card.end, remedies=("court",), remedies_note="可以向示例县人民法院起诉。")
    notice = closing_values.end_notice(replace(card, end=chosen))
    assert notice.ways == "调解终止后，你们可以依法通过司法途径维护自己的权利，请注意诉讼时效等期限。"
    assert notice.remedies == "可以向示例县人民法院起诉。"


@given(st.sets(st.sampled_from(sorted(REMEDY)), min_size=1))
def test_med08_every_way_that_was_chosen_is_named_and_no_other(codes: set[str]) -> None:
    words = closing_values.ways(codes).replace("仲裁时效", "").replace("诉讼时效", "")
    assert {code for code, word in REMEDY.items() if word in words} == codes


def test_a_filed_case_says_how_it_ended_and_not_that_it_is_filed(room: CaseStage) -> None:
    """F-11 调解结果 of a refusal: who refused, and why."""
    case_id = room.accepted()
    other = room.party_ids(case_id)[1]
    form = EndForm(party_id=other, reason="不愿再谈。", remedies_told=True)
    room.services.endings.refuse(case_id, form)
    room.services.endings.archive(case_id, ArchiveForm(keeping="long"))
    card = room.services.cases.for_paper(case_id)
    assert card.state == "archived"
    words = "当事人拒绝；当事人拒绝或者放弃调解；拒绝一方：冯某；不愿再谈"
    assert closing_values.result_text(card) == words
    assert closing_values.closing_report(card).result == words


def test_a_referred_case_says_where_it_went(card: CaseCard) -> None:
    end = replace(card.end, way="referred_out", referred_to="示例派出所", reason="涉嫌犯罪")
    gone = replace(card, agreement=None, end=end, state="archived", state_label="已归档")
    assert closing_values.result_text(gone) == "已移送；移送：示例派出所；涉嫌犯罪"


def test_the_cover_keeps_the_days_of_the_mediation_apart_from_the_close(
    card: CaseCard, agreed: AgreementView
) -> None:
    """§3.5: F-13 调解日期(起—至) ends with the agreement, F-11 结案时间 with the last payment."""
    paid = tuple(replace(term, state="performed", performed_on=date(2027, 3, 1)) for term in agreed.terms)
    done = replace(card, agreement=replace(agreed, terms=paid))
    assert paper_list.cover_of(done).ended_on == agreed.effective_on
    assert closing_values.closed_on(done) == date(2027, 3, 1)
    # Also while something is still owed the mediation itself has its end.
    assert paper_list.cover_of(card).ended_on == agreed.effective_on
    unsigned = replace(card, agreement=replace(agreed, in_force=False))
    assert paper_list.cover_of(unsigned).ended_on is None
    ended = replace(card, agreement=None, end=replace(card.end, on=date(2026, 12, 20)))
    assert paper_list.cover_of(ended).ended_on == date(2026, 12, 20)


def test_a_case_filed_unperformed_was_over_with_its_last_follow_up(
    card: CaseCard, agreed: AgreementView
) -> None:
    filed = replace(card, state="archived", filed_on=date(2027, 4, 2))
    assert any(term.state == "open" for term in agreed.terms)
    assert closing_values.closed_on(filed) == date(2027, 4, 2)
    at = datetime.fromisoformat("2027-03-28T10:00:00+08:00")
    visits = tuple(_visit(day) for day in (at, at.replace(day=5)))
    assert closing_values.closed_on(replace(filed, follow_ups=visits)) == date(2027, 3, 28)


def _visit(at: datetime) -> FollowUpView:
    words = dict.fromkeys(FollowUpView.__dataclass_fields__, "")
    return replace(FollowUpView(**words), visited_at=at)  # type: ignore[arg-type]  # only the day is looked at
