"""Every page of the register can be built, and those without a button are reached by name."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.ui import register
from desk.ui.page import PageSpec
from desk.ui.preview.window import PaperWindow
from tests.fakes import FakeClock
from tests.ui.paper_stage import stage as paper_stage


def test_the_rail_shows_the_pages_that_work() -> None:
    specs = register.page_specs()
    assert [spec.shortcut for spec in specs if spec.on_rail] == ["Ctrl+1", "F2", "F3", "F4", "F7", "F8", ""]
    assert [spec.key for spec in specs if not spec.on_rail] == ["paper", "old_ledger", "check_receipt"]


@pytest.mark.parametrize("key", ["boards", "paper", "check_receipt"])
def test_a_page_is_imported_and_built_on_first_use(key: str, qtbot: object) -> None:
    from tests.ui import stage

    spec = next(spec for spec in register.page_specs() if spec.key == key)
    page = spec.build(stage.context())
    qtbot.addWidget(page)  # type: ignore[attr-defined] # the plugin's QtBot
    assert page.title == spec.title
    assert page.help_text


def test_the_wizard_s_paper_has_a_window_that_prints(
    qtbot: QtBot, store: Store, fake_clock: FakeClock, tmp_path: Path
) -> None:
    made = paper_stage(store, tmp_path)
    over = QWidget()
    qtbot.addWidget(over)
    register.show_paper(made.context, made.desk.papers.recovery_sheet("7K2M-9QRT"), over)
    (shown,) = over.findChildren(PaperWindow)
    assert shown.isVisible()
    assert shown.print_button.hasFocus() or shown.focusWidget() is shown.print_button
    shown.reject()


@pytest.mark.parametrize("spec", register.page_specs(), ids=lambda spec: spec.key)
def test_every_page_stands_where_it_is_imported_ahead(spec: PageSpec) -> None:
    register.load_page(spec.key)
    assert f"desk.ui.pages.{spec.key}.page" in sys.modules


def test_pages_of_cases_are_for_those_who_may_read_or_write_them() -> None:
    keys = [
        spec.key for spec in register.page_specs(lambda verb, group: (verb, group) != ("read", "mediation"))
    ]
    assert "mediation" in keys
    assert "mediation" not in [spec.key for spec in register.page_specs(lambda _verb, _group: False)]
