"""The clear-content checklist of an agreement (SQ-05): a court rejects what nobody could enforce.

Amount, payee, date, way, breach. Nothing here blocks the agreement; the clerk sees what a judge would miss.
"""

from dataclasses import dataclass
from typing import Final

from desk.rules.agreement import Agreement, Clause
from desk.rules.visit_states import Missing

ITEMS: Final = {
    "amount": "金额",
    "payee": "收款人",
    "date": "期限",
    "way": "方式",
    "breach": "违约责任",
}


@dataclass(frozen=True)
class Check:
    """One item of the list; `applies` is False where no clause asks for it, `gaps` name the clauses."""

    item: str
    label: str
    applies: bool
    gaps: tuple[Missing, ...]

    @property
    def passed(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.gaps


def clear_content(agreement: Agreement) -> tuple[Check, ...]:
    """Return the five items in order, each with the clauses that lack it (SQ-05)."""
    found: dict[str, list[Missing]] = {item: [] for item in ITEMS}
    for number, clause in enumerate(agreement.clauses, start=1):
        for item, sentence in _unclear(number, clause, agreement):
            found[item].append(Missing(item, sentence))
    kinds = {clause.kind for clause in agreement.clauses}
    owing = bool(kinds - {"declaration"})
    applies = dict.fromkeys(ITEMS, owing) | dict.fromkeys(("amount", "payee"), "money" in kinds)
    return tuple(Check(item, label, applies[item], tuple(found[item])) for item, label in ITEMS.items())


def is_clear(agreement: Agreement) -> bool:
    """Tell whether a court would find every clause clear enough, and there is any."""
    return bool(agreement.clauses) and all(check.passed for check in clear_content(agreement))


def _unclear(number: int, clause: Clause, agreement: Agreement) -> list[tuple[str, str]]:
    if clause.kind == "declaration":
        return []
    found = []
    if clause.kind == "money":
        if not clause.fen:
            found.append(("amount", f"第 {number} 条没有写金额。"))
        if not clause.payee.strip():
            found.append(("payee", f"第 {number} 条没有写收款人。"))
    if clause.due is None and agreement.mode != "immediate":
        found.append(("date", f"第 {number} 条没有写哪天前履行。"))
    if not clause.way.strip():
        found.append(("way", f"第 {number} 条没有写怎样履行。"))
    if not clause.breach.strip() and not agreement.breach.strip():
        found.append(("breach", f"第 {number} 条没有写不履行怎么办（建议写明）。"))
    return found
