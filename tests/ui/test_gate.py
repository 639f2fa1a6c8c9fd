"""The gate passes the lock on to the session and the login service."""

from types import SimpleNamespace

from desk.ui.gate import SessionGate


def test_every_way_is_passed_on() -> None:
    calls: list[tuple[object, ...]] = []
    session = SimpleNamespace(
        user=SimpleNamespace(id="u1", name="周某"), lock=lambda: calls.append(("lock",))
    )
    login = SimpleNamespace(
        pin_is_enough=lambda _session: True,
        unlock_pin=lambda _session, pin: calls.append(("pin", pin)),
        unlock=lambda _session, user_id, password: calls.append(("password", user_id, password)),
    )
    gate = SessionGate(login, session)
    gate.lock()
    gate.unlock_with_pin("246810")
    gate.unlock_with_password("开站密码")
    assert (gate.user_name, gate.pin_is_enough()) == ("周某", True)
    assert calls == [("lock",), ("pin", "246810"), ("password", "u1", "开站密码")]
