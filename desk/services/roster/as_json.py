"""`desk roster FILE`: what the import understands of a file, as JSON, without a store."""

import json
from pathlib import Path

from desk.services.roster import columns, refusals
from desk.services.roster.understand import understand
from desk.services.roster.values import Roster, RosterRow
from desk.services.sheets.read import read


def roster_as_json(path: Path) -> str:
    """Return the understood roster as JSON text; raises InputProblem if the file cannot be used."""
    roster = understand(read(path, columns.WORDS))
    if not any(column.meaning == columns.NAME for column in roster.columns):
        raise refusals.no_names()
    return json.dumps(as_values(roster), ensure_ascii=False, indent=2)


def as_values(roster: Roster) -> dict[str, object]:
    """Return the roster as plain values: the rows, what was passed over, and notes on the whole file."""
    return {
        "rows": [_row(row) for row in roster.rows],
        "skipped": [{"line": s.line, "text": s.text, "reason": s.reason} for s in roster.skipped],
        "notes": list(roster.notes),
    }


def _row(row: RosterRow) -> dict[str, object]:
    return {
        "line": row.line,
        "name": row.name,
        "levels": list(row.levels),
        "constituency": row.constituency,
        "post": row.post,
        "phone": row.phone,
        "departed": row.departed,
        "doubts": [f"{columns.MEANING[doubt.field]}：{doubt.sentence}" for doubt in row.doubts],
    }
