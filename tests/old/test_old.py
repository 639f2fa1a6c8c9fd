"""A store saved by every released version opens today, whole and with all it held."""

import shutil
from pathlib import Path

import pytest

from desk import __version__
from desk.services import kit
from desk.services.login import Login
from desk.services.visit_values import VisitForm
from tests.e2e.station import PASSWORD
from tests.old.save import HERE
from tests.sign_on import MemorySecrets

SAVED = sorted(folder for folder in HERE.iterdir() if (folder / "desk.db").exists())


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
        assert names == {"王𬱖某", "欧阳某", "买买提·某", "陈某某"}
        assert len(services.deputies.list()) == 67
        assert services.search.find("oym")
        assert services.verify.run().ok
        assert services.visits.open(VisitForm(name="李某某", subject="宅基地边界")).value.number.endswith(
            "0005"
        )
    finally:
        opened.store.close()
