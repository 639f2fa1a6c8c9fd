"""The project keeps its house rules, and each rule catches a bad example. The rules are in house.py."""

import pytest

from tests import house
from tests.house import Rule, Source

ALL = house.sources()

BAD: dict[str, Source] = {
    "long_file": Source("desk/ui/window.py", "\n" * 301),
    "long_function": Source("desk/rules/x.py", "def f():\n" + "    a = 1\n" * 60),
    "big_class": Source(
        "desk/rules/x.py", "class C:\n" + "".join(f"    def m{n}(self): ...\n" for n in range(21))
    ),
    "banned_name": Source("desk/services/utils.py", ""),
    "dialog_exec": Source("desk/ui/pages/today/page.py", "dialog.exec()"),
    "style_in_code": Source("desk/ui/window.py", "self.setStyleSheet(text)"),
    "colour_in_code": Source("resources/theme/10_x.qss", "QLabel { color: #c8102e; }"),
    "fixed_wait": Source("tests/ui/test_x.py", "qtbot.wait(100)"),
    "star_import": Source("desk/ui/x.py", "from os import *"),
    "lazy_import": Source("desk/ui/x.py", "def f():\n    import json\n"),
    "no_docstring": Source("desk/rules/x.py", '"""Module."""\ndef f(): ...\n'),
    "full_init": Source("desk/rules/__init__.py", '"""Rules."""\nimport os\n'),
    "no_mirror": Source("desk/rules/nobody_tests_me.py", "def f(): ...\n"),
    "foreign_place": Source("docs/x.md", "see /" + "root/notes"),
    "page_tries": Source("desk/ui/pages/today/page.py", "try:\n    f()\nfinally:\n    g()\n"),
    "nameless_timer": Source("desk/ui/x.py", "timer = QTimer(self)\n"),
    "unfinished": Source("desk/rules/x.py", "# TO" + "DO: later"),
}


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    offences = [offence for source in ALL for offence in rule(source)]
    assert not offences, f"{rule.__doc__}\n" + "\n".join(offences)


@pytest.mark.parametrize("rule", house.RULES, ids=lambda rule: rule.__name__)
def test_the_rule_catches_a_bad_example(rule: Rule) -> None:
    assert len(list(rule(BAD[rule.__name__]))) == 1


def test_heavy_packages_may_be_imported_late() -> None:
    late = "def f():\n    from reportlab.pdfgen import canvas\n"
    assert not list(house.lazy_import(Source("desk/services/pdf/x.py", late)))
    assert not list(house.lazy_import(Source("desk/app.py", "def f():\n    import json\n")))


def test_a_file_of_declarations_needs_no_mirror() -> None:
    assert not list(
        house.no_mirror(Source("desk/models/nobody_tests_me.py", "class Visit:\n    number: str\n"))
    )


@pytest.mark.parametrize(
    ("path", "mirror"),
    [
        ("desk/rules/deadlines.py", "tests/unit/rules/test_deadlines.py"),
        ("desk/services/pdf/receipt.py", "tests/unit/services/pdf/test_receipt.py"),
        ("desk/services/pdf/receipt.py", "tests/unit/services/test_receipt.py"),
        ("desk/models/store.py", "tests/models/test_store.py"),
        ("desk/ui/pages/today/page.py", "tests/ui/pages/test_today.py"),
        ("desk/ui/pages/today/rows.py", "tests/ui/test_today.py"),
        ("desk/clock.py", "tests/test_clock.py"),
    ],
)
def test_the_mirror_of_a_file(path: str, mirror: str) -> None:
    assert mirror in house.mirrors(path)


def test_the_whole_project_is_read() -> None:
    read = {source.path for source in ALL}
    assert {"desk/clock.py", "tests/house.py", "Makefile", ".ci/run", "pyproject.toml"} <= read
