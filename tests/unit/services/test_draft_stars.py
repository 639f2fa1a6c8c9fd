"""A saved draft of an older version, with numbers in clear that were only looked at."""

import json

from desk.models.party import Party
from desk.services import draft_stars
from desk.services.drafts import Draft, Drafts
from tests import factories
from tests.unit.services.visit_stage import Stage

PHONE, STARS = "13800006621", "138****6621"
NUMBER, HIDDEN = "11010519491231002X", "110105********002X"


def kept(stage: Stage, kind: str = "visit") -> dict[str, dict[str, str]]:
    found = Drafts(stage.store, stage.session).load_all(kind)  # type: ignore[arg-type]  # of three words
    return {each.id: dict(each.fields) for each in found}


def test_a_number_the_record_has_is_starred_and_one_typed_anew_stays(stage: Stage) -> None:
    drafts = Drafts(stage.store, stage.session)
    visit_id = stage.visits.open(stage.form(phone=PHONE, id_no=NUMBER)).value.id
    words = {"statement": f"打{PHONE}", "safe_contact": PHONE, "report_recipient": PHONE, "remark": NUMBER}
    drafts.save(Draft("d1", "visit", visit_id, {"phone": PHONE, "id_no": NUMBER, **words}))
    drafts.save(Draft("d2", "visit", "", {"phone": PHONE, "name": "王某某"}))
    assert draft_stars.star(stage.store) == 1
    found = kept(stage)
    assert found["d1"]["phone"] == STARS
    assert found["d1"]["id_no"] == stage.visits.form(visit_id).id_no
    # Words a person wrote are nobody's field, and a number that is in no record would be lost.
    assert {name: found["d1"][name] for name in words} == words
    assert found["d2"]["phone"] == PHONE


def test_it_is_done_once(stage: Stage) -> None:
    """What is typed from now on is never starred, be it a number the record has."""
    drafts = Drafts(stage.store, stage.session)
    visit_id = stage.visits.open(stage.form(phone=PHONE)).value.id
    assert draft_stars.star(stage.store) == 0
    drafts.save(Draft("d1", "visit", visit_id, {"phone": PHONE}))
    assert draft_stars.star(stage.store) == 0
    assert kept(stage)["d1"]["phone"] == PHONE


def test_what_is_starred_is_saved_as_the_number_it_was(stage: Stage) -> None:
    drafts = Drafts(stage.store, stage.session)
    form = stage.form(phone=PHONE)
    visit_id = stage.visits.open(form).value.id
    drafts.save(Draft("d1", "visit", visit_id, {"phone": PHONE}))
    draft_stars.star(stage.store)
    stage.visits.save(visit_id, stage.form(phone=kept(stage)["d1"]["phone"]))
    assert stage.visits.reveal(visit_id, "phone", "回访核对") == PHONE


def test_numbers_of_a_person_chosen_and_of_the_parties_of_a_case(stage: Stage) -> None:
    drafts = Drafts(stage.store, stage.session)
    known = factories.person(phone=PHONE)
    case = factories.mediation(state="registered", registrar_id=stage.session.user.id)
    with stage.store.write_confirmed() as rows:
        party = Party(mediation_id=case.record_id, name="赵某", phone=PHONE, id_no=NUMBER)
        wife = Party(mediation_id=case.record_id, name="钱某")
        rows.add_all([known, case, party, wife])
        ids = known.record_id, case.record_id, party.record_id, wife.record_id
    drafts.save(Draft("d1", "visit", "", {"phone": PHONE, "person_id": ids[0]}))
    husband = {"id": ids[2], "name": "赵某", "phone": PHONE, "id_no": NUMBER, "address": PHONE, "agents": []}
    others = [{**husband, "id": ids[3]}, {**husband, "id": ""}]
    form = json.dumps({"remark": PHONE, "parties": [husband, *others]})
    drafts.save(Draft("d2", "mediation", ids[1], {"accept.form": form, "accept.form.base": form}))
    assert draft_stars.star(stage.store) == 2
    assert kept(stage)["d1"]["phone"] == STARS
    for text in kept(stage, "mediation")["d2"].values():
        told = json.loads(text)
        first, *rest = told["parties"]
        assert first == {**husband, "phone": STARS, "id_no": HIDDEN}
        # In another row it is what somebody typed there: stars would mean the number that row has, none.
        assert rest == others
        assert told["remark"] == PHONE
