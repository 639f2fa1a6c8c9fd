"""Rights follow the record something hangs on (SEC-04, LZ-11, FL-12)."""

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.attachment import Attachment as Row
from desk.models.audit import Audit
from desk.models.store import Store
from desk.services.attachments.service import Attachments
from desk.services.attachments.values import Attachment
from tests import factories
from tests.unit.services.attachments import samples
from tests.unit.services.attachments.conftest import service
from tests.unit.services.visit_stage import Stage

pytestmark = pytest.mark.usefixtures("here")


def _rows(store: Store) -> int:
    with store.read() as rows:
        return len(rows.scalars(select(Row)).all())


def _audited(store: Store) -> list[tuple[str, str]]:
    with store.read() as rows:
        found = rows.scalars(select(Audit).where(Audit.noun == "attachment").order_by(Audit.n))
        return [(entry.action, entry.target_id) for entry in found]


def test_rights_follow_the_visit(attachments: Attachments, stage: Stage, photo: Attachment) -> None:
    """SEC-04: who may not see the record sees nothing of what hangs on it."""
    lawyer = service(stage.as_user("u9", "吴某某", "lawyer"))
    admin = service(stage.as_user("u8", "郑某某", "sysadmin"))
    for other in (lawyer, admin):
        for ask in (
            lambda who=other: who.list("visit", photo.target_id),
            lambda who=other: who.count("visit", photo.target_id),
            lambda who=other: who.open(photo.id),
            lambda who=other: who.thumbnail(photo.id),
            lambda who=other: who.turn(photo.id, 1),
            lambda who=other: who.remove(photo.id, "误加"),
            lambda who=other: who.add("visit", photo.target_id, samples.photo("tiny.jpg")),
        ):
            with pytest.raises(AccessProblem):
                ask()
    assert attachments.list("visit", photo.target_id) == (photo,)


def test_a_safe_visit_keeps_its_papers_to_itself(stage: Stage) -> None:
    """LZ-11: receiver and head only."""
    visit_id = stage.finished(safety="confidential")
    head = service(stage.as_user("u7", "周某某", "head"))
    made = head.add("visit", visit_id, samples.photo()).value
    with pytest.raises(AccessProblem, match="保密"):
        service(stage).open(made.id)
    with pytest.raises(AccessProblem, match="保密"):
        service(stage).count("visit", visit_id)
    assert head.open(made.id).content


def test_cases_have_their_own_rights(stage: Stage) -> None:
    """FL-12: what belongs to a consultation stays with the lawyer and the head."""
    with stage.store.write("u1") as rows:
        rows.add_all([factories.mediation(record_id="m1"), factories.consultation(record_id="c1")])
    mediator = service(stage.as_user("u5", "冯某某", "mediator"))
    lawyer = service(stage.as_user("u6", "吴某某", "lawyer"))
    made = mediator.add("mediation", "m1", samples.photo(), slot="F-03").value
    assert made.slot_label == "F-03"
    assert lawyer.add("consultation", "c1", samples.photo("tiny.jpg")).value.n == 1
    with pytest.raises(AccessProblem):
        lawyer.list("mediation", "m1")
    with pytest.raises(AccessProblem):
        mediator.list("consultation", "c1")
    with pytest.raises(AccessProblem):
        service(stage).list("consultation", "c1")


def test_a_record_that_is_not_there_takes_nothing(attachments: Attachments, stage: Stage) -> None:
    with pytest.raises(InputProblem):
        attachments.add("visit", "no such visit", samples.photo())
    with pytest.raises(InputProblem):
        service(stage.as_user("u7", "周某某", "head")).list("mediation", "no such case")
    assert not list(stage.store.folder.rglob("*.att"))


def test_a_file_hung_on_a_visit_voided_meanwhile_is_refused(
    attachments: Attachments, stage: Stage, photo: Attachment
) -> None:
    stage.visits.void(photo.target_id, "误录")
    with pytest.raises(InputProblem, match="作废"):
        attachments.add("visit", photo.target_id, samples.photo("tiny.jpg"))
    with pytest.raises(InputProblem, match="作废"):
        attachments.open(photo.id)
