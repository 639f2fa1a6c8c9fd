"""What is imported ahead is what the way into the desk needs, and no more is there when 今日 stands."""

import gc
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from desk.ui import ahead
from tests.house import ROOT
from tests.sign_on import PASSWORD, SETUP, MemorySecrets, cheap_login

# What draws papers, reads sheets, pictures and codes, speaks to the county or makes an older store new; and
# our own large services that come with their page. Each on the page 今日 is memory that nobody there uses.
_ELSEWHERE = (
    *("reportlab", "PIL", "pypdfium2", "qrcode", "zxingcpp", "openpyxl", "python_calamine", "lxml"),
    *("alembic", "mako", "httpx", "httpcore", "anyio", "h11", "certifi"),
    *("pypinyin", "zxcvbn", "greenlet", "sqlalchemy.ext.asyncio", "PySide6.QtPrintSupport"),
    *("sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.mysql", "sqlite3", "psycopg"),
    *("http", "urllib.request", "xml", "multiprocessing", "unittest", "pydoc"),
    *("desk.hub", "desk.demo", "desk.services.seed", "desk.services.pdf", "desk.services.papers"),
    *("desk.services.mediation.mediations", "desk.services.mediation.papers"),
    *("desk.services.consultation.bundle", "desk.services.old_ledger.imports"),
    *("desk.services.audit_log", "desk.services.roster.imports", "desk.models.migrations.versions"),
)

_ASK = "from desk.ui import ahead; import sys; ahead.{what}(); print(*sys.modules, sep='\\n')"


def loaded(what: str) -> set[str]:
    """Return the modules there after one of the imports in a program of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK.format(what=what)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_wizard_comes_without_what_opens_the_store() -> None:
    modules = loaded("wizard")
    assert "desk.ui.pages.setup.page" in modules
    assert "sqlalchemy" not in modules


def test_the_sheet_s_window_comes_without_what_opens_the_store() -> None:
    modules = loaded("sheet")
    assert "desk.ui.preview.window" in modules
    assert "sqlalchemy" not in modules


def test_the_desk_comes_with_its_first_page() -> None:
    modules = loaded("desk")
    assert {"desk.services.kit", "desk.ui.window", "desk.ui.pages.today.page"} <= modules
    assert "desk.ui.pages.boards.page" not in modules


def test_what_is_there_is_not_looked_through_again() -> None:
    ahead.desk()
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()


def test_pages_are_imported_piece_by_piece_with_what_an_open_case_is_made_of() -> None:
    asked: list[tuple[str, ...]] = []
    services: Any = SimpleNamespace(ready=lambda nouns: asked.append(tuple(nouns)))
    pieces = list(ahead.pages(["today", "mediation", "settings"], services))
    assert len(pieces) == 2
    for piece in pieces:
        piece()
    assert asked == [("mediation",), ("case_papers", "consultation")]
    assert {"desk.ui.pages.mediation.page", "desk.ui.pages.mediation.case"} <= sys.modules.keys()


def test_who_sees_no_cases_gets_no_pages_of_them() -> None:
    services: Any = SimpleNamespace(ready=lambda _nouns: None)
    assert len(list(ahead.pages(["today", "visits", "deputies", "settings"], services))) == 1


def test_initials_find_a_name() -> None:
    assert ahead.initials("李某梅") == ("lmm",)


def test_today_stands_without_what_only_other_pages_need(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    cheap_login(folder, MemorySecrets(works=False)).first_start(SETUP).store.close()
    known = {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = subprocess.run(
        [sys.executable, ROOT / "tests/ui/children/first_page.py", folder, PASSWORD],
        env=os.environ | known | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    there = set(done.stdout.split())
    assert {"desk.services.kit", "desk.services.today", "desk.ui.pages.today.page", "desk.ui.heap"} <= there
    assert [name for name in there if f"{name}.".startswith(tuple(f"{each}." for each in _ELSEWHERE))] == []
