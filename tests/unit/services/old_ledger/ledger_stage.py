"""The invented ledger of a town read on reception day, and the import service over a station at work."""

from datetime import date
from pathlib import Path

from desk.rules import local_rules
from desk.services.old_ledger import columns
from desk.services.old_ledger.imports import OldLedgers
from desk.services.old_ledger.understand import understand
from desk.services.old_ledger.values import Known, LedgerRow, OldLedger
from desk.services.profile import load_default
from desk.services.sheets.read import read
from tests.unit.services.visit_stage import Stage

LEDGER = Path(__file__).parents[3] / "real" / "民情台账-示例镇.xlsx"
TODAY = date(2026, 11, 23)
TOPICS = local_rules.categories(load_default(), TODAY)
KNOWN = Known(TODAY, {"郑勇欣": "d1"}, TOPICS, 999)


def town() -> OldLedger:
    """Return the whole ledger as understood."""
    return understand(read(LEDGER, columns.WORDS), KNOWN)


def at_line(line: int) -> LedgerRow:
    """Return the row of a line."""
    return next(row for row in town().rows if row.line == line)


def service(stage: Stage) -> OldLedgers:
    """Return the imports of whoever is at the desk."""
    return OldLedgers(stage.store, stage.session, stage.profiles, stage.numbers)
