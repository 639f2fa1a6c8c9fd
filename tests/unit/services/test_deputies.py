"""The deputies of the station."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.audit import Audit
from desk.models.deputy import Deputy
from desk.models.duty import Duty
from desk.models.store import Store
from desk.services.deputies import Deputies, levels_text
from desk.services.deputy_form import DeputyForm, MandateForm
from desk.services.overtaken import Overtaken
from desk.services.session import Session, User
from tests import factories
from tests.fakes import FakeClock


def service(store: Store, role: str = "clerk") -> Deputies:
    return Deputies(store, Session(User("u1", "钱某某", frozenset({role})), bytes(32)))


@pytest.fixture
def deputy(store: Store) -> Deputy:
    made = factories.deputy(phone="13800138000")
    with store.write("u1") as rows:
        rows.add(made)
        rows.add(factories.mandate(deputy_id=made.record_id, level=4, constituency="第1选区"))
        rows.add(
            factories.mandate(deputy_id=made.record_id, level=3, constituency="", electing_unit="县人大")
        )
        rows.add(factories.mandate(deputy_id=made.record_id, level=5, constituency="第2选区", state="ended"))
    return made


def test_the_list_shows_active_mandates_and_a_masked_phone(store: Store, deputy: Deputy) -> None:
    """ZD-04, §8."""
    (row,) = service(store).list()
    assert (row.levels, row.levels_text, row.constituency) == (("市", "县"), "市、县", "县人大；第1选区")
    assert row.phone_masked == "138****8000"


def test_who_left_stands_last_and_keeps_the_levels(store: Store, deputy: Deputy) -> None:
    gone = factories.deputy(name="丁某", state="departed")
    with store.write("u1") as rows:
        rows.add(gone)
        rows.add(factories.mandate(deputy_id=gone.record_id, state="ended"))
    assert [(row.name, row.levels_text) for row in service(store).list()] == [
        ("李某某", "市、县"),
        ("丁某", "镇"),
    ]


def test_a_consultative_deputy_is_shown_as_such() -> None:
    """ZD-05."""
    assert levels_text((), consultative=True) == "议政代表"
    assert levels_text(("县",), consultative=True) == "县、议政代表"
    assert levels_text(("市", "县"), consultative=False) == "市、县"


def test_the_card_shows_all_mandates(store: Store, deputy: Deputy) -> None:
    card = service(store).get(deputy.record_id)
    assert [(m.level, m.place, m.active) for m in card.mandates] == [
        ("市", "县人大", True),
        ("县", "第1选区", True),
        ("镇", "第2选区", False),
    ]
    with pytest.raises(InputProblem):
        service(store).get("nobody")


NEW = DeputyForm(name="赵某某", phone="13900139000", mandates=(MandateForm(5, "第3选区"),))


def changed(store: Store, deputy: Deputy, **changes: object) -> DeputyForm:
    return replace(service(store).form(deputy.record_id), **changes)  # type: ignore[arg-type] # fields by name


def test_a_masked_phone_left_alone_stays(store: Store, deputy: Deputy) -> None:
    deputies = service(store)
    assert deputies.edit(deputy.record_id, changed(store, deputy)).changed == frozenset()
    form = changed(store, deputy, post="教师", phone="139 0013 9000", name="李 某某")
    done = deputies.edit(deputy.record_id, form)
    assert done.changed == {"deputy", "mandate"}
    assert (done.value.row.post, done.value.row.phone_masked, done.value.row.name) == (
        "教师",
        "139****9000",
        "李某某",
    )


def test_what_another_desk_changed_in_a_deputy_stays_or_is_asked_about(store: Store, deputy: Deputy) -> None:
    deputies = service(store)
    base = deputies.form(deputy.record_id)
    more = MandateForm(4, "第8选区")
    deputies.edit(deputy.record_id, replace(base, post="教师", mandates=(*base.mandates, more)), base)
    deputies.edit(deputy.record_id, replace(base, remark="周三在家"), base)
    form = deputies.form(deputy.record_id)
    assert (form.post, form.remark, len(form.mandates)) == ("教师", "周三在家", len(base.mandates) + 1)
    with pytest.raises(Overtaken) as told:
        deputies.edit(deputy.record_id, replace(base, post="医生"), base)
    assert [(each.mine, each.theirs) for each in told.value.fields] == [("医生", "教师")]


def test_a_name_that_cannot_be_is_refused(store: Store, deputy: Deputy) -> None:
    """NM-02."""
    with pytest.raises(InputProblem):
        service(store).edit(deputy.record_id, changed(store, deputy, name="某" * 60))


def test_a_deputy_is_added_by_hand(store: Store) -> None:
    deputies = service(store)
    done = deputies.add(NEW)
    row = done.value.row
    assert (row.name, row.levels_text, row.state) == ("赵某某", "镇", "active")
    assert deputies.list() == (row,)
    with pytest.raises(AccessProblem):
        service(store, "deputy").add(NEW)


def test_who_leaves_ends_mandates_and_duty_and_may_come_back(
    store: Store, deputy: Deputy, fake_clock: FakeClock
) -> None:
    """ZD-04."""
    with store.write("u1") as rows:
        rows.add(factories.duty(deputy_id=deputy.record_id, started_at=fake_clock.moment))
    deputies = service(store)
    gone = deputies.depart(deputy.record_id)
    assert gone.changed == {"deputy", "mandate", "duty"}
    assert gone.value.row.state == "departed"
    assert not any(mandate.active for mandate in gone.value.mandates)
    with store.read() as rows:
        row = rows.get_one(Deputy, deputy.record_id)
        assert row.departed_on == fake_clock.moment.date()
        assert rows.scalars(select(Duty.ended_at)).one() == fake_clock.moment
    with pytest.raises(InputProblem, match="已经离任"):
        deputies.depart(deputy.record_id)
    back = deputies.restore(deputy.record_id).value
    assert back.row.state == "active"
    assert all(mandate.active for mandate in back.mandates)
    with pytest.raises(InputProblem, match="在任"):
        deputies.restore(deputy.record_id)


def test_a_phone_in_clear_is_written_down(store: Store, deputy: Deputy) -> None:
    """SEC-05."""
    assert service(store).reveal_phone(deputy.record_id, "通知接待") == "13800138000"
    with store.read() as rows:
        (entry,) = rows.scalars(select(Audit))
    assert (entry.action, entry.noun, entry.target_id, entry.fields) == (
        "reveal",
        "deputy",
        deputy.record_id,
        "phone",
    )
    with pytest.raises(InputProblem):
        service(store).reveal_phone(deputy.record_id, " ")
    with pytest.raises(AccessProblem):
        service(store, "deputy").reveal_phone(deputy.record_id, "通知接待")


def test_names_stand_in_the_order_of_a_dictionary(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all(factories.deputy(name=name) for name in ("周某", "阿某·某", "王某", "李某"))
    assert [row.name for row in service(store).list()] == ["阿某·某", "李某", "王某", "周某"]
