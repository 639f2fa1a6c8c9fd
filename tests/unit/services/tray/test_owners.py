"""Where a part belongs, what it is called, and who may see and settle it."""

import pytest

from desk.errors import AccessProblem
from desk.models.store import Store
from desk.rules import rights
from desk.services.session import Session, User
from desk.services.tray import owners
from desk.wire.records import RECORDS
from tests import factories
from tests.unit.services.sync.round_stage import save
from tests.unit.services.tray.tray_stage import CLERK, HEAD, LAWYER

MEDIATOR = User("u4", "孙某", frozenset({"mediator"}))


def session(user: User = HEAD) -> Session:
    return Session(user, bytes(32))


def test_a_part_is_shown_on_its_whole(store: Store) -> None:
    visit = factories.visit(number="LF2026-A0288")
    matter = factories.matter(visit_id=visit.record_id)
    reply = factories.reply(matter_id=matter.record_id)
    save(store, visit, matter, reply)
    with store.read() as rows:
        for noun, record_id in (("matter", matter.record_id), ("reply", reply.record_id)):
            assert owners.owner_of(rows, noun, record_id) == ("visit", visit.record_id)
        assert owners.owner_of(rows, "visit", visit.record_id) == ("visit", visit.record_id)
        assert owners.owner_of(rows, "dream", "x") == ("dream", "x")
        owner = ("visit", visit.record_id)
        assert owners.title(rows, session(), owner, "visit", "phone_told") == "来访 LF2026-A0288 · 电话"
        assert owners.title(rows, session(), owner, "reply", "text") == "来访 LF2026-A0288 · 反馈 · 内容"


def test_cases_and_consultations_are_for_those_who_may_read_them(store: Store) -> None:
    case, advice = factories.mediation(), factories.consultation()
    save(store, case, advice)
    sees = {
        (user.name, noun)
        for user in (HEAD, CLERK, LAWYER, MEDIATOR)
        for noun, row in (("mediation", case), ("consultation", advice))
        if _sees(store, user, noun, row.record_id)
    }
    assert sees == {
        *(("周某某", "mediation"), ("周某某", "consultation")),
        *(("钱某", "consultation"), ("孙某", "mediation")),
    }


def _sees(store: Store, user: User, noun: str, record_id: str) -> bool:
    with store.read() as rows:
        return owners.may_see(rows, session(user), (noun, record_id), noun)


@pytest.mark.parametrize("noun", RECORDS)
def test_every_noun_follows_a_group_of_the_table(noun: str) -> None:
    assert owners.group_of(noun) in rights.GROUPS


def test_the_group_of_the_field_decides_who_may_settle_it() -> None:
    assert owners.may_settle(session(CLERK), "visit", "safety", whole=True)
    assert not owners.may_settle(session(CLERK), "user", "roles", whole=True)
    assert owners.may_settle(session(), "user", "roles", whole=True)
    assert not owners.may_settle(session(LAWYER), "matter", "statement", whole=False)
    # Whether a whole record is void needs the right to make it so.
    assert not owners.may_settle(session(LAWYER), "consultation", "void", whole=True)
    assert owners.may_settle(session(), "consultation", "void", whole=True)
    assert not owners.may_settle(session(), "dream", "x", whole=True)
    assert not owners.may_settle(session(), "visit", "dream", whole=True)


def test_who_wrote_is_named_or_said_to_be_from_elsewhere(store: Store) -> None:
    user = factories.user(name="周某某")
    save(store, user)
    with store.read() as rows:
        assert owners.who(rows, user.record_id) == "周某某"
        assert owners.who(rows, "nobody") == "县里或别的电脑的用户"
        assert owners.who(rows, "") == ""


def test_a_persons_name_is_starred_for_who_does_not_see_names_whole(store: Store) -> None:
    person = factories.person(name="王某某")
    save(store, person)
    with store.read() as rows:
        owner = ("person", person.record_id)
        assert owners.called(rows, session(), owner) == "群众 王某某"
        county = session(User("u9", "县里", frozenset({"county"})))
        assert "王某某" not in owners.called(rows, county, owner)


def test_numbers_in_clear_need_the_right_to_see_them(store: Store) -> None:
    visit, safe = factories.visit(), factories.visit(safety="confidential", state="finished")
    save(store, visit, safe)
    with store.read() as rows:
        owners.require_reveal(rows, session(CLERK), ("visit", visit.record_id))
        owners.require_reveal(rows, session(), ("visit", safe.record_id))
        owners.require_reveal(rows, session(CLERK), ("committee", "c1"))
        for user, record_id in ((CLERK, safe.record_id), (LAWYER, visit.record_id)):
            with pytest.raises(AccessProblem):
                owners.require_reveal(rows, session(user), ("visit", record_id))
