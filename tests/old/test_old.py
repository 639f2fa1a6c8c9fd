"""A store saved by every released version opens today, whole and with all it held."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import __version__, ids
from desk.models import cipher
from desk.models.local import ConflictKey
from desk.models.store import FILE
from desk.services import kit
from desk.services.login import Login
from desk.services.visit_values import VisitForm
from tests.e2e.station import PASSWORD
from tests.old.save import CASES, HERE
from tests.sign_on import MemorySecrets

SAVED = sorted(folder for folder in HERE.iterdir() if (folder / "desk.db").exists())
WITH_CASES = [folder for folder in SAVED if folder.name != "0.1.0"]


def test_this_version_is_saved() -> None:
    assert __version__ in {folder.name for folder in SAVED}


@pytest.mark.parametrize("saved", SAVED, ids=lambda folder: folder.name)
def test_it_opens_today_with_all_it_held(saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(saved, folder)
    login = Login(folder, secrets=MemorySecrets(works=False))
    opened = login.sign_on(login.state().users[0].id, PASSWORD)
    try:
        services = kit.build(opened, login)
        names = {row.name for row in services.visits.page().rows}
        assert names >= {"王𬱖某", "欧阳某", "买买提·某", "陈某某"}
        assert len(services.deputies.list()) == 67
        assert services.search.find("oym")
        assert services.verify.run().ok
        assert services.visits.open(VisitForm(name="李某某", subject="宅基地边界")).value.number.endswith(
            f"{len(names) + 1:04}"
        )
    finally:
        opened.store.close()


@pytest.mark.parametrize("saved", WITH_CASES, ids=lambda folder: folder.name)
def test_its_cases_open_today_with_their_papers(saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(saved, folder)
    login = Login(folder, secrets=MemorySecrets(works=False))
    opened = login.sign_on(login.state().users[0].id, PASSWORD)
    try:
        services = kit.build(opened, login)
        listed = services.mediation.cases.page(limit=50).rows
        assert len(listed) == CASES + 1
        cards = [services.mediation.cases.get(row.id) for row in listed]
        assert {card.state for card in cards} >= {"archived", "registered"}
        assert all(card.timeline for card in cards)
        (asked,) = services.consultation.consultations.page().rows
        assert services.consultation.consultations.get(asked.id).name == "孙某某"
    finally:
        opened.store.close()


def test_cases_made_of_visits_by_0_1_0_stand_in_the_lists_of_today(tmp_path: Path) -> None:
    """0.1.0 gave them a number and a state, no more; none of its saved stores happens to hold one."""
    for name in ("look", "data"):
        shutil.copytree(HERE / "0.1.0", tmp_path / name)
    looked = Login(tmp_path / "look", secrets=MemorySecrets(works=False))
    opened = looked.sign_on(looked.state().users[0].id, PASSWORD)
    key = opened.session.key
    opened.store.close()
    _put_old_cases(tmp_path / "data" / FILE, key)
    login = Login(tmp_path / "data", secrets=MemorySecrets(works=False))
    opened = login.sign_on(login.state().users[0].id, PASSWORD)
    try:
        services = kit.build(opened, login)
        (case,) = services.mediation.cases.page().rows
        (asked,) = services.consultation.consultations.page().rows
        assert (case.number, case.parties_text) == ("MD2025-A0001", "王𬱖某")
        assert (asked.number, asked.name, asked.state) == ("MD2025-A0002", "欧阳某", "opened")
        with opened.store.read() as rows:
            query = select(ConflictKey.noun).where(ConflictKey.key == "name:陈某某")
            assert rows.scalars(query).all() == ["visit"]
    finally:
        opened.store.close()


def _put_old_cases(path: Path, key: bytes) -> None:
    """Write what 0.1.0 wrote when two of its visits ended in a mediation and in a consultation.

    Of a third only the visit says so: the consultation was made void.
    """
    connection = cipher.connect(path, key)
    for n, (name, noun) in enumerate((("王𬱖某", "mediation"), ("欧阳某", "consultation")), start=1):
        (matter_id, scope) = connection.execute(
            "SELECT matter.record_id, matter.scope_id FROM matter JOIN visit"
            " ON visit.record_id = matter.visit_id WHERE visit.name_told = ?",
            (name,),
        ).fetchone()
        connection.execute("UPDATE matter SET outcome = ? WHERE record_id = ?", (noun, matter_id))
        connection.execute(
            f"INSERT INTO {noun} (record_id, scope_id, version, matter_id, number, state, void, void_reason,"
            " field_op, extra) VALUES (?, ?, 1, ?, ?, 'registered', 0, '', '{}', '{}')",
            (ids.new_id(), scope, matter_id, f"MD2025-A000{n}"),
        )
    connection.execute(
        "UPDATE matter SET outcome = 'consultation' WHERE visit_id ="
        " (SELECT record_id FROM visit WHERE name_told = '陈某某')"
    )
    connection.commit()
    connection.close()
