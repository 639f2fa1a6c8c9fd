"""Who reads which consultation (FL-12), and a store of an older version."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem
from desk.models.consultation import Consultation
from desk.services.consultation import access
from tests import factories
from tests.unit.services.consultation.advice_stage import AdviceStage

ROW_STATES = ("opened", "checked", "answered", "appointed", "finished", "referred", "void", "registered")


def row(state: str, registrar_id: str = "me") -> Consultation:
    made: Consultation = factories.consultation(state=state, registrar_id=registrar_id, name_told="欧阳某某")
    return made


@pytest.mark.parametrize("state", ROW_STATES)
def test_fl12_a_registrar_reads_until_the_end(advice: AdviceStage, state: str) -> None:
    clerk = replace(access.reader_of(advice.by("clerk").session), user_id="me")
    open_still = state in (*access.OPEN_STATES, "registered")
    assert access.may_read(clerk, row(state)) == open_still
    assert not access.may_read(clerk, row(state, "somebody"))
    assert access.may_read(access.reader_of(advice.session), row(state, "somebody"))


def test_names_are_masked_for_whom_they_are_not(advice: AdviceStage) -> None:
    clerk = replace(access.reader_of(advice.by("clerk").session), user_id="me")
    assert clerk.name(row("opened")) == "欧阳某某"
    assert clerk.name(row("finished")) == "欧阳**"
    assert access.reader_of(advice.session).name(row("finished")) == "欧阳某某"
    assert clerk.name(factories.consultation(identity_refused=True)) == "不愿透露"


def test_roles_without_the_right_are_turned_away(advice: AdviceStage) -> None:
    for role in ("mediator", "auditor", "sysadmin", "unit"):
        with pytest.raises(AccessProblem):
            access.reader_of(advice.by(role).session)
    with pytest.raises(AccessProblem, match="解答人和站长"):
        access.require_read(access.reader_of(advice.by("clerk").session), row("finished", "x"))


def test_what_an_older_store_called_registered_is_opened() -> None:
    assert access.state_of(row("registered")) == "opened"
    assert access.state_of(row("")) == "opened"
