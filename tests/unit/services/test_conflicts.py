"""The conflict check over a real store: what is filed and found, what lapses, what is written down."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desk import clock
from desk.models.committee import Mediator
from desk.models.conflict_check import ConflictCheck
from desk.models.consultation import Consultation
from desk.models.local import ConflictKey
from desk.models.store import Store
from desk.models.visit import Visit
from desk.rules.conflict_check import Finding, Quarrel, Side
from desk.services import conflicts
from desk.services.profiles import Profiles
from desk.services.session import User
from desk.services.visit_rows import Act
from tests import case_factories, factories
from tests.unit.services.visit_stage import Stage

QIAN = Side("钱某某", phone="13900000172")
FENG = Side("冯某某", phone="13900000173")
TODAY = date(2026, 11, 23)


def ask(stage: Stage, adviser_id: str, ours: Side, *theirs: Side, **more: Any) -> Finding:
    question = conflicts.Question(Quarrel((ours,), theirs), adviser_id, "new", **more)
    with stage.store.read() as rows:
        return conflicts.check(rows, question, stage.profiles.current(), TODAY)


def consulted(store: Store, client: Side, *others: Side, **changes: Any) -> str:
    """Write a consultation that was answered, with its opponents, and file it."""
    row = factories.consultation(
        **(
            {"state": "finished", "adviser_id": "z", "name_told": client.name, "phone_told": client.phone}
            | {"no_opponent": not others}
            | changes
        )
    )
    with store.write("u") as rows:
        rows.add(row)
        against = [
            case_factories.opponent(consultation_id=row.record_id, name=each.name, phone=each.phone)
            for each in others
        ]
        rows.add_all(against)
        conflicts.file_consultation(rows, row, against)
        return str(row.record_id)


def mediated(store: Store, mediator_id: str, typed: str = "", **changes: Any) -> str:
    """Write a case between the two and who mediated it, or whose name was typed, and file its parties."""
    row = factories.mediation(**({"state": "mediating"} | changes))
    with store.write("u") as rows:
        rows.add(row)
        sides = {"applicant": QIAN, "respondent": FENG}
        for side, who in sides.items():
            party = case_factories.party(
                mediation_id=row.record_id, side=side, name=who.name, phone=who.phone
            )
            rows.add(party)
            conflicts.file_party(rows, party)
        if mediator_id or typed:
            named = {"mediator_id": mediator_id, "name": typed}
            rows.add(case_factories.case_mediator(mediation_id=row.record_id, **named))
        return str(row.record_id)


def test_fl11_the_other_side_of_one_quarrel_is_found(stage: Stage) -> None:
    record_id = consulted(stage.store, QIAN, FENG)
    (hit,) = ask(stage, "z", FENG, QIAN).hits
    assert (hit.noun, hit.record_id, hit.strength.code) == ("consultation", record_id, "strong")
    assert not ask(stage, "somebody else", FENG, QIAN).hits


def test_a_client_who_comes_again_is_no_conflict(stage: Stage) -> None:
    consulted(stage.store, QIAN, FENG)
    assert not ask(stage, "z", QIAN, FENG).hits


def test_a_namesake_is_to_be_judged(stage: Stage) -> None:
    consulted(stage.store, QIAN, FENG)
    finding = ask(stage, "z", Side("冯某某"), Side("钱某某"))
    assert finding.to_be_judged


@pytest.mark.parametrize("state", ["opened", "referred", "appointed"])
def test_a_consultation_stopped_before_the_answer_served_nobody(stage: Stage, state: str) -> None:
    consulted(stage.store, QIAN, FENG, state=state)
    assert not ask(stage, "z", FENG, QIAN).hits


def test_a_consultation_without_a_named_adviser_counts_for_everybody(stage: Stage) -> None:
    consulted(stage.store, QIAN, FENG, adviser_id="")
    assert ask(stage, "anybody", FENG, QIAN).hits


def test_who_mediated_both_may_not_advise_one(stage: Stage) -> None:
    mediated(stage.store, "m")
    assert [hit.reason for hit in ask(stage, "m", FENG, QIAN).hits] == ["mediated_both"]
    assert not ask(stage, "other", FENG, QIAN).hits
    assert not ask(stage, "m", FENG, QIAN, mediates=True).hits


def test_a_case_nobody_has_taken_stands_against_nobody(stage: Stage) -> None:
    mediated(stage.store, "", state="registered")
    assert not ask(stage, "z", FENG, QIAN).hits
    mediated(stage.store, "", state="mediating")
    assert ask(stage, "z", FENG, QIAN).hits


def test_a_mediator_who_is_a_user_is_one_person(stage: Stage) -> None:
    """Advised one side as a lawyer, now to mediate as a member of the committee."""
    consulted(stage.store, QIAN, FENG, adviser_id="u1")
    mediator = case_factories.mediator(user_id="u1")
    with stage.store.write("u") as rows:
        rows.add(mediator)
    assert ask(stage, mediator.record_id, QIAN, FENG, mediates=True).hits
    assert ask(stage, mediator.record_id, FENG, QIAN, mediates=True).hits
    with stage.store.read() as rows:
        assert rows.scalars(select(Mediator.user_id)).one() == "u1"


def test_declared_interests_count_while_they_last(stage: Stage) -> None:
    lasting = case_factories.interest(user_id="z", mediator_id="", name="冯某某", phone="13900000173")
    lapsed = case_factories.interest(
        user_id="y", mediator_id="", name="冯某某", phone="13900000173", until_on=date(2026, 11, 22)
    )
    with stage.store.write("u") as rows:
        rows.add_all([lasting, lapsed])
    assert [hit.noun for hit in ask(stage, "z", QIAN, FENG).hits] == ["interest"]
    assert not ask(stage, "y", QIAN, FENG).hits


def test_a_deputy_who_received_the_other_side_may_not_advise_against_it(stage: Stage) -> None:
    stage.finished(name="钱某某", phone="13900000172", outcome="consultation", answer_text="")
    adviser = factories.user(name="李某某", roles="lawyer", deputy_id=stage.deputy_id)
    with stage.store.write("u") as rows:
        rows.add(adviser)
    assert [hit.noun for hit in ask(stage, adviser.record_id, FENG, QIAN).hits] == ["visit"]
    assert not ask(stage, "z", FENG, QIAN).hits


def test_only_visits_about_a_quarrel_are_filed(stage: Stage) -> None:
    stage.finished(name="钱某某", outcome="answered")
    with stage.store.read() as rows:
        assert not rows.scalars(select(ConflictKey)).all()
    visit_id = stage.finished(name="钱某某", phone="13900000172", outcome="mediation", answer_text="")
    with stage.store.write("u") as rows:
        kept = rows.scalars(select(ConflictKey.key).where(ConflictKey.noun == "visit")).all()
        assert sorted(kept) == ["name:钱某某", "phone:13900000172"]
        conflicts.file_visit(rows, rows.get_one(Visit, visit_id), "answered")
        assert not rows.scalars(select(ConflictKey).where(ConflictKey.noun == "visit")).all()


def test_what_is_corrected_is_filed_anew_and_what_is_void_taken_out(stage: Stage) -> None:
    record_id = consulted(stage.store, QIAN)
    assert ask(stage, "z", FENG, QIAN).hits == ()
    record_id = consulted(stage.store, QIAN, no_opponent=False)
    assert ask(stage, "z", FENG, QIAN).hits
    with stage.store.write("u") as rows:
        row = rows.get_one(Consultation, record_id)
        row.name_told, row.phone_told = "孙某某", ""
        conflicts.file_consultation(rows, row, ())
    assert not ask(stage, "z", FENG, QIAN).hits
    with stage.store.write("u") as rows:
        conflicts.forget(rows, "consultation", record_id)
        left = rows.scalars(select(ConflictKey).where(ConflictKey.record_id == record_id)).all()
    assert not left


def test_the_whole_station_counts_where_the_profile_says_so(stage: Stage) -> None:
    consulted(stage.store, QIAN, FENG, adviser_id="somebody")
    admin = stage.as_user("h", "周某某", "head")
    assert not ask(stage, "z", FENG, QIAN).hits
    Profiles(stage.store, admin.session).change("conflict.whole_station", True)
    assert ask(stage.as_user("h", "周某某", "head"), "z", FENG, QIAN).hits


def test_a_source_of_the_county_joins_by_the_same_question(stage: Stage) -> None:
    """The hook for a county-wide check: one more source, the same answer."""
    asked: list[tuple[str, ...]] = []

    def county(_rows: object, wanted: conflicts.Looked) -> tuple[()]:
        asked.append(wanted.keys)
        return ()

    question = conflicts.Question(Quarrel((QIAN,), (FENG,)), "z", "new")
    with stage.store.read() as rows:
        conflicts.check(rows, question, stage.profiles.current(), TODAY, sources=(county,))
    assert "phone:13900000173" in asked[0]


def test_a_check_is_written_down_with_what_was_hit(stage: Stage) -> None:
    record_id = consulted(stage.store, QIAN, FENG)
    question = conflicts.Question(Quarrel((FENG,), (QIAN,)), "z", "new")
    finding = ask(stage, "z", FENG, QIAN)
    with stage.store.write("u") as rows:
        act = Act(rows, User("u", "钱某", frozenset({"lawyer"})), clock.now(), stage.profiles.current())
        conflicts.note(act, "consultation", question, finding, "hit")
    with stage.store.read() as rows:
        kept = rows.scalars(select(ConflictCheck)).one()
        assert conflicts.newest(rows, "new") is kept
        assert (kept.result, kept.strength, kept.hit_noun) == ("hit", "strong", "consultation")
        assert (kept.hit_id, kept.hit_number, kept.checked_by) == (record_id, "ZX2026-A0001", "u")


def test_fl11_a_mediator_typed_by_name_is_everybody_who_bears_it(stage: Stage) -> None:
    """Who mediated both may not advise one of them, though no record of a mediator was picked."""
    with stage.store.write("u") as rows:
        one, other = factories.user(name="周某"), factories.user(name="吴某")
        rows.add_all([one, other])
        bearer, stranger = one.record_id, other.record_id
    record_id = mediated(stage.store, "", "周 某")
    (hit,) = ask(stage, bearer, FENG, QIAN).hits
    assert (hit.reason, hit.record_id) == ("mediated_both", record_id)
    assert not ask(stage, stranger, FENG, QIAN).hits


@pytest.mark.parametrize("typed", ["不详", "周某"])
def test_fl11_who_served_without_being_known_counts_as_this_adviser(stage: Stage, typed: str) -> None:
    """Nobody named on the case, or nobody known who asks: it cannot be said that it was somebody else."""
    user_id = "nobody knows"
    if typed == "不详":
        with stage.store.write("u") as rows:
            row = factories.user(name="吴某")
            rows.add(row)
            user_id = row.record_id
    mediated(stage.store, "", typed)
    assert ask(stage, user_id, FENG, QIAN).hits
