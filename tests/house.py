"""The house rules no linter knows. Each takes one source file and yields its offences for test_house.py.

The mirror of a file under desk/: every module but `__init__`, `__main__` and the migrations has a test file.
    desk/rules/x.py, desk/services/x.py, desk/wire/x.py   tests/unit/<floor>/test_x.py
    desk/models/x.py, desk/ui/x.py, desk/demo/x.py        tests/<floor>/test_x.py
    desk/x.py                                             tests/test_x.py or tests/unit/test_x.py
Folders below a floor are mirrored (desk/services/pdf/x.py → tests/unit/services/pdf/test_x.py), or the file
stands on the floor itself as test_x.py or test_<folder>_x.py. A folder of desk/ui whose files are one thing,
such as the page, rows and form of pages/<noun>/, may have the one file test_<noun>.py. A file that only
declares (columns of a table, frozen values, labels) and holds no function has nothing to mirror.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent

FILE_LINES = 400
WINDOW_LINES = 300
FUNCTION_LINES = 60
CLASS_METHODS = 20
BANNED_NAMES = {"utils", "util", "helper", "helpers", "common", "manager", "base"}
MAY_BE_CALLED_BASE = {"desk/models/base.py"}

# May be imported inside functions: they cost start-up time or memory (docs/decisions/0004).
HEAVY = (
    *("sqlalchemy.", "alembic.", "reportlab.", "pypinyin.", "keyring.", "zxcvbn.", "openpyxl."),
    *("python_calamine.", "PIL.", "pypdfium2.", "zxingcpp.", "qrcode.", "psutil.", "httpx."),
    # 5 ms of the first window, for a window that is seldom opened.
    "PySide6.QtPrintSupport.",
    # With these come reportlab, SQLAlchemy and alembic, which may only load behind the sign-on window.
    *(
        "desk.services.pdf.",
        "desk.services.opening.",
        "desk.services.first_start.",
        "desk.services.joining.",
        "desk.models.migrations.",
    ),
)
# These choose at run time what is loaded at all.
CHOOSERS = {
    *("desk/app.py", "desk/cli.py", "desk/services/kit.py"),
    *("desk/ui/ahead.py", "desk/ui/entrance.py", "desk/ui/register.py"),
    *("desk/ui/pages/mediation/later.py", "desk/ui/pages/consultation/later.py"),
}

MIGRATIONS = ("desk/models/migrations/", "desk/hub/migrations/")

_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
# The parts are joined here so that this file does not offend its own rule.
_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "crates" + ".io",
    "proxy.golang" + ".org",
)
_FOREIGN = re.compile("|".join([*map(re.escape, _HOSTS), r"(?<![\w./~-])/(?:root|work)/"]))
_UNFINISHED = re.compile("TO" + "DO|FIX" + "ME")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


@dataclass(frozen=True)
class Source:
    """One text file of the project: its path from the root, with forward slashes, and what it says."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed module."""
        return ast.parse(self.text)

    @property
    def is_desk(self) -> bool:
        """Whether this is a Python file of the program."""
        return self.path.startswith("desk/") and self.path.endswith(".py")

    @property
    def is_python(self) -> bool:
        """Whether this is a Python file at all."""
        return self.path.endswith(".py")

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return Path(self.path).stem


Rule = Callable[[Source], Iterator[str]]
Node = TypeVar("Node", bound=ast.AST)


def long_file(source: Source) -> Iterator[str]:
    """A file is at most 400 lines, window.py 300."""
    if source.is_python:
        limit = WINDOW_LINES if source.path == "desk/ui/window.py" else FILE_LINES
        lines = source.text.count("\n")
        if lines > limit:
            yield f"{source.path} has {lines} lines, at most {limit}"


def long_function(source: Source) -> Iterator[str]:
    """A function is at most 60 lines."""
    for node in _nodes(source, *_FUNCTION):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{source.path}:{node.lineno} {node.name} has {lines} lines, at most {FUNCTION_LINES}"


def big_class(source: Source) -> Iterator[str]:
    """A class has at most 20 methods."""
    for node in _nodes(source, ast.ClassDef):
        methods = sum(isinstance(each, _FUNCTION) for each in node.body)
        if methods > CLASS_METHODS:
            yield f"{source.path}:{node.lineno} {node.name} has {methods} methods, at most {CLASS_METHODS}"


def banned_name(source: Source) -> Iterator[str]:
    """No file is a drawer for everything."""
    if source.is_python and source.name in BANNED_NAMES and source.path not in MAY_BE_CALLED_BASE:
        yield f"{source.path} needs a name that says what is in it"


def dialog_exec(source: Source) -> Iterator[str]:
    """Dialogs are opened with open(); exec() is for ui/notices.py, and app.py starts the loop."""
    if source.is_desk and source.path not in {"desk/ui/notices.py", "desk/app.py"}:
        for node in _calls(source, "exec"):
            yield f"{source.path}:{node.lineno} calls .exec(): use open() and a signal, or notices"


def style_in_code(source: Source) -> Iterator[str]:
    """Only ui/style.py sets a style sheet."""
    if source.is_desk and source.path != "desk/ui/style.py":
        for node in _calls(source, "setStyleSheet"):
            yield f"{source.path}:{node.lineno} calls setStyleSheet: set a property, the QSS says the rest"


def colour_in_code(source: Source) -> Iterator[str]:
    """Colours stand in resources/theme/tokens.toml only."""
    if source.is_desk:
        for node in _nodes(source, ast.Constant):
            if isinstance(node.value, str) and _COLOUR.search(node.value):
                yield f"{source.path}:{node.lineno} holds a colour: name a token of tokens.toml"
    elif source.path.endswith(".qss"):
        for number, line in enumerate(source.text.splitlines(), 1):
            if re.search(r":[^;{]*" + _COLOUR.pattern, line):
                yield f"{source.path}:{number} holds a colour: name a token of tokens.toml"


def fixed_wait(source: Source) -> Iterator[str]:
    """No test waits for luck: waitSignal and waitUntil instead of wait and sleep."""
    if source.path.startswith("tests/"):
        for node in _nodes(source, ast.Call):
            called = ast.unparse(node.func)
            if called in {"qtbot.wait", "time.sleep", "sleep", "QTest.qWait", "QTest.qSleep"}:
                yield f"{source.path}:{node.lineno} calls {called}: use waitSignal, waitUntil or a fake clock"


def star_import(source: Source) -> Iterator[str]:
    """Nothing is imported with a star."""
    for node in _nodes(source, ast.ImportFrom):
        if any(name.name == "*" for name in node.names):
            yield f"{source.path}:{node.lineno} imports * from {node.module}"


def lazy_import(source: Source) -> Iterator[str]:
    """Imports stand at the top, but for the heavy packages of the list and the files that choose."""
    if not source.is_desk or source.path in CHOOSERS:
        return
    for function in _nodes(source, *_FUNCTION):
        for node in ast.walk(function):
            for module in _imported(node):
                if not f"{module}.".startswith(HEAVY):
                    yield f"{source.path}:{node.lineno} imports {module} inside {function.name}"


def no_docstring(source: Source) -> Iterator[str]:
    """Modules and public functions and classes of the program say what they are for."""
    if source.is_desk:
        if not ast.get_docstring(source.tree):
            yield f"{source.path} says nothing about itself"
        for node in source.tree.body:
            public = isinstance(node, (*_FUNCTION, ast.ClassDef)) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                yield f"{source.path}:{node.lineno} {node.name} has no docstring"


def full_init(source: Source) -> Iterator[str]:
    """A package's `__init__` holds one sentence; only desk itself adds its version."""
    is_room = source.is_desk and source.name == "__init__" and source.path != "desk/__init__.py"
    if is_room and len(source.tree.body) != 1:
        yield f"{source.path} holds more than one sentence"


def no_mirror(source: Source) -> Iterator[str]:
    """Each file of the program has its mirror among the tests (the mapping is in this file's docstring)."""
    outside = source.name.startswith("__") or source.path.startswith(MIGRATIONS)
    if not source.is_desk or outside or not any(_nodes(source, *_FUNCTION)):
        return
    if not any((ROOT / each).is_file() for each in mirrors(source.path)):
        yield f"{source.path} has no test file: {mirrors(source.path)[0]}"


def foreign_place(source: Source) -> Iterator[str]:
    """No name of a package registry host and no path of one machine stands in the project."""
    for number, line in enumerate(source.text.splitlines(), 1):
        for found in _FOREIGN.findall(line):
            yield f"{source.path}:{number} names {found}"


def page_tries(source: Source) -> Iterator[str]:
    """A page asks; what is refused comes back by tasks and notices, never by a try of its own."""
    if source.path.startswith("desk/ui/pages/"):
        for node in _nodes(source, ast.Try):
            yield f"{source.path}:{node.lineno} tries: a rule or service answers, or tasks tell the problem"


def nameless_timer(source: Source) -> Iterator[str]:
    """A timer has a name: the guards say by it what a test has left running."""
    if source.is_desk:
        names = source.text.count(".setObjectName(")
        for place, node in enumerate(_calls_of(source, "QTimer"), 1):
            if place > names:
                yield f"{source.path}:{node.lineno} makes a timer without a name"


def unfinished(source: Source) -> Iterator[str]:
    """Nothing is left for later in a comment."""
    for number, line in enumerate(source.text.splitlines(), 1):
        for found in _UNFINISHED.findall(line):
            yield f"{source.path}:{number} says {found}"


RULES: tuple[Rule, ...] = (
    *(
        long_file,
        long_function,
        big_class,
        banned_name,
        dialog_exec,
        style_in_code,
        colour_in_code,
        fixed_wait,
    ),
    *(star_import, lazy_import, no_docstring, full_init, no_mirror, foreign_place, unfinished),
    *(page_tries, nameless_timer),
)


def mirrors(path: str) -> list[str]:
    """Return the test files that may mirror one file of the program, the exact one first."""
    *folders, file = Path(path).with_suffix("").parts[1:]
    if not folders:
        return [f"tests/test_{file}.py", f"tests/unit/test_{file}.py"]
    floor, *rooms = folders
    home = f"tests/unit/{floor}" if floor in {"rules", "services", "wire"} else f"tests/{floor}"
    exact = "/".join([home, *rooms, f"test_{file}.py"])
    if not rooms:
        return [exact]
    above = "/".join([home, *rooms[:-1], f"test_{rooms[-1]}.py"])
    flat = [f"{home}/test_{file}.py", f"{home}/test_{rooms[-1]}_{file}.py"]
    if floor == "ui":
        flat += [above, f"{home}/test_{rooms[-1]}.py"]
    return [exact, *flat]


def sources() -> list[Source]:
    """Return every text file that belongs to the project."""
    # In a second work tree of git, `.git` is a file that names a place of this machine.
    paths = [each for each in ROOT.iterdir() if each.is_file() and not each.name.endswith((".lock", ".git"))]
    for folder in ("desk", "tests", "tools", "docs", "resources", ".ci"):
        paths += [each for each in (ROOT / folder).rglob("*") if each.is_file()]
    readable = {".py", ".toml", ".md", ".sh", ".qss", ".svg", ".spec", ".yaml", ".mako", ""}
    chosen = sorted(each for each in paths if each.suffix in readable and "__pycache__" not in each.parts)
    return [Source(each.relative_to(ROOT).as_posix(), each.read_text(encoding="utf-8")) for each in chosen]


def _nodes(source: Source, *kinds: type[Node]) -> Iterator[Node]:
    if source.is_python:
        for node in ast.walk(source.tree):
            if isinstance(node, kinds):
                yield node


def _calls(source: Source, method: str) -> Iterator[ast.Call]:
    for node in _nodes(source, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node


def _calls_of(source: Source, name: str) -> Iterator[ast.Call]:
    for node in _nodes(source, ast.Call):
        if isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{name.name}" for name in node.names]
    return []
