"""A form laid over a record changed meanwhile: visits whole, and the words a clerk reads."""

import re
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.rules import three_way
from desk.services import overtaken
from desk.services.consultation.forms import ConsultationForm
from desk.services.mediation.forms import AgreementForm, CaseForm, InquiryForm, SittingForm
from desk.services.overtaken import Overtaken
from desk.services.visit_values import VisitForm
from tests.unit.services.visit_stage import Stage

FORMS: dict[str, Any] = {
    "mediation": CaseForm,
    "agreement": AgreementForm,
    "inquiry": InquiryForm,
    "sitting": SittingForm,
    "consultation": ConsultationForm,
    "visit": VisitForm,
}


def places(kind: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Return every path a clash may have, with the row it stands in."""
    found: list[tuple[tuple[str, ...], Any]] = []
    hints = get_type_hints(kind)
    row = kind(**{each.name: "甲" for each in fields(kind) if each.default is MISSING}) if path else None
    quiet = {"id", *getattr(kind, "KEY", ()), *dict(getattr(kind, "FOLLOWS", ()))}
    for each in fields(kind):
        inner = next(iter(get_args(hints[each.name])), None) if isinstance(each.default, tuple) else None
        if is_dataclass(inner):
            found.append(((*path, each.name, "key"), row))
            found += places(inner, (*path, each.name, "key"))
        elif inner is not None:
            found.append(((*path, each.name, "0"), row))
        elif each.name not in quiet:
            found.append(((*path, each.name), row))
    return found


@pytest.mark.parametrize("noun", FORMS)
def test_every_field_has_a_word_of_a_clerk(stage: Stage, noun: str) -> None:
    with stage.store.read() as rows:
        for path, row in places(FORMS[noun]):
            told = overtaken.asked(rows, noun, three_way.Clash(path, "", "", row))
            assert re.search("[一-鿿]", told.what), path
            assert not re.search("[a-z_]", told.what), (path, told.what)


def opened(stage: Stage, **changes: Any) -> tuple[str, VisitForm]:
    visit_id = stage.visits.open(stage.form(**changes)).value.id
    return visit_id, stage.visits.form(visit_id)


def test_what_another_desk_wrote_meanwhile_stays(stage: Stage) -> None:
    visit_id, base = opened(stage, companions=("李某某",))
    theirs = replace(base, address="示例路 9 号", companions=("李某某", "赵某某"), phone="13900000188")
    stage.visits.save(visit_id, theirs, base)
    stage.visits.save(visit_id, replace(base, statement="路灯坏了一周。"), base)
    form = stage.visits.form(visit_id)
    assert (form.address, form.statement) == ("示例路 9 号", "路灯坏了一周。")
    assert form.companions == ("李某某", "赵某某")
    assert stage.visits.reveal(visit_id, "phone", "核对") == "13900000188"


def test_both_changed_one_field_nothing_is_written_and_both_values_are_told(stage: Stage) -> None:
    visit_id, base = opened(stage)
    stage.visits.save(visit_id, replace(base, subject="路灯不亮", kind="phone"), base)
    mine = replace(base, subject="路面塌陷", statement="昨晚塌的。", kind="letter")
    with pytest.raises(Overtaken) as told:
        stage.visits.save(visit_id, mine, base)
    asked = {each.what: (each.mine, each.theirs) for each in told.value.fields}
    assert asked["事由"] == ("路面塌陷", "路灯不亮")
    assert set(asked) == {"事由", "来访方式"}
    assert "事由" in told.value.sentence
    assert told.value.theirs == stage.visits.form(visit_id)
    assert stage.visits.form(visit_id).statement == base.statement


def test_a_receiver_taken_off_elsewhere_does_not_come_back(stage: Stage) -> None:
    both = (stage.deputy_id, stage.other_deputy_id)
    visit_id, base = opened(stage, receiver_ids=both)
    stage.visits.save(visit_id, replace(base, receiver_ids=both[:1]), base)
    stage.visits.save(visit_id, replace(base, statement="补记。"), base)
    assert stage.visits.form(visit_id).receiver_ids == both[:1]


def test_the_end_keeps_what_was_written_meanwhile_too(stage: Stage) -> None:
    visit_id, base = opened(stage)
    stage.visits.save(visit_id, replace(base, address="示例路 9 号"), base)
    stage.visits.finish(visit_id, base, base)
    assert stage.visits.form(visit_id).address == "示例路 9 号"


TEXTS = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(["甲", "乙", "丙"])
        for name in ("subject", "statement", "address", "place", "grid")
    },
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, TEXTS)
def test_no_save_loses_what_only_one_side_changed(
    stage: Stage, theirs: dict[str, str], mine: dict[str, str]
) -> None:
    visit_id, base = opened(stage)
    stage.visits.save(visit_id, replace(base, **theirs), base)
    both = {name for name in {*theirs, *mine} if theirs.get(name) != mine.get(name)} & {*theirs} & {*mine}
    if both:
        with pytest.raises(Overtaken) as told:
            stage.visits.save(visit_id, replace(base, **mine), base)
        assert {each.path for each in told.value.fields} == {(name,) for name in both}
        return
    stage.visits.save(visit_id, replace(base, **mine), base)
    form = stage.visits.form(visit_id)
    assert all(getattr(form, name) == text for name, text in (theirs | mine).items())
