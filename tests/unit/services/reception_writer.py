"""Receives one visitor after another and says each step once it is acknowledged; to be killed."""

from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from desk.models.store import Store
from desk.services.drafts import Draft, Drafts
from tests.stores import KEY
from tests.unit.services import visit_stage


def serve(line: Connection, folder: str, prefix: str) -> None:
    """Type, open, type on, finish, drop the draft; over and over. The subject names draft and visit."""
    stage = visit_stage.reopened(Store.open(Path(folder), KEY))
    drafts = Drafts(stage.store, stage.session)
    for n in count():
        tag = f"{prefix}-{n}"
        form = stage.form(subject=tag)
        drafts.save(Draft(tag, "visit", "", {"subject": tag}, "subject"))
        line.send(("draft", tag))
        visit = stage.visits.open(form).value
        line.send(("open", visit.number))
        drafts.save(Draft(tag, "visit", visit.id, {"subject": tag, "statement": "一下雨"}, "statement"))
        stage.visits.finish(visit.id, form)
        line.send(("finish", tag))
        drafts.drop(tag)
