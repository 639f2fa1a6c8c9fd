"""Safe visits (product.md Safe): read by their receiver and the head only, hidden from all others."""

import pytest

from desk.errors import AccessProblem
from desk.models.visit import Visit
from desk.rules.labels import SAFETY
from desk.services.drafts import Draft, Drafts
from desk.services.people import People
from desk.services.today import TodayDesk
from desk.services.visit_safety import OPEN_TO_ALL, is_safe
from tests import factories
from tests.unit.services.visit_stage import Stage

SAFE = sorted(set(SAFETY) - set(OPEN_TO_ALL))


def a_safe_visit(stage: Stage, kind: str = "confidential") -> str:
    changes = {"outcome": "guided", "guide_to": "纪检监察机关（12388）", "guide_reason": "按规定引导"}
    return stage.finished(safety=kind, **changes)


def receiver(stage: Stage) -> Stage:
    """Return the station with the receiving deputy's own account at the desk."""
    user = factories.user(name="李某某", roles="deputy", deputy_id=stage.deputy_id)
    with stage.store.write_confirmed() as rows:
        rows.add(user)
        user_id = user.record_id
    return stage.as_user(user_id, "李某某", "deputy")


@pytest.mark.parametrize("kind", SAFE)
def test_receiver_and_head_read_it_and_nobody_else(stage: Stage, kind: str) -> None:
    visit_id = a_safe_visit(stage, kind)
    assert receiver(stage).visits.get(visit_id).safe
    assert stage.as_user("u2", "周某某", "head").visits.get(visit_id).name == "王某某"
    for user_id, role in ((stage.session.user.id, "clerk"), ("u7", "deputy"), ("u8", "county")):
        other = stage.as_user(user_id, "某", role)
        for ask in (other.visits.get, other.visits.form):
            with pytest.raises(AccessProblem):
                ask(visit_id)


def test_who_writes_it_down_sees_it_until_it_is_finished(stage: Stage) -> None:
    form = stage.form(safety="confidential")
    visit_id = stage.visits.open(form).value.id
    assert stage.visits.get(visit_id).subject == "小区雨后积水"
    other_clerk = stage.as_user("u4", "冯某", "clerk")
    with pytest.raises(AccessProblem):
        other_clerk.visits.get(visit_id)
    assert stage.visits.finish(visit_id, form).value.subject == "小区雨后积水"
    with pytest.raises(AccessProblem):
        stage.visits.get(visit_id)


def test_its_rating_can_still_be_asked_but_says_nothing(stage: Stage) -> None:
    visit_id = a_safe_visit(stage)
    shown = stage.visits.rate(visit_id, "satisfied").value
    assert (shown.name, shown.subject, shown.outcome, shown.rating) == ("保密来访", "", "", "satisfied")
    with pytest.raises(AccessProblem):
        stage.as_user("u4", "冯某", "clerk").visits.rate(visit_id, "satisfied")


def test_lists_and_counts_leave_it_out(stage: Stage) -> None:
    visit_id = a_safe_visit(stage)
    assert stage.visits.page().rows == ()
    assert stage.visits.counts().batches == 0
    for reader in (receiver(stage), stage.as_user("u2", "周某某", "head")):
        assert [row.id for row in reader.visits.page().rows] == [visit_id]
        assert reader.visits.counts().people == 1


def test_today_leaves_it_out(stage: Stage) -> None:
    form = stage.form(safety="domestic_violence", outcome="triage")
    visit_id = stage.visits.open(form).value.id

    def today(who: Stage) -> TodayDesk:
        return TodayDesk(who.store, who.session, who.profiles)

    other = stage.as_user("u4", "冯某", "clerk")
    assert [each.id for each in today(stage).get().open] == [visit_id]
    assert today(other).get().open == ()
    stage.visits.finish(visit_id, form)
    assert (today(stage).get().done, today(stage).get().due) == ((), ())
    assert [item.record_id for item in today(receiver(stage)).get().due] == [visit_id]


def test_people_and_similar_matters_say_nothing_of_it(stage: Stage) -> None:
    a_safe_visit(stage)
    people = People(stage.store, stage.session)
    assert people.match("王某某", "13800006621") == ()
    assert people.similar("小区雨后积水") == ()


def test_a_known_person_keeps_their_other_visits(stage: Stage) -> None:
    first = stage.finished()
    with stage.store.read() as rows:
        person_id = rows.get_one(Visit, first).person_id
    a_safe = stage.form(safety="confidential", person_id=person_id, outcome="triage")
    stage.visits.finish(stage.visits.open(a_safe).value.id, a_safe)
    assert People(stage.store, stage.session).history(person_id).times == 1
    head = stage.as_user("u2", "周某某", "head")
    assert People(head.store, head.session).history(person_id).times == 2


def test_who_only_ever_came_in_safety_is_not_offered(stage: Stage) -> None:
    visit_id = stage.finished()
    stage.visits.reopen(visit_id, "来访人要求保密")
    stage.visits.finish(visit_id, stage.form(safety="confidential"))
    assert People(stage.store, stage.session).match("王某某") == ()
    head = stage.as_user("u2", "周某某", "head")
    assert len(People(head.store, head.session).match("王某某")) == 1


def test_its_draft_is_for_its_readers(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form(safety="confidential")).value.id
    drafts = Drafts(stage.store, stage.session)
    drafts.save(Draft("d1", "visit", visit_id, {"statement": "他打我"}))
    other = stage.as_user("u4", "冯某", "clerk")
    assert len(drafts.load_all()) == 1
    assert Drafts(other.store, other.session).load_all() == ()


def test_only_the_head_makes_one_void(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form(safety="confidential")).value.id
    with pytest.raises(AccessProblem):
        stage.visits.void(visit_id, "重复登记")
    stage.as_user("u2", "周某某", "head").visits.void(visit_id, "重复登记")


def test_a_visit_without_a_kind_of_safety_is_open() -> None:
    assert not is_safe(Visit(safety=""))
    assert not is_safe(Visit(safety="none"))
