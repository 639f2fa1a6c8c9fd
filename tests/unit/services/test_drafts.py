"""Drafts: on disk at once, back with the cursor's field, never synced (issue A §4)."""

from sqlalchemy import select

from desk.models.outbox import Outbox
from desk.models.store import Store
from desk.services.drafts import Draft, Drafts, newest_of
from tests.fakes import FakeClock
from tests.stores import KEY
from tests.unit.services.visit_stage import Stage


def drafts(stage: Stage) -> Drafts:
    return Drafts(stage.store, stage.session)


def test_what_was_typed_comes_back_with_the_cursor(stage: Stage) -> None:
    drafts(stage).save(Draft("d1", "visit", "", {"name": "王某某", "statement": "一下雨"}, "statement"))
    stage.store.close()
    again = Store.open(stage.store.folder, KEY)
    (found,) = Drafts(again, stage.session).load_all()
    again.close()
    assert (dict(found.fields), found.cursor_field) == (
        {"name": "王某某", "statement": "一下雨"},
        "statement",
    )


def test_one_row_per_editor_oldest_first(stage: Stage, fake_clock: FakeClock) -> None:
    service = drafts(stage)
    service.save(Draft("d1", "visit", "", (("name", "王"),)))
    fake_clock.forward(seconds=1)
    service.save(Draft("d2", "visit", "", (("name", "李"),)))
    fake_clock.forward(seconds=1)
    saved = service.save(Draft("d1", "visit", "", (("name", "王某某"),)))
    assert [(each.id, dict(each.fields)["name"]) for each in service.load_all()] == [
        ("d2", "李"),
        ("d1", "王某某"),
    ]
    assert saved == fake_clock.moment
    service.drop("d1")
    service.drop("nothing")
    assert [each.id for each in service.load_all()] == ["d2"]


def test_a_draft_goes_on_with_the_record_that_came_of_it(stage: Stage) -> None:
    service = drafts(stage)
    service.save(Draft("d1", "visit", "", (("name", "王某某"),)))
    service.save(Draft("d2", "visit", "", (("name", "李某某"),)))
    visit_id = stage.visits.open(stage.form()).value.id
    service.bind("d1", visit_id)
    service.bind("gone", visit_id)
    found = {each.id: (each.record_id, dict(each.fields)["name"]) for each in service.load_all()}
    assert found == {"d1": (visit_id, "王某某"), "d2": ("", "李某某")}


def test_the_newest_of_one_record() -> None:
    all_of_them = [
        Draft("d1", "visit", "v1", ()),
        Draft("d2", "visit", "v1", ()),
        Draft("d3", "visit", "", ()),
    ]
    assert newest_of(all_of_them, "v1") is all_of_them[1]
    assert newest_of(all_of_them, "v2") is None
    assert newest_of(all_of_them, "") is None


def test_it_is_saved_while_locked_and_leaves_no_op(stage: Stage) -> None:
    with stage.store.read() as rows:
        before = len(rows.scalars(select(Outbox.position)).all())
    stage.session.lock()
    drafts(stage).save(Draft("d1", "visit", "", {"name": "王"}))
    with stage.store.read() as rows:
        assert len(rows.scalars(select(Outbox.position)).all()) == before


def test_the_draft_of_a_voided_visit_is_not_offered(stage: Stage) -> None:
    visit_id = stage.visits.open(stage.form()).value.id
    drafts(stage).save(Draft("d1", "visit", visit_id, {"name": "王"}))
    stage.visits.void(visit_id, "重复登记")
    assert drafts(stage).load_all() == ()


def test_words_of_a_case_come_back_to_who_typed_them_and_to_those_who_may_read_cases(stage: Stage) -> None:
    service = drafts(stage)
    service.save(Draft("d1", "visit", "", {"name": "王"}))
    service.save(Draft("d2", "mediation", "", {"case": "楼上漏水"}, "summary"))
    assert [each.id for each in service.load_all()] == ["d1"]
    (mine,) = service.load_all("mediation")
    assert (mine.id, dict(mine.fields), mine.cursor_field) == ("d2", {"case": "楼上漏水"}, "summary")
    assert drafts(stage.as_user("u2", "李某", "deputy")).load_all("mediation") == ()
    mediator = stage.as_user("u3", "周某", "mediator")
    assert [each.id for each in drafts(mediator).load_all("mediation")] == ["d2"]
    assert drafts(stage.as_user("u4", "吴某", "lawyer")).load_all("mediation") == ()
