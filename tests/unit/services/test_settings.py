import pytest
from sqlalchemy import select

from desk.errors import AccessProblem
from desk.models.audit import Audit
from desk.models.store import Store
from desk.services.session import Session, User
from desk.services.settings import Settings
from desk.settings import ALL, BACKUP_FOLDER, TEXT_SIZE

HEAD = User("u1", "周某某", frozenset({"head"}))
CLERK = User("u1", "钱某某", frozenset({"clerk"}))


def test_a_setting_stands_at_its_default_until_chosen(store: Store) -> None:
    settings = Settings(store, Session(CLERK, bytes(32)))
    assert settings.get(TEXT_SIZE) == "125"
    done = settings.set(TEXT_SIZE, "150")
    settings.set(TEXT_SIZE, "100")
    assert (done.value, done.changed) == ("150", {"setting"})
    assert settings.get(TEXT_SIZE) == "100"
    assert settings.all().keys() == set(ALL)


def test_the_chain_tells_which_setting_changed_but_not_to_what(store: Store) -> None:
    Settings(store, Session(HEAD, bytes(32))).set(BACKUP_FOLDER, "/mnt/usb/钱某某")
    with store.read() as session:
        entry = session.scalars(select(Audit)).one()
    assert (entry.action, entry.fields, entry.user_id) == ("setting_change", "backup_folder", "u1")


def test_sec_04_where_the_copies_go_is_an_administrators_choice(store: Store) -> None:
    settings = Settings(store, Session(CLERK, bytes(32)))
    with pytest.raises(AccessProblem):
        settings.set(BACKUP_FOLDER, "/mnt/usb")
    assert settings.get(BACKUP_FOLDER) == ""
