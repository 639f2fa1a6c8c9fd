"""A seeded station can be signed on to."""

from datetime import date
from pathlib import Path

from desk.services.seed import station
from desk.services.seed.run import Plan
from tests.sign_on import PASSWORD, Clocks, MemorySecrets, cheap_login


def test_a_station_is_made_and_opens(data_folder: Path, secrets: MemorySecrets, clocks: Clocks) -> None:
    login = cheap_login(data_folder, secrets)
    assert station.make(login, PASSWORD, Plan(5, 1, date(2026, 2, 27))) == 5
    state = cheap_login(data_folder, secrets).state()
    assert [user.name for user in state.users] == [station.USER_NAME]
    opened = cheap_login(data_folder, secrets).sign_on(state.users[0].id, PASSWORD)
    assert opened.session.user.roles == {"head", "clerk"}
    opened.store.close()
