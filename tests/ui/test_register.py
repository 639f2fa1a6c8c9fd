"""Every page of the register can be built, and those without a button are reached by name."""

import pytest

from desk.ui import register


def test_the_rail_shows_the_pages_that_work() -> None:
    specs = register.page_specs()
    assert [spec.shortcut for spec in specs if spec.on_rail] == ["Ctrl+1", "F2", "F7", "F8", ""]
    assert [spec.key for spec in specs if not spec.on_rail] == ["paper", "old_ledger", "check_receipt"]


@pytest.mark.parametrize("key", ["boards", "paper", "check_receipt"])
def test_a_page_is_imported_and_built_on_first_use(key: str, qtbot: object) -> None:
    from tests.ui import stage

    spec = next(spec for spec in register.page_specs() if spec.key == key)
    page = spec.build(stage.context())
    qtbot.addWidget(page)  # type: ignore[attr-defined] # the plugin's QtBot
    assert page.title == spec.title
    assert page.help_text
