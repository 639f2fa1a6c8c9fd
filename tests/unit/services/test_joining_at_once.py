"""Two that join by one code, and a PC that is cut off while it joins: the real hub and the real client."""

from typing import Any

import pytest

from desk.errors import AccessProblem
from desk.rules.passwords import PasswordPolicy
from desk.services import aside, staging
from desk.services.joining import Joining
from desk.services.keybox import Keybox
from desk.services.opening import Opened
from tests.sign_on import SETUP, MemorySecrets, cheap_login, close
from tests.unit.services.joining_stage import NEW, WHERE, Desks, ask, database, desks, line, server

__all__ = ["database", "desks", "line", "server"]


def test_one_code_lets_in_one_of_two_that_join_at_the_same_time(desks: Desks) -> None:
    """Each finds it good in a store of its own; the hub's order says whose it was."""
    desks.enrol_first()
    code = desks.code_of()
    first, second = (desks.joining(name)[1] for name in ("second", "third"))
    for joining in (first, second):
        joining.enrol(WHERE, desks.county_code(), "", lambda _sentence: None)
    admit, held = Joining._admit, list[Opened]()

    def late(self: Joining, name: str, bare: str) -> Any:
        found = admit(self, name, bare)
        if not held:
            held.append(second.enter("周某某", code, NEW, lambda _sentence: None))
        return found

    first._admit = late.__get__(first)  # type: ignore[method-assign]
    with pytest.raises(AccessProblem, match="另一台电脑上用过") as told:
        first.enter("周某某", code, NEW, lambda _sentence: None)
    assert told.value.field == "one_time"
    # With another code it goes on where it was; the county's is not needed again.
    held.append(first.enter("周某某", desks.code_of(), NEW, lambda _sentence: None))
    for each in held:
        each.store.close()
    desks.rounds.run()
    assert ask(desks.opened, "SELECT count(*) FROM entry_code WHERE void = 0") == [(0,)]


class Crash(BaseException):
    """The power goes."""


@pytest.mark.parametrize(
    ("where", "what", "joined"),
    [
        (Keybox, "begin", False),
        (Keybox, "put_password", False),
        (Keybox, "put_recovery", False),
        (Joining, "_close", True),
        (staging, "move_in", True),
        (aside, "slots_aside", True),
    ],
)
def test_a_crash_at_any_step_leaves_a_desk_that_starts(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, where: Any, what: str, *, joined: bool
) -> None:
    """Before the last piece it is the one that was set up, from then on the one that has joined."""
    desks.enrol_first()
    code, county = desks.code_of(), desks.county_code()
    secrets = MemorySecrets()
    login = cheap_login(desks.folder / "second", secrets)
    own = login.first_start(SETUP)
    mine = close(login, own)
    joining = Joining(login.box, PasswordPolicy(), connect=desks.connect, replaces=True)
    joining.enrol(WHERE, county, "", lambda _sentence: None)

    def crash(*_given: object, **_named: object) -> None:
        raise Crash

    with monkeypatch.context() as power:
        power.setattr(where, what, crash)
        with pytest.raises(Crash):
            joining.enter("周某某", code, NEW, lambda _sentence: None)
    joining._close()
    again = cheap_login(desks.folder / "second", secrets)
    state = again.state()
    assert state.kind == "sign_on"
    user_id, password = (desks.opened.session.user.id, NEW) if joined else (mine, SETUP.password)
    opened = again.sign_on(user_id, password)
    assert opened.store.scope_id == (desks.opened.store if joined else own.store).scope_id
    # Nobody has seen the sheet of a desk that was cut off: it is asked for.
    assert opened.recovery_pending or not joined
    opened.store.close()
