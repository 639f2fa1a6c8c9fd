"""The check of the store in a process of its own: sound, damaged, given up."""

import threading
from pathlib import Path

import pytest

from desk.models.store import Store
from desk.services.check_apart import CheckApart
from desk.services.safekeeping import Verifier
from tests import factories
from tests.stores import KEY


@pytest.fixture
def written(store: Store) -> Store:
    with store.write("u1") as session:
        session.add_all(factories.matter(statement="很长的话" * 500) for _ in range(200))
    return store


def damage(store: Store) -> None:
    body = bytearray(store.path.read_bytes())
    for page in range(len(body) * 3 // 4, len(body), 4096):
        body[page + 100] ^= 1
    store.path.write_bytes(body)


def test_a_sound_store_is_remembered_and_needs_no_second_check(written: Store) -> None:
    again = Store.open(written.folder, KEY)  # while the first has not said good-bye: an unclean stop
    assert again.check_due
    assert Verifier(again).quick_if_due()
    assert not again.check_due
    again.close()
    third = Store.open(written.folder, KEY)
    assert not third.check_due
    third.close()


def test_a_damaged_store_is_told(written: Store) -> None:
    written.close()
    damage(written)
    damaged = Store.open(written.folder, KEY)
    assert CheckApart().run(damaged.path, KEY) is False
    damaged.close()


def test_who_gives_no_answer_has_found_nothing(written: Store, tmp_path: Path) -> None:
    assert CheckApart().run(tmp_path / "no.db", KEY) is None
    assert written.quick_check(lambda _path, _key: None)


def test_a_check_given_up_ends_at_once_and_stays_due(written: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that closes must not wait a minute for the file."""
    # The real check of a small store is over before anybody could give it up: this one sleeps.
    monkeypatch.setattr("desk.services.check_apart.CHECK_STORE", "600")
    monkeypatch.setattr("desk.services.check_apart.paths.is_frozen", lambda: True)
    monkeypatch.setattr("desk.services.check_apart.sys.executable", "/bin/sleep")
    crashed = Store.open(written.folder, KEY)
    verifier = Verifier(crashed)
    said: list[bool] = []
    looking = threading.Thread(target=lambda: said.append(verifier.quick_if_due()))
    looking.start()
    while verifier._apart._process is None:
        looking.join(0.01)
    verifier.give_up()
    looking.join(60)
    assert said == [True]
    assert crashed.check_due
    assert verifier.quick_if_due(), "and none is begun after that"
    crashed.close()
