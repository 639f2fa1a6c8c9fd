"""Drafts of ended records: offered no more, and not forgotten in silence."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem
from desk.models.audit import Audit
from desk.models.local import Draft as DraftRow
from desk.models.local_value import LocalValue
from desk.models.sitting import Sitting
from desk.services import audit
from desk.services.audit_log import AuditLog
from desk.services.drafts import Draft, Drafts
from tests import factories
from tests.fakes import FakeClock
from tests.unit.services.visit_stage import Stage


def drafts(stage: Stage) -> Drafts:
    return Drafts(stage.store, stage.session)


def let_go(service: Drafts, draft_id: str) -> None:
    """Let go of words as they stand there now."""
    service.let_go(
        draft_id, next((each.saved_at for each in service.laid_aside() if each.id == draft_id), None)
    )


def test_the_draft_of_an_ended_record_is_laid_aside_with_the_words_that_stand_nowhere(stage: Stage) -> None:
    """Nothing typed is lost in silence, and nothing is offered that the record takes no more."""
    service = drafts(stage)
    visit_id = stage.visits.open(stage.form()).value.id
    form = stage.form(phone="138 0000 6621", companions=("赵某", "孙某"), headcount=3)
    service.save(
        Draft(
            "d1",
            "visit",
            visit_id,
            {
                "statement": form.statement,
                "phone": form.phone,
                "companions": "赵某\n孙某",
                "deputy_view": "再去看一次",
                "category": form.category,
                "base.": "",
                "kind": "station",
            },
        )
    )
    assert [each.id for each in service.load_all()] == ["d1"]
    assert service.laid_aside() == ()
    stage.visits.finish(visit_id, form)
    assert service.load_all() == ()
    (aside,) = service.laid_aside()
    number = stage.visits.get(visit_id).number
    assert (aside.id, aside.title) == ("d1", f"来访 {number}（已结束）")
    assert aside.lines == (("代表意见", "再去看一次"),)
    # Opened again it takes words again.
    stage.visits.reopen(visit_id, "补一句")
    assert [each.id for each in service.load_all()] == ["d1"]
    assert service.laid_aside() == ()
    stage.visits.void(visit_id, "重复登记")
    assert [each.title for each in service.laid_aside()] == [f"来访 {number}（已作废）"]
    service.drop("d1")
    assert service.laid_aside() == ()
    # One that waited has no number.
    waiting_id = stage.visits.wait(stage.form()).value.id
    service.save(Draft("d2", "visit", waiting_id, {"statement": "等不及先走了"}))
    stage.visits.void(waiting_id, "走了")
    assert [each.title for each in service.laid_aside()] == ["来访（已作废）"]


def test_words_laid_aside_follow_the_rights_of_their_record(stage: Stage) -> None:
    service = drafts(stage)
    visit_id = stage.finished(safety="confidential")
    service.save(Draft("d1", "visit", visit_id, {"statement": "只对代表说的话"}))
    assert service.laid_aside() == ()
    open_id = stage.finished()
    service.save(Draft("d2", "visit", open_id, {"statement": "来访人说的话"}))
    assert [each.id for each in service.laid_aside()] == ["d2"]
    assert drafts(stage.as_user("l1", "张某", "lawyer")).laid_aside() == ()
    service.drop("d2")
    head = drafts(stage.as_user("h1", "周某某", "head"))
    assert [each.lines for each in head.laid_aside()] == [(("反映问题", "只对代表说的话"),)]


def test_what_is_left_is_starred_veiled_and_let_go_of_by_who_typed_it_or_the_head(stage: Stage) -> None:
    service = drafts(stage)
    visit_id, safe_id = stage.finished(), stage.finished(safety="confidential")
    service.save(Draft("d1", "visit", visit_id, {"phone": "13900000172", "statement": "打13900000172"}))
    service.save(Draft("d2", "visit", safe_id, {"statement": "只对代表说的话"}))
    service.save(Draft("d3", "visit", visit_id, {"safety": "confidential", "statement": "请别说出去"}))
    head, other = (
        drafts(stage.as_user("h1", "周某某", "head")),
        drafts(stage.as_user("c2", "孙某某", "clerk")),
    )
    assert [(each.id, each.veiled, each.may_go) for each in head.laid_aside()] == [
        ("d1", False, True),
        ("d2", True, True),
        ("d3", True, True),
    ]
    first = other.laid_aside()[0]
    assert first.lines == (("电话", "13900000172"), ("反映问题", "打13900000172"))
    assert first.shown == (("电话", "139****0172"), ("反映问题", "打13900000172"))
    assert not first.may_go
    assert service.laid_aside()[0].may_go
    with pytest.raises(AccessProblem, match="别的同事"):
        let_go(other, "d1")
    let_go(service, "d1")
    let_go(head, "d2")
    let_go(head, "gone")
    assert [each.id for each in head.laid_aside()] == ["d3"]


def test_letting_go_is_told_in_the_audit_by_record_and_fields_never_words_sec05(stage: Stage) -> None:
    service = drafts(stage)
    visit_id = stage.finished()
    service.save(Draft("d1", "visit", visit_id, {"phone": "13900000172", "deputy_view": "再去看一次"}))
    other = drafts(stage.as_user("c2", "孙某某", "clerk"))
    log = AuditLog(stage.store, stage.as_user("a1", "吴某某", "audadmin").session)
    before = len(log.page().rows)
    with pytest.raises(AccessProblem):
        let_go(other, "d1")
    let_go(service, "gone")
    service.forget_what_stands()
    assert len(log.page().rows) == before, "nothing went"
    let_go(service, "d1")
    told = log.page().rows
    assert len(told) == before + 1
    number = stage.visits.get(visit_id).number
    assert (told[0].what, told[0].about, told[0].who) == (
        "丢掉没写进记录的字",
        f"来访 {number}：电话、代表意见",
        stage.session.user.name,
    )
    with stage.store.read() as rows:
        entry = rows.scalars(select(Audit).where(Audit.action == "words_let_go")).one()
        assert (entry.noun, entry.target_id, entry.fields) == ("visit", visit_id, "phone,deputy_view")
        assert not list(audit.breaks(rows))


def test_what_was_typed_on_since_it_was_shown_is_not_let_go_of(stage: Stage, fake_clock: FakeClock) -> None:
    """Between the look and the yes the record may have been opened again and gone on with."""
    service = drafts(stage)
    visit_id = stage.finished()
    service.save(Draft("d1", "visit", visit_id, {"deputy_view": "再去看一次"}))
    (shown,) = service.laid_aside()
    stage.visits.reopen(visit_id, "补一句")
    service.let_go("d1", shown.saved_at)
    assert [each.id for each in service.load_all()] == ["d1"], "the record takes words again"
    fake_clock.forward(minutes=1)
    service.save(Draft("d1", "visit", visit_id, {"deputy_view": "再去看一次，带上电工"}))
    stage.visits.finish(visit_id, stage.visits.form(visit_id))
    service.let_go("d1", shown.saved_at)
    (now,) = service.laid_aside()
    assert now.lines == (("代表意见", "再去看一次，带上电工"),)
    with stage.store.read() as rows:
        assert rows.scalars(select(Audit).where(Audit.action == "words_let_go")).all() == []
    service.let_go("d1", now.saved_at)
    assert service.laid_aside() == ()


def kept(stage: Stage) -> set[str]:
    with stage.store.read() as rows:
        return set(rows.scalars(select(DraftRow.draft_id)))


def test_a_draft_of_an_ended_record_that_holds_nothing_more_is_forgotten(stage: Stage) -> None:
    """What somebody typed of a person is not kept without need; another's of a safe visit is not told."""
    service = drafts(stage)
    visit_id, safe_id = stage.finished(), stage.finished(safety="confidential")
    form = stage.visits.form(visit_id)
    open_id = stage.visits.open(stage.form()).value.id
    for draft_id, record_id in (("d1", visit_id), ("d2", safe_id), ("d3", open_id), ("d4", "")):
        service.save(
            Draft(draft_id, "visit", record_id, {"statement": form.statement, "kind": form.kind, "place": ""})
        )
    service.save(Draft("d5", "visit", visit_id, {"statement": "还有一句"}))
    assert [each.id for each in service.laid_aside()] == ["d5"]
    assert kept(stage) == {"d1", "d2", "d3", "d4", "d5"}, "a look takes nothing away"
    service.forget_what_stands()
    assert kept(stage) == {"d2", "d3", "d4", "d5"}


@pytest.mark.parametrize(
    "fields",
    [
        {"statement": "说过的话", "kind": "group"},
        {"subject": "说过的话"},
        {"statement": "说过的话", "grid": "第三网格"},
        {"statement": "说过的话", "anonymous": "1"},
        {"deputy_view": ""},
        {"x.form": '{"statement": "说过的话", "headcount": 7}'},
        {"x.form": '{"statement": "说过"}'},
    ],
)
def test_a_draft_that_may_hold_more_than_its_record_is_kept(stage: Stage, fields: dict[str, str]) -> None:
    """A code chosen, a tick, a number or words in another field are in no line, and stand nowhere else."""
    service = drafts(stage)
    visit_id = stage.finished(statement="说过的话说过", deputy_view="去看过了")
    service.save(Draft("d0", "visit", visit_id, {"statement": "说过的话说过"}))
    service.save(Draft("d1", "visit", visit_id, fields))
    service.forget_what_stands()
    assert kept(stage) == {"d1"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("同意赔偿", False),
        ("同意", True),
        ("不", True),
        ("当事人不\n同意赔偿", False),
        ("85", True),
        ("a1", True),
        ("2026", True),
        ("120", False),
    ],
)
def test_short_words_and_numbers_stand_only_as_a_whole(stage: Stage, said: str, left: bool) -> None:
    """Ids, codes and moments hold any number, and a text any short word."""
    service = drafts(stage)
    visit_id = stage.finished(statement="当事人不同意赔偿", request="120")
    service.save(Draft("d1", "visit", visit_id, {"answer_text": said}))
    expected = [(("答复内容", said),)] if left else []
    assert [each.lines for each in service.laid_aside()] == expected


def test_every_date_number_and_code_stands_in_its_own_field_only(stage: Stage) -> None:
    service = drafts(stage.as_user("h1", "周某某", "head"))
    case = factories.mediation(state="archived", accepted_on=date(2026, 11, 26))
    with stage.store.write_confirmed() as rows:
        rows.add(case)
        case_id = case.record_id
    on = {"accepted_on": "2026-11-26", "due_on": "2026-11-26"}
    service.save(Draft("d1", "mediation", case_id, on))
    (aside,) = service.laid_aside()
    assert aside.lines == (("履行期限", "2026-11-26"),)


@pytest.mark.parametrize(
    ("kind", "state", "said"),
    [
        ("mediation", "archived", "已归档"),
        ("consultation", "finished", "已结束"),
        ("consultation", "referred", "已转出"),
    ],
)
def test_cases_that_have_ended(stage: Stage, kind: Any, state: str, said: str) -> None:
    service = drafts(stage.as_user("h1", "周某某", "head"))
    record = getattr(factories, kind)(state=state)
    with stage.store.write_confirmed() as rows:
        rows.add(record)
        record_id = record.record_id
    service.save(Draft("d1", kind, record_id, {"answer": "还要补一句", "case": "受理"}))
    assert service.load_all(kind) == ()
    (aside,) = service.laid_aside()
    assert aside.lines == (("解答意见", "还要补一句"),)
    assert aside.title.endswith(f"（{said}）")


@pytest.mark.parametrize(("kind", "state"), [("mediation", "archived"), ("consultation", "finished")])
@pytest.mark.parametrize("role", ["clerk", "deputy"])
def test_who_writes_cases_without_reading_them_has_their_own_words(
    stage: Stage, kind: Any, state: str, role: str
) -> None:
    """The lawyer or the mediator may not let go of them: only who typed them or the head does."""
    mine, other = (
        drafts(stage.as_user("c1", "赵某某", role)),
        drafts(stage.as_user("c2", "孙某某", role)),
    )
    record = getattr(factories, kind)(state=state)
    with stage.store.write_confirmed() as rows:
        rows.add(record)
        record_id = record.record_id
    mine.save(Draft("d1", kind, record_id, {"answer": "还要补一句"}))
    assert [(each.id, each.veiled, each.may_go) for each in mine.laid_aside()] == [("d1", True, True)]
    assert other.laid_aside() == ()
    assert drafts(stage.as_user("s1", "钱某某", "sysadmin")).laid_aside() == ()
    let_go(mine, "d1")
    assert mine.laid_aside() == ()


def test_a_field_of_the_county_stands_though_it_is_kept_under_a_row_below(stage: Stage) -> None:
    service = drafts(stage.as_user("h1", "周某某", "head"))
    case = factories.mediation(state="archived")
    sitting, other = Sitting(mediation_id=case.record_id), Sitting(mediation_id="another")
    with stage.store.write_confirmed() as rows:
        kept = [
            LocalValue(noun="sitting", form="f06", key="grid", target_id=case.record_id, value="第三网格")
        ]
        kept += [
            LocalValue(noun="sitting", form="f06", key="at", target_id=each.record_id, value=value)
            for each, value in ((sitting, "示例路 8 号"), (other, "示例路 9 号"))
        ]
        rows.add_all([case, sitting, other, *kept])
        case_id = case.record_id
    fields = {"one": "第三网格", "two": "示例路 8 号", "three": "示例路 9 号"}
    service.save(Draft("d1", "mediation", case_id, fields))
    (aside,) = service.laid_aside()
    assert [words for _label, words in aside.lines] == ["示例路 9 号"]
