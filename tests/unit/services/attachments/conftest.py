"""A station with one visit, and the attachments service as a clerk has it."""

import pytest

from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment
from tests.unit.services.attachments import samples
from tests.unit.services.visit_stage import Stage


@pytest.fixture
def attachments(stage: Stage) -> Attachments:
    """The service as the clerk at the desk has it."""
    return service(stage)


@pytest.fixture
def visit_id(stage: Stage) -> str:
    """A finished visit."""
    return stage.finished()


@pytest.fixture
def photo(attachments: Attachments, visit_id: str) -> Attachment:
    """A photo that hangs on the visit."""
    return attachments.add("visit", visit_id, samples.photo()).value


def service(stage: Stage) -> Attachments:
    """Return the service for whoever is at the desk."""
    return Attachments(stage.store, stage.session, stage.profiles)
