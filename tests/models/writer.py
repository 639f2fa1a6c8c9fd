"""Writes visits for ever and says each number once it is saved; to be killed.

`python -m tests.models.writer FOLDER PREFIX`
"""

import sys
from itertools import count
from pathlib import Path

from desk.models.store import Store
from desk.services import audit
from tests import factories
from tests.stores import KEY


def main() -> None:
    """Add one visit with matter and audit entry a block, then change it."""
    store = Store.open(Path(sys.argv[1]), KEY)
    for n in count():
        visit = factories.visit(number=f"{sys.argv[2]}-{n}")
        with store.write("u1") as session:
            session.add_all([visit, factories.matter(visit_id=visit.record_id, statement="经过" * 500)])
            audit.append(session, "finish", user_id="u1", noun="visit", target_id=visit.record_id)
        print(visit.number, flush=True)


if __name__ == "__main__":
    main()
