"""Each rule of domain.md §3 and §6 that binds the program is quoted by a test, and asked by the program.

It is quoted twice: by a test of the rules, and by one of the services, papers or pages that ask them.

A rule that is only computed and asked by nobody binds nobody: every function of the rules of mediation and
consultation is reached from the services or the pages.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import ROOT

BINDING = [f"MED-{n:02}" for n in (*range(1, 17), 18, 19, *range(20, 31))]
BINDING += [f"SQ-{n:02}" for n in range(1, 7)]
BINDING += [f"FL-{n:02}" for n in range(1, 15) if n != 12]
# MED-17 (misconduct), 31 (a standard without a text), 32 (petition organs), SQ-07 (a third party's suit)
# ask nothing of the rules; FL-12 (secrecy) is a matter of rights, tested with the services.

RULES = ROOT / "desk" / "rules"
OF_THE_LAW = (
    *("agreement", "agreement_money", "case_numbers", "clear_content", "confirmation", "conflict_check"),
    *("consultation_codes", "consultation_states", "consultation_terms", "dossier", "dossier_grade"),
    *("legal_aid", "limitation", "mediation_clock", "mediation_eligibility", "mediation_guards"),
    *("mediation_parties", "mediation_rules", "mediation_states", "mediation_statistics", "papers_due"),
    *("sittings", "statutes"),
)

Name = tuple[str, str]
"""Module and function of the rules."""


def quoted() -> set[str]:
    """Return the numbers that names of test functions in this folder carry: test_med12_… is MED-12."""
    found: set[str] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8")):
            numbers = re.findall(r"_(med|sq|fl)_?([0-9]{2})(?=_)", name)
            found |= {f"{kind.upper()}-{n}" for kind, n in numbers}
    return found


@pytest.mark.parametrize("number", BINDING)
def test_a_test_is_named_after_the_rule(number: str) -> None:
    assert number in quoted()


def quoted_above() -> set[str]:
    """Return the numbers that tests of services, papers and pages carry: by name, or MED-02, 05 in words."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        if path.parent == Path(__file__).parent:
            continue
        text = path.read_text(encoding="utf-8")
        for kind, first, more in re.findall(r"\b(MED|SQ|FL)-(\d\d)((?:, \d\d\b| and \d\d\b)*)", text):
            found |= {f"{kind}-{n}" for n in (first, *re.findall(r"\d\d", more))}
        for name in re.findall(r"def (test_\w+)", text):
            numbers = re.findall(r"_(med|sq|fl)_?([0-9]{2})(?=_)", name)
            found |= {f"{kind.upper()}-{n}" for kind, n in numbers}
    return found


ABOVE = quoted_above()


@pytest.mark.parametrize("number", [*BINDING, "FL-12"])
def test_a_test_says_what_the_program_makes_of_the_rule(number: str) -> None:
    assert number in ABOVE


def imported(tree: ast.Module, own: str = "") -> dict[str, Name]:
    """Return what a file calls the rules: a function's name, or a module's with an empty function."""
    known: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "desk.rules":
            known |= {each.asname or each.name: (each.name, "") for each in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desk.rules."):
            module = str(node.module).removeprefix("desk.rules.")
            known |= {each.asname or each.name: (module, each.name) for each in node.names}
    if own:
        known |= {node.name: (own, node.name) for node in tree.body if isinstance(node, ast.FunctionDef)}
    return known


def asked(node: ast.AST, known: dict[str, Name]) -> Iterator[Name]:
    """Yield the functions of the rules that stand in a piece of a file."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            module, function = known.get(each.value.id, ("", "-"))
            if not function:
                yield module, each.attr
        elif isinstance(each, ast.Name) and each.id in known:
            yield known[each.id]


def reached() -> set[Name]:
    """Return all functions of the rules the program comes to, from outside of them on."""
    waiting: list[Name] = []
    inside: dict[Name, list[Name]] = {}
    for path in (ROOT / "desk").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.parent != RULES:
            waiting += asked(tree, imported(tree))
            continue
        known = imported(tree, path.stem)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                inside[path.stem, node.name] = list(asked(node, known))
            else:
                # Tables and classes stand whenever the module does.
                waiting += asked(node, known)
    found: set[Name] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += inside.get(name, ())
    return found


def test_every_rule_is_asked_by_the_program() -> None:
    come_to = reached()
    lonely = [
        f"{module}.{node.name}"
        for module in OF_THE_LAW
        for node in ast.parse((RULES / f"{module}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and (module, node.name) not in come_to
    ]
    assert lonely == []
