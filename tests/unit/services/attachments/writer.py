"""Adds files to a visit until it is killed; prints the id of each once it is acknowledged.

`python -m tests.unit.services.attachments.writer FOLDER VISIT RUN`
"""

import itertools
import sys
from pathlib import Path

from desk.models.store import Store
from desk.services.attachments.values import Source
from tests.stores import KEY
from tests.unit.services import visit_stage
from tests.unit.services.attachments.conftest import service


def main() -> None:
    """Go on for ever."""
    folder, visit_id, run = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    attachments = service(visit_stage.reopened(Store.open(folder, KEY)))
    attachments.settle()
    for step in itertools.count():
        # Words need no process apart: more of the time is spent between file and row.
        words = f"{run} {step} ".encode() * (1 + step % 7 * 20_000)
        print(attachments.add("visit", visit_id, Source("a.txt", data=words)).value.id, flush=True)


if __name__ == "__main__":
    main()
