"""A further PC of a station: the real hub on PostgreSQL, the real client, stores beside each other."""

from collections.abc import Callable
from typing import Any

import pytest

from desk.errors import AccessProblem, HubProblem, InputProblem, Problem
from desk.models.store import FILE
from desk.services import entry_codes, slots, staging
from desk.services.joining import Joined, Joining
from desk.services.opening import Opened
from desk.services.sync.enrolment import Enrolment
from desk.services.sync.rounds import Rounds
from desk.wire import codes
from tests import factories
from tests.hub.desks import code_for
from tests.hub.hub_ops import SCOPE
from tests.sign_on import SETUP, MemorySecrets, cheap_login
from tests.sync.bridge import Line
from tests.unit.services.joining_stage import (
    DEVICES,
    NEW,
    PEOPLE,
    WHERE,
    Desks,
    ask,
    database,
    desks,
    line,
    server,
    steps,
)

__all__ = ["database", "desks", "line", "server"]


def test_a_second_pc_takes_on_the_stations_scope_and_lets_its_user_in(desks: Desks) -> None:
    desks.enrol_first()
    code = desks.code_of()
    login, joining = desks.joining()
    said, progress = steps()
    assert joining.enrol(WHERE, desks.county_code(), "", progress) == Joined("示例县", "示例镇站")
    assert not slots.path(desks.folder / "second").exists(), "nothing stands there yet"
    opened = joining.enter("周某某", code, NEW, progress)
    try:
        assert opened.store.scope_id == desks.opened.store.scope_id
        assert opened.session.user == desks.opened.session.user
        assert ask(opened, "SELECT name, notice_text FROM station") == [
            (SETUP.station_name, SETUP.notice_text)
        ]
        assert ask(opened, DEVICES) == [("A",), ("B",)]
        assert opened.recovery_code
        assert any("已取回" in sentence for sentence in said)
        # Where it was issued the password is as before, and both PCs end the same.
        Rounds(opened.store, opened.session, desks.connect).run()
        desks.rounds.run()
        for words in (DEVICES, "SELECT digest, version FROM cursor", "SELECT void FROM entry_code"):
            assert ask(opened, words) == ask(desks.opened, words)
        assert login.state().station_name == SETUP.station_name
    finally:
        opened.store.close()
    # From now on by password, as everywhere; the recovery code is this PC's own.
    login.sign_on(opened.session.user.id, NEW).store.close()
    login.recover(opened.recovery_code, opened.session.user.id, "第三个好密码2028").store.close()
    assert desks.users.list()[0].has_slot


def test_two_that_join_at_the_same_time_have_two_letters(desks: Desks) -> None:
    """Both have pulled before either handed its letter in: the hub's order says who keeps it."""
    desks.enrol_first()
    held: list[Opened] = []
    joinings = [desks.joining(name)[1] for name in ("second", "third")]
    for joining in joinings:
        joining.enrol(WHERE, desks.county_code(), "", lambda _sentence: None)
    user = desks.users.invite("钱某某", ["clerk"]).value.user_id
    desks.users.invite_elsewhere(user)
    codes_ = [desks.code_of("钱某某"), desks.code_of()]
    admit = Joining._admit

    def late(self: Joining, name: str, bare: str) -> Any:
        found = admit(self, name, bare)
        if len(held) == 0 and self is joinings[0]:
            held.append(joinings[1].enter("周某某", codes_[1], NEW, lambda _sentence: None))
        return found

    joinings[0]._admit = late.__get__(joinings[0])  # type: ignore[method-assign]
    held.append(joinings[0].enter("钱某某", codes_[0], NEW, lambda _sentence: None))
    letters = [
        ask(each, f"SELECT letter FROM device WHERE record_id = '{each.store.device_id}'") for each in held
    ]
    for each in held:
        each.store.close()
    assert sorted(letters) == [[("B",)], [("C",)]]


@pytest.mark.parametrize("place", ["there", "back"])
def test_a_line_that_breaks_costs_no_code(desks: Desks, line: Line, place: str) -> None:
    desks.enrol_first()
    code, county = desks.code_of(), desks.county_code()
    login, joining = desks.joining()
    cuts = iter([True, False, True, False, False, True, False, False, True])
    line.cut = lambda at: at == place and next(cuts, False)
    told: list[str] = []

    def until_through(act: Callable[[], Any]) -> Any:
        for _try in range(6):
            try:
                return act()
            except HubProblem as problem:
                told.append(problem.sentence)
        raise AssertionError(told)

    until_through(lambda: joining.enrol(WHERE, county, "", lambda _sentence: None))
    until_through(lambda: joining.enter("周某某", code, NEW, lambda _sentence: None)).store.close()
    assert set(told) == {"连不上县级平台"}
    assert next(cuts, None) is None, "every cut has hit something"
    assert login.state().kind == "sign_on"


def test_a_wrong_word_is_said_at_its_field_and_nothing_is_lost(desks: Desks) -> None:
    desks.enrol_first()
    code = desks.code_of()
    login, joining = desks.joining()
    joining.enrol(WHERE, desks.county_code(), "", lambda _sentence: None)
    wrong = codes.new(codes.ONE_TIME)
    said: list[tuple[tuple[str, str, str], type[Problem], str]] = [
        (("周某某", code[:-1], NEW), InputProblem, "one_time"),
        (("周某某", code, "123"), InputProblem, "password"),
        (("孙某某", code, NEW), AccessProblem, "name"),
        (("周某某", wrong, NEW), AccessProblem, "one_time"),
    ]
    for words, kind, field in said:
        with pytest.raises(kind) as told:
            joining.enter(*words, lambda _sentence: None)
        assert told.value.field == field
    joining.enter("周某某", code, NEW, lambda _sentence: None).store.close()
    assert login.state().kind == "sign_on"


def test_whoever_gives_up_leaves_nothing(desks: Desks) -> None:
    desks.enrol_first()
    login, joining = desks.joining()

    def stop(sentence: str) -> None:
        if "取回" in sentence:
            joining.give_up()

    with pytest.raises(HubProblem, match="停下"):
        joining.enrol(WHERE, desks.county_code(), "", stop)
    assert joining.is_enrolled
    joining.discard()
    assert not staging.folder_of(desks.folder / "second").exists()
    assert not slots.path(desks.folder / "second").exists()
    assert not (desks.folder / "second" / FILE).exists()
    assert login.state().kind == "first_start"


def test_a_station_nobody_has_set_up_has_nothing_to_join(desks: Desks) -> None:
    with pytest.raises(HubProblem, match="第一台电脑"):
        desks.joining()[1].enrol(WHERE, desks.county_code(), "", lambda _sentence: None)


def test_a_station_whose_first_pc_has_sent_nothing_lets_nobody_in(desks: Desks) -> None:
    Enrolment(desks.opened.store, desks.opened.session, desks.connect).enrol(WHERE, desks.county_code())
    joining = desks.joining()[1]
    county = desks.county_code()
    with pytest.raises(HubProblem, match="还没有这个站的用户"):
        joining.enrol(WHERE, county, "", lambda _sentence: None)
    desks.rounds.run()
    assert joining.enrol(WHERE, "", "", lambda _sentence: None).station == "示例镇站"


def test_the_countys_own_code_and_one_of_another_kind_are_told_apart(desks: Desks, database: str) -> None:
    for code, words in (
        (code_for(database, "county"), "县里的电脑"),
        (codes.new(codes.ONE_TIME), "没有这个登记码"),
    ):
        with pytest.raises(HubProblem, match=words):
            desks.joining()[1].enrol(WHERE, code, "", lambda _sentence: None)


def test_a_folder_with_a_store_is_left_alone(desks: Desks) -> None:
    desks.enrol_first()
    joining = desks.joining("first")[1]
    with pytest.raises(Problem, match="已有数据文件"):
        joining.enrol(WHERE, desks.county_code(), "", lambda _sentence: None)
    assert ask(desks.opened, "SELECT scope_id FROM meta") != [(SCOPE,)]


def test_who_comes_later_signs_on_by_a_code_that_came_with_a_round(desks: Desks) -> None:
    """Clerk and lawyer on two PCs: the lawyer was first at the second, the clerk's code comes afterwards."""
    desks.enrol_first()
    users = {name: desks.users.invite(name, [role]).value.user_id for name, role in PEOPLE}
    code = desks.code_of("孙某某")
    early = desks.code_of("李某某")
    login, joining = desks.joining()
    joining.enrol(WHERE, desks.county_code(), "", lambda _sentence: None)
    opened = joining.enter("孙某某", code, NEW, lambda _sentence: None)
    try:
        late = desks.code_of("钱某某")
        Rounds(opened.store, opened.session, desks.connect).run()
        entry_codes.take_up(opened.store, opened.session, login.box)
        kinds = {slot.user_id: slot.kind for slot in login.box.file().slots}
        assert kinds == {users["孙某某"]: "password", users["李某某"]: "entry", users["钱某某"]: "entry"}
        assert late not in str(login.box.file())
    finally:
        opened.store.close()
    for name, typed in (("李某某", early), ("钱某某", late)):
        with pytest.raises(AccessProblem):
            login.redeem(name, codes.new(codes.ONE_TIME), NEW)
        made = login.redeem(name, typed, NEW)
        assert made.session.user.id == users[name]
        Rounds(made.store, made.session, desks.connect).run()
        made.store.close()
        login.sign_on(users[name], NEW).store.close()
    desks.rounds.run()
    assert ask(desks.opened, "SELECT count(*) FROM entry_code WHERE void = 0") == [(0,)]


def test_a_code_that_was_replaced_opens_nothing(desks: Desks) -> None:
    desks.enrol_first()
    desks.users.invite("钱某某", ["clerk"])
    login, joining = desks.joining()
    first = desks.code_of("钱某某")
    own = desks.code_of()
    joining.enrol(WHERE, desks.county_code(), "", lambda _sentence: None)
    opened = joining.enter("周某某", own, NEW, lambda _sentence: None)
    try:
        second = desks.code_of("钱某某")
        Rounds(opened.store, opened.session, desks.connect).run()
        opened.session.lock()
        before = login.box.file()
        entry_codes.take_up(opened.store, opened.session, login.box)
        assert login.box.file() == before, "behind the lock the key is away"
        opened.session.return_by_password(opened.session.user, joining._key)
        entry_codes.take_up(opened.store, opened.session, login.box)
    finally:
        opened.store.close()
    with pytest.raises(AccessProblem):
        login.redeem("钱某某", first, NEW)
    login.redeem("钱某某", second, NEW).store.close()


def test_a_desk_that_was_only_set_up_gives_way_once_it_has_joined(desks: Desks) -> None:
    """Until the last moment it is as it was, and afterwards it lies beside under its own name."""
    desks.enrol_first()
    code, county = desks.code_of(), desks.county_code()
    folder = desks.folder / "second"
    own = cheap_login(folder, MemorySecrets()).first_start(SETUP)
    enrolment = Enrolment(own.store, own.session, desks.connect)
    with pytest.raises(HubProblem, match="还没有自己的记录") as told:
        enrolment.enrol(WHERE, county)
    assert told.value.field == "joinable"
    own.store.close()
    login, joining = desks.joining("second", replaces=True)
    joining.enrol(WHERE, county, "", lambda _sentence: None)
    with pytest.raises(AccessProblem):
        joining.enter("孙某某", code, NEW, lambda _sentence: None)
    assert [each.name for each in folder.glob("*.aside-*")] == []
    opened = joining.enter("周某某", code, NEW, lambda _sentence: None)
    try:
        assert opened.store.scope_id == desks.opened.store.scope_id
        assert len(list(folder.glob("desk.db.aside-*"))) == 1
        assert len(list(folder.glob("slots.json.aside-*"))) == 1
    finally:
        opened.store.close()
    login.sign_on(opened.session.user.id, NEW).store.close()


def test_a_desk_with_work_of_its_own_is_told_so_and_the_code_is_still_good(desks: Desks) -> None:
    desks.enrol_first()
    county = desks.county_code()
    own = cheap_login(desks.folder / "second", MemorySecrets()).first_start(SETUP)
    try:
        with own.store.write(own.session.user.id) as rows:
            rows.add(factories.visit())
        with pytest.raises(HubProblem, match="有自己的记录（来访 1）") as told:
            Enrolment(own.store, own.session, desks.connect).enrol(WHERE, county)
        assert told.value.field == "code"
        assert "先备份" in told.value.way_out
    finally:
        own.store.close()
    desks.joining("third")[1].enrol(WHERE, county, "", lambda _sentence: None)
