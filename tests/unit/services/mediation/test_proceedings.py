"""Inquiries by two (F-05) and sittings with their record (F-06)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk import clock
from desk.errors import InputProblem
from desk.services.committee_values import MediatorForm
from desk.services.mediation.forms import CaseMediatorForm, InquiryForm, ParticipantForm, PresenceForm
from tests.unit.services.mediation.case_stage import TODAY, CaseStage


def inquiry() -> InquiryForm:
    """Return a record of an inquiry that lacks nothing."""
    return InquiryForm(
        held_at=clock.now(),
        place="示例路 8 号",
        subject="漏水经过",
        respondent="冯某",
        investigators=("王某某", "周某"),
        recorder="周某",
        text="问：何时发现漏水？答：9 月 18 日。",
    )


def test_two_or_more_ask(room: CaseStage) -> None:
    """MED-28; the number is a row of the profile."""
    case_id = room.accepted()
    for names in (("王某某",), ("王某某", " 王某某 "), ()):
        with pytest.raises(InputProblem) as told:
            room.services.proceedings.save_inquiry(case_id, replace(inquiry(), investigators=names))
        assert told.value.field == "investigators"
    card = room.services.proceedings.save_inquiry(case_id, inquiry()).value
    assert (card.state, card.inquiries[0].investigators) == ("investigating", ("王某某", "周某"))


def test_a_record_half_written_is_saved_and_its_gaps_are_told(room: CaseStage) -> None:
    case_id = room.accepted()
    half = replace(inquiry(), text="", recorder="")
    card = room.services.proceedings.save_inquiry(case_id, half).value
    missing = room.services.proceedings.missing_inquiry(case_id, half)
    assert [gap.field for gap in missing] == ["recorder", "qa_text"]
    whole = room.services.proceedings.save_inquiry(case_id, inquiry(), card.inquiries[0].id).value
    assert [each.recorder for each in whole.inquiries] == ["周某"]


def test_no_sitting_before_the_other_side_agreed(room: CaseStage) -> None:
    """MED-02, MED-05."""
    case_id = room.accepted()
    with pytest.raises(InputProblem) as told:
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    assert "冯某还没有同意调解，不能开始调解。" in told.value.sentence
    assert "还没有向钱某告知权利和义务。" in told.value.sentence


def test_sittings_are_counted_and_begin_the_mediation(room: CaseStage) -> None:
    case_id = room.mediating()
    card = room.services.proceedings.save_sitting(case_id, room.sitting(case_id, result="")).value
    assert (card.state, [each.n for each in card.sittings]) == ("mediating", [1, 2])
    assert [each.role_label for each in card.sittings[0].present] == ["当事人", "当事人", "调解员"]
    assert (card.sittings[0].openness_label, card.sittings[0].result_label) == ("不公开", "择日再调")
    dropped = room.services.proceedings.drop_sitting(case_id, card.sittings[0].id, "写重了").value
    assert [each.n for each in dropped.sittings] == [1]
    with pytest.raises(InputProblem):
        room.services.proceedings.drop_sitting(case_id, dropped.sittings[0].id, "")


def test_consent_taken_back_blocks_the_next_sitting(room: CaseStage) -> None:
    """MED-02, 05: a party may end its consent at any time."""
    case_id = room.mediating()
    room.services.steps.answer(case_id, room.party_ids(case_id)[1], False)
    with pytest.raises(InputProblem) as told:
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    assert "冯某明确拒绝调解" in told.value.sentence


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"openness": ""}, "openness"),
        ({"informed": False}, "informed"),
        ({"avoidance": ""}, "avoidance_asked"),
        ({"result": "failed", "remedies_told": True}, "fail_reason"),
        ({"result": "failed", "fail_reason": "差距太大"}, "remedies_told"),
        ({"present": ()}, "sides_present"),
    ],
)
def test_a_record_with_a_result_must_be_whole(
    room: CaseStage, changes: dict[str, object], field: str
) -> None:
    """F-06; MED-05, 08, 28."""
    case_id = room.willing()
    with pytest.raises(InputProblem) as told:
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id, **changes))
    assert told.value.field == field


def test_f06_med05_a_talk_with_one_side_at_a_time_is_written_down(room: CaseStage) -> None:
    """背对背: the record, the list and the time line say it; one side present is no meeting of both."""
    case_id = room.mediating()
    both = room.sitting(case_id)
    one_side = tuple(each for each in both.present if each.name != "冯某")
    with pytest.raises(InputProblem, match="背对背谈话") as told:
        room.services.proceedings.save_sitting(case_id, replace(both, present=one_side))
    assert told.value.field == "sides_present"
    apart = replace(both, present=one_side, result="apart", talk="钱某愿意少要一些。")
    card = room.services.proceedings.save_sitting(case_id, apart).value
    assert (card.state, card.sittings[-1].result_label) == ("mediating", "背对背谈话")
    assert "背对背谈话" in [each.text for each in card.timeline]


def test_who_helps_needs_the_parties_consent(room: CaseStage) -> None:
    """MED-04."""
    helper = ParticipantForm(name="孙某某", relation="neighbour")
    case_id = room.willing(participants=(helper,))
    helper_id = room.services.cases.get(case_id).participants[0].id
    usual = room.sitting(case_id)
    present = (*usual.present, PresenceForm("孙某某", "participant", helper_id))
    record = replace(usual, present=present)
    missing = room.services.proceedings.missing_sitting(case_id, record)
    assert [gap.sentence for gap in missing] == ["孙某某参加调解，还没有登记双方当事人同意。"]
    form = room.services.cases.form(case_id)
    agreed = replace(form.participants[0], consented_on=TODAY, consented_by="双方")
    room.services.cases.save(case_id, replace(form, participants=(agreed,)))
    assert room.services.proceedings.missing_sitting(case_id, record) == ()


def test_times_that_cannot_be(room: CaseStage) -> None:
    case_id = room.willing()
    now = clock.now()
    for times in (
        {"held_at": now + timedelta(hours=1)},
        {"held_at": now - timedelta(days=2)},
        {"held_at": now, "ended_at": now - timedelta(minutes=10)},
    ):
        with pytest.raises(InputProblem):
            room.services.proceedings.save_sitting(case_id, room.sitting(case_id, **times))


def test_no_record_after_the_end(room: CaseStage) -> None:
    case_id = room.agreed()
    with pytest.raises(InputProblem):
        room.services.proceedings.save_inquiry(case_id, inquiry())
    with pytest.raises(InputProblem):
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id))


def test_somebody_only_invited_mediates_with_both_sides_consent(room: CaseStage) -> None:
    """MED-04, LZ-05: chosen by the parties, or written down among those who help with the day of consent."""
    head = room.as_user("head").committees
    deputy = head.save_mediator(
        room.committee_id, MediatorForm(name="吴某某", kind="invited", deputy_id="a-deputy")
    ).value
    case_id = room.willing(mediators=(CaseMediatorForm(mediator_id=deputy.id),))
    with pytest.raises(InputProblem) as told:
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    assert told.value.field == "mediators"
    assert "邀请吴某某参加调解要先征得双方当事人同意" in told.value.sentence
    form = room.services.cases.form(case_id)
    helps = ParticipantForm(name="吴某某", relation="deputy", consented_on=TODAY)
    room.services.cases.save(case_id, replace(form, participants=(helps,)))
    card = room.services.proceedings.save_sitting(case_id, room.sitting(case_id)).value
    assert card.state == "mediating"


def test_somebody_with_a_name_only_is_invited_too(room: CaseStage) -> None:
    """MED-03, 04: whom the committee neither has nor engaged, the parties choose."""
    case_id = room.willing(mediators=(CaseMediatorForm(name="吴某某"),))
    with pytest.raises(InputProblem):
        room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    form = room.services.cases.form(case_id)
    chosen = tuple(replace(each, chosen_by="chosen") for each in form.mediators)
    room.services.cases.save(case_id, replace(form, mediators=chosen))
    assert room.services.proceedings.save_sitting(case_id, room.sitting(case_id)).value.sittings
