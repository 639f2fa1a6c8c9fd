"""Rights follow the record something hangs on (SEC-04, LZ-11, FL-12)."""

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.attachment import Attachment as Row
from desk.models.audit import Audit
from desk.models.mediation import Mediation
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


def test_the_right_to_write_cases_opens_no_case_of_others(stage: Stage) -> None:
    """FL-12: a clerk registers cases; what hangs on those of others they neither see, rename nor remove."""
    with stage.store.write("u1") as rows:
        rows.add(factories.mediation(record_id="m1", state="mediating"))
        rows.add(factories.consultation(record_id="c1", state="finished", registrar_id=stage.session.user.id))
        rows.add(factories.mediation(record_id="m2", state="registered", registrar_id=stage.session.user.id))
    head, clerk = service(stage.as_user("u7", "周某某", "head")), service(stage)
    for noun, record_id in (("mediation", "m1"), ("consultation", "c1")):
        made = head.add(noun, record_id, samples.photo("tiny.jpg")).value
        for ask in (
            lambda made=made: clerk.describe(made.id, "别的", ""),
            lambda made=made: clerk.file_under(made.id, "evidence"),
            lambda made=made: clerk.remove(made.id, "误加"),
            lambda noun=noun, record_id=record_id: clerk.reorder(noun, record_id, ()),
            lambda noun=noun, record_id=record_id: clerk.add(noun, record_id, samples.photo()),
        ):
            with pytest.raises(AccessProblem):
                ask()
        assert head.list(noun, record_id) == (made,)
    added = clerk.add("mediation", "m2", samples.photo()).value
    assert clerk.list("mediation", "m2") == (added,)


def test_what_lies_in_an_archived_dossier_stays(stage: Stage) -> None:
    """§3.6: the dossier was complete when it was filed; to mend it, it is opened again."""
    with stage.store.write("u1") as rows:
        rows.add(factories.mediation(record_id="m1", state="performed"))
    mediator = service(stage.as_user("u5", "冯某某", "mediator"))
    made = mediator.add("mediation", "m1", samples.photo()).value
    with stage.store.write("u1") as rows:
        rows.get_one(Mediation, "m1").state = "archived"
    with pytest.raises(InputProblem, match="归档"):
        mediator.remove(made.id, "误加")
    assert mediator.open(made.id).content


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
