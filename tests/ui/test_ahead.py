"""What is imported ahead is what the way into the desk needs."""

import gc
import subprocess
import sys

from desk.ui import ahead

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


def test_the_desk_comes_with_its_first_page() -> None:
    modules = loaded("desk")
    assert {"desk.services.kit", "desk.ui.window", "desk.ui.pages.today.page"} <= modules
    assert "desk.ui.pages.boards.page" not in modules


def test_what_is_there_is_not_looked_through_again() -> None:
    ahead.desk()
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()


def test_initials_find_a_name() -> None:
    assert ahead.initials("李某梅") == ("lmm",)
