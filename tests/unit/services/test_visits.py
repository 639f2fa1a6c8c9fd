"""The verbs of a visit (issue A §4; domain.md XF-03/04/07, LZ-02/11, PI-03, §7.3)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.consent import Consent
from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.proposal import Proposal
from desk.models.rating import Rating
from desk.models.receipt import Receipt
from desk.models.reply import Reply
from desk.models.report import Report
from desk.models.visit import Companion, Visit
from desk.rules import labels
from desk.services.visit_values import VisitForm
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def matter_of(stage: Stage, visit_id: str) -> Matter:
    with stage.store.read() as rows:
        return rows.scalars(select(Matter).where(Matter.visit_id == visit_id)).one()


def test_receipt_first_words_later(stage: Stage) -> None:
    """product.md: a name and one line give number and receipt; the rest is 待补记."""
    done = stage.visits.open(VisitForm(name="王某某", subject="路灯不亮"))
    shown = done.value
    assert (shown.number, shown.state, shown.incomplete) == ("LF2026-A0001", "received", True)
    assert done.changed == {"visit", "matter", "receipt"}
    with stage.store.read() as rows:
        receipt = rows.scalars(select(Receipt)).one()
        assert (receipt.number, receipt.spoken, receipt.plain) == (shown.number, shown.spoken, False)
    assert [light.hint for light in shown.lights if light.key == "record"] == ["回执已给，待补记"]
    assert shown.tell_by == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (VisitForm(subject="路灯不亮"), "name"),
        (VisitForm(name="王某某"), "subject"),
        (VisitForm(name="王" * 60, subject="路灯不亮"), "name"),
        (VisitForm(name="王某某", subject="路灯不亮", headcount=0), "headcount"),
        (
            VisitForm(name="王某某", subject="路灯不亮", companions=("一", "二", "三", "四", "五")),
            "companions",
        ),
        (VisitForm(name="王某某", subject="路灯不亮", backfilled=True), "received_at"),
    ],
)
def test_what_a_receipt_needs(stage: Stage, form: VisitForm, field: str) -> None:
    """XF-03: five representatives at most; NM-02: 50 characters."""
    with pytest.raises(InputProblem) as caught:
        stage.visits.open(form)
    assert caught.value.field == field
    assert stage.visits.counts().batches == 0


def test_an_anonymous_visitor_has_no_name_and_becomes_no_person(stage: Stage) -> None:
    visit_id = stage.finished(anonymous=True, name="", notice_told=False)
    assert stage.visits.get(visit_id).name == "不愿透露"
    with stage.store.read() as rows:
        assert rows.scalars(select(Person)).all() == []


def test_waiting_received_finished_with_three_times(stage: Stage, fake_clock: FakeClock) -> None:
    arrived = fake_clock.moment
    waiting = stage.visits.wait(stage.form()).value
    assert (waiting.state, waiting.number, waiting.tell_by) == ("waiting", "", None)
    received = fake_clock.forward(minutes=10)
    shown = stage.visits.receive(waiting.id).value
    assert (shown.number, shown.minutes) == ("LF2026-A0001", 0)
    finished = fake_clock.forward(minutes=20)
    shown = stage.visits.finish(waiting.id, stage.visits.form(waiting.id)).value
    assert (shown.arrived_at, shown.received_at, shown.finished_at) == (arrived, received, finished)
    assert shown.minutes == 20


def test_finish_lists_what_is_missing(stage: Stage) -> None:
    visit_id = stage.visits.open(VisitForm(name="王某某", subject="路灯不亮")).value.id
    with pytest.raises(InputProblem) as caught:
        stage.visits.finish(visit_id, VisitForm(name="王某某", subject="路灯不亮"))
    assert caught.value.field == "receiver_ids"
    assert "请选择处理方式" in caught.value.sentence
    assert stage.visits.get(visit_id).state == "received"


def test_missing_says_field_and_sentence(stage: Stage) -> None:
    gaps = stage.visits.missing(stage.form(outcome="proposed", answer_text="", level=""))
    assert [(gap.field, gap.sentence) for gap in gaps] == [("level", "拟交办要选择级别。")]


def test_answered_closes_at_once_with_the_reply(stage: Stage, fake_clock: FakeClock) -> None:
    """product.md, A visit and its matters: level 当场办结; the answer is the reply (一个反馈)."""
    visit_id = stage.finished()
    matter = matter_of(stage, visit_id)
    assert (matter.state, matter.level, matter.tell_by) == ("closed", "onsite", None)
    assert matter.closed_at == fake_clock.moment
    with stage.store.read() as rows:
        reply = rows.scalars(select(Reply)).one()
        assert (reply.way, reply.text, reply.by_name) == ("onsite", "已联系物业，三天内清理。", "李某某")
        assert rows.scalars(select(Audit.action).where(Audit.target_id == visit_id)).all() == ["visit_finish"]
    lights = {light.key: light.state for light in stage.visits.get(visit_id).lights}
    assert (lights["record"], lights["feedback"], lights["satisfied"]) == ("done", "done", "todo")


@pytest.mark.parametrize(
    ("outcome", "number"),
    [("proposed", "NB2026-A0001"), ("mediation", "TJ2026-A0001"), ("consultation", "ZX2026-A0001")],
)
def test_other_outcomes_stay_open_with_a_clock_and_a_number(stage: Stage, outcome: str, number: str) -> None:
    visit_id = stage.finished(outcome=outcome, level="town", unit="镇城建办", fast_track=True)
    shown, matter = stage.visits.get(visit_id), matter_of(stage, visit_id)
    assert shown.linked_number == number
    assert (matter.state, matter.tell_by) == ("open", date(2026, 11, 26))
    assert matter.tell_by_rule == "2026.1 term.tell_where"
    if outcome == "proposed":
        with stage.store.read() as rows:
            proposal = rows.scalars(select(Proposal)).one()
        assert (proposal.level, proposal.unit, proposal.fast_track) == ("town", "镇城建办", True)
    else:
        assert (matter.level, matter.proposed_unit) == ("", "")


def test_an_accusation_is_guided_to_12388_and_has_no_unit(stage: Stage) -> None:
    """XF-15, product.md Safe: 检举控告 never reaches a unit."""
    form = stage.form(safety="accusation", outcome="proposed", level="town")
    visit_id = stage.visits.open(form).value.id
    with pytest.raises(InputProblem, match="12388"):
        stage.visits.finish(visit_id, form)
    guided = stage.form(
        safety="accusation", outcome="guided", guide_to="纪检监察机关（12388）", guide_reason="属检举控告"
    )
    shown = stage.visits.finish(visit_id, guided).value
    assert (shown.outcome, shown.safe, shown.replied) == ("guided", True, True)
    matter = matter_of(stage, visit_id)
    assert (matter.level, matter.state, matter.proposed_unit) == ("guided", "closed", "")


def test_litigation_ends_in_guidance_only(stage: Stage) -> None:
    """LZ-02."""
    form = stage.form(litigation=True, outcome="proposed", level="town")
    visit_id = stage.visits.open(form).value.id
    with pytest.raises(InputProblem, match="引导"):
        stage.visits.finish(visit_id, form)


def test_a_mandatory_report_has_time_recipient_reporter(stage: Stage, fake_clock: FakeClock) -> None:
    """LZ-11."""
    visit_id = stage.visits.open(stage.form(report_kind="minor")).value.id
    with pytest.raises(InputProblem) as caught:
        stage.visits.finish(visit_id, stage.form(report_kind="minor"))
    assert caught.value.field == "report_recipient"
    at = fake_clock.forward(minutes=1)
    stage.visits.save(visit_id, stage.form(report_kind="minor", report_recipient="示例派出所"))
    fake_clock.forward(minutes=1)
    stage.visits.finish(visit_id, stage.visits.form(visit_id))
    with stage.store.read() as rows:
        report = rows.scalars(select(Report)).one()
    assert (report.reported_at, report.recipient, report.reporter) == (at, "示例派出所", "钱某某")


def test_notice_and_consent(stage: Stage, fake_clock: FakeClock) -> None:
    """PI-01, PI-03: version, time, who told, legal basis; consent may change until the end."""
    visit_id = stage.visits.open(stage.form(notice_told=True)).value.id
    told = fake_clock.moment
    fake_clock.forward(minutes=3)
    stage.visits.finish(visit_id, stage.form(phone_ok=True))
    with stage.store.read() as rows:
        consent = rows.scalars(select(Consent)).one()
    assert (consent.notice_version, consent.told_at, consent.phone_ok) == ("1", told, True)
    assert consent.told_by == stage.session.user.id
    assert "十三条" in consent.legal_basis


def test_a_group_of_three(stage: Stage) -> None:
    form = stage.form(name="赵某", headcount=3, companions=("孙某某", "钱某"))
    visit_id = stage.visits.open(form).value.id
    stage.visits.save(visit_id, stage.form(name="赵某", headcount=3, companions=("孙某某", "周某")))
    assert stage.visits.form(visit_id).companions == ("孙某某", "周某")
    with stage.store.read() as rows:
        void = rows.scalars(select(Companion.name_told).where(Companion.void.is_(True))).all()
    assert void == ["钱某"]
    counts = stage.visits.counts()
    assert (counts.batches, counts.people) == (1, 3)


def test_starred_numbers_keep_what_is_stored(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form(id_no="11010519491231002X")).value.id
    form = stage.visits.form(visit_id)
    assert (form.phone, form.id_no) == ("138****6621", "110105********002X")
    stage.visits.save(visit_id, form)
    assert stage.visits.reveal(visit_id, "phone", "回电") == "13800006621"
    assert stage.visits.reveal(visit_id, "id_no", "核对") == "11010519491231002X"
    with stage.store.read() as rows:
        seen = rows.execute(select(Audit.action, Audit.fields).where(Audit.target_id == visit_id)).all()
    assert [tuple(row) for row in seen] == [("reveal", "phone_told"), ("reveal", "id_no_told")]
    with pytest.raises(InputProblem):
        stage.visits.reveal(visit_id, "phone", " ")


def test_a_starred_number_of_the_chosen_person_is_theirs(stage: Stage) -> None:
    stage.finished()
    with stage.store.read() as rows:
        person_id = rows.scalars(select(Person.record_id)).one()
    again = stage.visits.open(stage.form(person_id=person_id, phone="138****6621")).value
    assert stage.visits.reveal(again.id, "phone", "回电") == "13800006621"


def test_ticks_are_for_smile_tea_and_comfort_only(stage: Stage, fake_clock: FakeClock) -> None:
    """§7.3: ticks cannot set what only evidence lights."""
    visit_id = stage.visits.open(stage.form()).value.id
    lit = {light.key: light.state for light in stage.visits.mark(visit_id, "smile_tea", True).value.lights}
    assert (lit["smile"], lit["tea"], lit["comfort"]) == ("done", "done", "todo")
    fake_clock.forward(minutes=1)
    stage.visits.mark(visit_id, "comfort", True)
    unlit = {light.key: light.state for light in stage.visits.mark(visit_id, "smile_tea", False).value.lights}
    assert (unlit["smile"], unlit["comfort"]) == ("todo", "done")
    with pytest.raises(InputProblem, match="不能手工点亮"):
        stage.visits.mark(visit_id, "record", True)


def test_the_reception_is_rated_and_the_newest_counts(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.finished()
    stage.visits.rate(visit_id, "unsatisfied", "等太久")
    fake_clock.forward(minutes=1)
    shown = stage.visits.rate(visit_id, "satisfied").value
    assert shown.rating == "satisfied"
    assert {light.key: light.state for light in shown.lights}["satisfied"] == "done"
    with pytest.raises(InputProblem):
        stage.visits.rate(visit_id, "great")
    waiting = stage.visits.wait(stage.form()).value
    with pytest.raises(InputProblem, match="还没有接待"):
        stage.visits.rate(waiting.id, "satisfied")


def test_the_result_is_rated_only_after_a_reply(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.finished(outcome="triage")
    matter_id = stage.visits.get(visit_id).matter_id
    with pytest.raises(InputProblem, match="还没有反馈"):
        stage.visits.rate_result(matter_id, "satisfied")
    with pytest.raises(InputProblem):
        stage.visits.reply(matter_id, "phone", " ")
    with pytest.raises(InputProblem):
        stage.visits.reply(matter_id, "pigeon", "已修好。")
    fake_clock.forward(hours=1)
    assert stage.visits.reply(matter_id, "phone", "已修好。").value.replied
    shown = stage.visits.rate_result(matter_id, "basic").value
    assert (shown.rating, shown.result_rating) == ("", "basic")
    with stage.store.read() as rows:
        assert rows.scalars(select(Rating.about)).all() == ["result"]


def test_no_reply_before_the_reception_ends(stage: Stage) -> None:
    shown = stage.visits.open(stage.form()).value
    with pytest.raises(InputProblem, match="接待还没有结束"):
        stage.visits.reply(shown.matter_id, "phone", "已修好。")


def test_a_finished_visit_is_corrected_only_after_reopening(stage: Stage, fake_clock: FakeClock) -> None:
    visit_id = stage.finished(outcome="proposed", level="town")
    with pytest.raises(InputProblem, match="已经结束"):
        stage.visits.save(visit_id, stage.form())
    with pytest.raises(InputProblem, match="理由"):
        stage.visits.reopen(visit_id, " ")
    shown = stage.visits.reopen(visit_id, "处理方式选错了").value
    assert (shown.state, shown.finished_at, shown.number) == ("received", None, "LF2026-A0001")
    fake_clock.forward(minutes=1)
    shown = stage.visits.finish(visit_id, stage.form()).value
    assert (shown.outcome, shown.linked_number) == ("answered", "")
    with stage.store.read() as rows:
        assert rows.scalars(select(Proposal.void_reason)).all() == ["处理方式改为当场答复"]
        assert rows.get_one(Visit, visit_id).reopen_reason == "处理方式选错了"
        assert len(rows.scalars(select(Receipt)).all()) == 1


def test_finishing_again_does_not_repeat_facts_or_people(stage: Stage) -> None:
    visit_id = stage.finished(outcome="answered")
    stage.visits.reopen(visit_id, "补一个字")
    stage.visits.finish(visit_id, stage.visits.form(visit_id))
    with stage.store.read() as rows:
        assert len(rows.scalars(select(Reply)).all()) == 1
        assert len(rows.scalars(select(Person)).all()) == 1


def test_void_takes_all_it_gave_out_and_never_the_number(stage: Stage) -> None:
    visit_id = stage.finished(outcome="mediation")
    with pytest.raises(InputProblem, match="理由"):
        stage.visits.void(visit_id, "")
    stage.visits.void(visit_id, "重复登记")
    with pytest.raises(InputProblem, match="作废"):
        stage.visits.get(visit_id)
    with stage.store.read() as rows:
        assert all(rows.scalars(select(Receipt.void)))
        assert all(rows.scalars(select(Matter.void)))
    assert stage.visits.counts().batches == 0
    assert stage.visits.open(stage.form()).value.number == "LF2026-A0002"


def test_receivers_were_on_duty_and_the_registrar_is_apart(stage: Stage) -> None:
    shown = stage.visits.open(stage.form(receiver_ids=(stage.deputy_id, stage.other_deputy_id))).value
    assert (shown.receivers_text, shown.registrar) == ("李某某（市、县）、赵某某", "钱某某")


def test_who_may_do_what(stage: Stage) -> None:
    """SEC-04: a deputy may not make a visit void; a mediator does not read visits."""
    visit_id = stage.finished()
    with pytest.raises(AccessProblem):
        stage.as_user("u7", "李某某", "deputy").visits.void(visit_id, "理由")
    with pytest.raises(AccessProblem):
        stage.as_user("u8", "吴某", "mediator").visits.get(visit_id)
    with pytest.raises(AccessProblem):
        stage.as_user("u6", "郑某", "sysadmin").visits.reveal(visit_id, "phone", "看看")
    stage.session.lock()
    with pytest.raises(AccessProblem, match="锁定"):
        stage.visits.get(visit_id)


def test_a_name_is_masked_for_who_may_not_ask_for_it(stage: Stage) -> None:
    visit_id = stage.finished()
    assert stage.visits.get(visit_id).name == "王某某"
    assert stage.as_user("u5", "县某", "county").visits.get(visit_id).name == "王**"


def test_who_came_along_is_called_as_far_as_the_visitor_is(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form(headcount=2, companions=("孙某某",))).value.id
    assert stage.visits.sheet(visit_id).form.companions == ("孙某某",)
    assert stage.as_user("u5", "县某", "county").visits.sheet(visit_id).form.companions == ("孙**",)


def test_the_frame_of_the_form(stage: Stage) -> None:
    frame = stage.visits.frame()
    assert frame.tell_by == date(2026, 11, 26)
    assert frame.max_headcount == 999


def test_a_backfill_ends_when_it_was(stage: Stage, fake_clock: FakeClock) -> None:
    truly = fake_clock.moment - timedelta(days=3)
    form = stage.form(backfilled=True, received_at=truly)
    visit_id = stage.visits.open(form).value.id
    shown = stage.visits.finish(visit_id, form).value
    assert (shown.received_at, shown.finished_at) == (truly, truly)


def test_words_of_labels_cover_the_outcomes(stage: Stage) -> None:
    for outcome, label in labels.OUTCOME.items():
        changes = {"guide_to": "信访部门", "guide_reason": "已在诉讼"} if outcome == "guided" else {}
        visit_id = stage.finished(outcome=outcome, level="town", **changes)
        assert stage.visits.get(visit_id).outcome_label == label
