"""What makes another paper of one that was printed, and what does not."""

from dataclasses import make_dataclass, replace
from typing import Any

import pytest

from desk.services.mediation import paper_marks
from desk.services.mediation.forms import AgentForm, EndForm, LocalLine
from desk.services.mediation.values import SittingView
from tests.unit.services.mediation.case_stage import CaseStage
from tests.unit.services.mediation.paper_room import PaperRoom


@pytest.fixture
def view(room: CaseStage) -> SittingView:
    return room.services.cases.get(room.mediating()).sittings[0]


@pytest.mark.parametrize(
    "changes",
    [{"talk": "改过的话"}, {"remedies_told": True}, {"local": (LocalLine("f06", "grid", "第三网格"),)}],
)
def test_what_is_written_anew_is_another_paper(view: SittingView, changes: dict[str, Any]) -> None:
    before, now = paper_marks.sitting(view), paper_marks.sitting(replace(view, **changes))
    assert paper_marks.is_other(before, now)


def test_who_was_there_counts(view: SittingView) -> None:
    fewer = replace(view, present=view.present[1:])
    assert paper_marks.sitting(fewer) != paper_marks.sitting(view)


def test_labels_empty_local_lines_and_new_fields_are_no_other_paper(view: SittingView) -> None:
    """A release or a county's profile must not make every printed record due again."""
    worded = tuple(replace(each, role_label="换了叫法") for each in view.present)
    same = replace(
        view,
        openness_label="换了叫法",
        result_label="换了叫法",
        next_at=None,
        present=worded,
        local=(LocalLine("f06", "grid", ""),),
    )
    assert paper_marks.sitting(same) == paper_marks.sitting(view)
    later = make_dataclass("Later", [("more", str, "")], bases=(SittingView,), frozen=True)
    assert paper_marks.sitting(later(**vars(view))) == paper_marks.sitting(view)


def test_a_mark_of_another_version_says_nothing(view: SittingView) -> None:
    now = paper_marks.sitting(view)
    assert not paper_marks.is_other("0123456789ab", now)
    assert not paper_marks.is_other("", now)
    assert not paper_marks.is_other(now, "")
    assert not paper_marks.is_other(now, now)


def test_each_form_has_its_own_words(room: CaseStage) -> None:
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    card = room.services.cases.get(case_id)
    assert card.agreement is not None
    other = replace(card.agreement, breach="另行起诉。")
    made = paper_marks.agreement(card, card.agreement)
    assert paper_marks.agreement(card, other) != made
    assert paper_marks.agreement(card, replace(card.agreement, copies=9)) == made
    first, second = card.parties
    for party in (
        replace(second, id_no="110105198001010019"),
        replace(second, name="冯某某"),
        replace(second, own_living=not second.own_living),
    ):
        assert paper_marks.agreement(replace(card, parties=(first, party)), card.agreement) != made
    mediators = tuple(replace(each, name="李某") for each in card.mediators)
    assert paper_marks.agreement(replace(card, mediators=mediators), card.agreement) != made
    assert paper_marks.agreement(replace(card, dispute_type="other"), card.agreement) != made
    later = replace(card.agreement, reached_on=None)
    assert paper_marks.agreement(card, later) != made
    assert paper_marks.application(replace(card, summary="改")) != paper_marks.application(card)
    assert paper_marks.registration(replace(card, remark="改")) != paper_marks.registration(card)


def test_an_agreement_printed_for_other_particulars_is_due_again(papers: PaperRoom) -> None:
    """Before it is signed: what lies on the table names the wrong number, which no court confirms (SQ-03)."""
    room = papers.room
    case_id = room.mediating()
    room.services.agreements.save(case_id, room.agreement())
    papers.print(papers.papers.due(case_id))
    form = room.services.cases.form(case_id)
    first, second = form.parties
    room.services.cases.save(
        case_id, replace(form, parties=(first, replace(second, id_no="110105198001010019")))
    )
    assert papers.due(case_id) == ["F-07"]
    papers.print(papers.papers.due(case_id))
    # Once it is in force nothing printed is asked for again.
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    assert "F-07" not in papers.due(case_id)


def test_f04_f12_what_was_worded_anew_is_another_paper(room: CaseStage) -> None:
    """A letter that gives other powers, a notice that names other ways (MED-08)."""
    first, second = room.parties()
    agent = AgentForm(name="吴某", powers=("attend_sign", "other"), powers_other="代为签收赔偿款")
    card = room.services.cases.get(room.mediating(parties=(replace(first, agents=(agent,)), second)))
    (view,) = card.parties[0].agents
    for changed in (
        replace(view, powers_other="代为领款"),
        replace(view, powers=("attend_sign",)),
        replace(view, id_no="110105198001010019"),
    ):
        assert paper_marks.authorisation(changed) != paper_marks.authorisation(view)
    assert paper_marks.authorisation(replace(view, letter_on=None)) == paper_marks.authorisation(view)
    made = paper_marks.end_notice(card)
    for end in (replace(card.end, remedies=("court",)), replace(card.end, remedies_note="可以起诉。")):
        assert paper_marks.is_other(made, paper_marks.end_notice(replace(card, end=end)))
    told = replace(card.end, remedies_told_on=None)
    assert paper_marks.end_notice(replace(card, end=told)) == made


def test_med08_a_notice_worded_anew_after_its_print_is_due_again(papers: PaperRoom) -> None:
    room = papers.room
    case_id = room.mediating()
    room.services.endings.terminate(case_id, EndForm(cause="no_agreement", remedies_told=True))
    papers.print(papers.papers.due(case_id))
    assert "F-12" not in papers.due(case_id)
    room.services.endings.word_remedies(case_id, ("court",), "可以向示例县人民法院起诉。")
    assert "F-12" in papers.due(case_id)
