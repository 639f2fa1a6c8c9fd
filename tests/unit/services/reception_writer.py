"""Receives one visitor after another and says each step once it is acknowledged; to be killed.

`python -m tests.unit.services.reception_writer FOLDER PREFIX`
"""

import sys
from itertools import count
from pathlib import Path

from desk.models.store import Store
from desk.services.drafts import Draft, Drafts
from tests.stores import KEY
from tests.unit.services import visit_stage


def main() -> None:
    """Type, open, type on, finish, drop the draft; over and over. The subject names draft and visit."""
    stage = visit_stage.reopened(Store.open(Path(sys.argv[1]), KEY))
    drafts = Drafts(stage.store, stage.session)
    for n in count():
        tag = f"{sys.argv[2]}-{n}"
        form = stage.form(subject=tag)
        drafts.save(Draft(tag, "visit", "", {"subject": tag}, "subject"))
        print("draft", tag, flush=True)
        visit = stage.visits.open(form).value
        print("open", visit.number, flush=True)
        drafts.save(Draft(tag, "visit", visit.id, {"subject": tag, "statement": "一下雨"}, "statement"))
        stage.visits.finish(visit.id, form)
        print("finish", tag, flush=True)
        drafts.drop(tag)


if __name__ == "__main__":
    main()
