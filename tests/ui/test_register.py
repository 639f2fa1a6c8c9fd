"""Every page of the register can be built, and those without a button are reached by name."""

import ast
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desk.models.store import Store
from desk.rules.rights import may
from desk.services import kit
from desk.ui import register
from desk.ui.page import PageSpec
from desk.ui.pages.mediation import later
from desk.ui.preview.window import PaperWindow
from tests.fakes import FakeClock
from tests.house import ROOT
from tests.ui.paper_stage import stage as paper_stage

_EVERYBODYS = ["密码与恢复单", "本机", "文字大小", "本地规则", "备份", "县级平台", "冲突"]
"""Settings that ask for no right to be looked at."""


def test_the_rail_shows_the_pages_that_work() -> None:
    specs = register.page_specs()
    assert [spec.shortcut for spec in specs if spec.on_rail] == ["Ctrl+1", "F2", "F3", "F4", "F7", "F8", ""]
    assert [spec.key for spec in specs if not spec.on_rail] == ["paper", "old_ledger", "check_receipt"]


@pytest.mark.parametrize(
    ("post", "titles"),
    [
        ("sysadmin", ["站点", *_EVERYBODYS]),
        ("secadmin", ["站点", "用户", *_EVERYBODYS]),
        ("audadmin", ["站点", "用户", *_EVERYBODYS, "操作记录"]),
    ],
)
def test_sec_11_who_holds_but_a_post_has_the_settings_of_it(
    post: str, titles: list[str], qtbot: QtBot
) -> None:
    from tests.ui import stage

    (spec,) = register.page_specs(partial(may, {post}, split_admins=True))
    assert (spec.key, spec.receives) == ("settings", False)
    page = spec.build(stage.context())
    qtbot.addWidget(page)
    menu = page.findChild(QListWidget)
    assert [menu.item(at).text() for at in range(menu.count())] == titles


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


def test_a_page_s_services_are_got_ready_with_it() -> None:
    asked: list[str] = []

    class Services:
        def ready(self, nouns: tuple[str, ...]) -> None:
            asked.extend(nouns)

    register.load_page("today", Services())  # type: ignore[arg-type]  # only what is asked of it
    assert asked == []
    register.load_page("mediation", Services())  # type: ignore[arg-type]  # as above
    assert asked == ["mediation"]
    later.cases(Services())  # type: ignore[arg-type]  # as above
    assert asked == ["mediation", "case_papers", "consultation"]


def modules_of(key: str) -> set[Path]:
    """Return the files of a page and of all it imports of the ui, other pages aside."""
    found: set[Path] = set()
    waiting = set((ROOT / "desk/ui/pages" / key).rglob("*.py"))
    while waiting:
        file = waiting.pop()
        found.add(file)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desk.ui"):
                parent = ROOT.joinpath(*str(node.module).split("."))
                named = {parent.with_suffix(".py"), *(parent / f"{name.name}.py" for name in node.names)}
                waiting |= {each for each in named if each.exists() and "pages" not in each.parts} - found
    return found


def asked_here(tree: ast.AST, depth: int = 0) -> Iterator[str]:
    """Yield the late services asked for by a function itself; one inside it is work for another thread."""
    inner = isinstance(tree, (ast.FunctionDef, ast.Lambda))
    if isinstance(tree, ast.Attribute) and tree.attr in kit.LATE and depth < 2:
        owner = tree.value
        if "services" in {getattr(owner, "attr", ""), getattr(owner, "id", "")}:
            yield tree.attr
    for child in ast.iter_child_nodes(tree):
        yield from asked_here(child, depth + inner)


@pytest.mark.parametrize("spec", register.page_specs(), ids=lambda spec: spec.key)
def test_no_page_imports_a_service_on_the_qt_thread(spec: PageSpec) -> None:
    """Up to 0.1 s each: what a page asks for on the Qt thread came with it, in the background."""
    asked = {noun for file in modules_of(spec.key) for noun in asked_here(ast.parse(file.read_text("utf-8")))}
    own = later.NEEDS if spec.key == "mediation" else ()
    assert asked <= {*register._NEEDS.get(spec.key, ()), *own}


def test_the_frame_asks_for_none_of_them() -> None:
    for file in [*(ROOT / "desk/ui").glob("*.py"), ROOT / "desk/app.py"]:
        if file.name != "interest_tool.py":  # part of the two pages of cases
            assert not list(asked_here(ast.parse(file.read_text("utf-8")))), file


def test_pages_of_cases_are_for_those_who_may_read_or_write_them() -> None:
    keys = [
        spec.key for spec in register.page_specs(lambda verb, group: (verb, group) != ("read", "mediation"))
    ]
    assert "mediation" in keys
    assert "mediation" not in [spec.key for spec in register.page_specs(lambda _verb, _group: False)]
