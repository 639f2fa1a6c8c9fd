"""SEC-04, SEC-11, LZ-01 and product.md Safe: the table of rights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.labels import ROLE
from desk.rules.rights import ADMIN_GROUPS, GROUPS, RIGHTS, ROLES, VERBS, at_desk, may, may_begin
from desk.wire.records import RECORDS

roles = st.sampled_from(sorted(ROLES))
verbs = st.sampled_from(sorted(VERBS))
groups = st.sampled_from(sorted(GROUPS))
DESK = ["deputy", "clerk", "mediator", "lawyer", "head"]


def test_every_role_of_the_issue_is_in_the_table() -> None:
    assert {"county", "unit", "auditor", "web", "sysadmin", "secadmin", "audadmin"} | set(ROLE) == ROLES


def test_every_word_of_the_table_is_a_known_verb_and_group() -> None:
    for table in RIGHTS.values():
        assert set(table) <= VERBS
        for granted in table.values():
            assert granted <= GROUPS


def test_every_field_group_of_the_records_has_rights() -> None:
    found = {field.group for record in RECORDS.values() for field in record.fields}
    assert found <= GROUPS


@pytest.mark.parametrize("role", sorted(ROLES - {"head"}))
def test_a_safe_visit_is_read_by_its_receiver_and_the_head_only(role: str) -> None:
    assert may({"head"}, "read", "safe_visit")
    assert not may({role}, "read", "safe_visit")
    assert may({role}, "read", "safe_visit", is_receiver=True) == (role in DESK)


def test_the_desk_enters_the_safety_mark_without_reading_others() -> None:
    for role in ("deputy", "clerk"):
        assert may({role}, "write", "safety")
        assert not may({role}, "read", "safety")


def test_lz01_a_deputy_decides_nothing() -> None:
    assert not any(may({"deputy"}, "approve", group) for group in GROUPS)
    assert not may({"deputy"}, "write", "assignment")


def test_sec04_export_is_apart_from_edit() -> None:
    assert may({"deputy"}, "write", "visit")
    assert not any(may({"deputy"}, "export", group) for group in GROUPS)
    assert may({"clerk"}, "export", "ledger")
    assert not may({"clerk"}, "export", "person")


def test_sec05_the_audit_chain_is_written_by_nobody() -> None:
    assert not any(may({role}, "write", "audit") for role in ROLES)
    assert not any(may({role}, "void", "audit") for role in ROLES)


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "audadmin"])
def test_sec11_no_administrator_reads_what_visitors_said(role: str) -> None:
    for group in ("visit", "matter", "person", "mediation", "consultation", "safe_visit"):
        assert not any(may({role}, verb, group) for verb in VERBS)


def test_sec11_the_three_posts_are_apart() -> None:
    assert may({"sysadmin"}, "write", "backup")
    assert may({"secadmin"}, "write", "user")
    assert may({"audadmin"}, "export", "audit")
    assert not may({"sysadmin"}, "write", "user")
    assert not may({"secadmin"}, "read", "audit")
    assert not may({"audadmin"}, "write", "user")


def test_sec11_the_head_loses_the_posts_when_they_are_split() -> None:
    assert may({"head"}, "write", "user")
    for group in ADMIN_GROUPS:
        assert not may({"head"}, "read", group, split_admins=True)
    assert may({"head", "secadmin"}, "write", "user", split_admins=True)
    assert may({"head"}, "read", "visit", split_admins=True)


def test_words_of_consultations_and_mediations_stay_with_those_who_need_them() -> None:
    assert [role for role in sorted(ROLES) if may({role}, "read", "consultation")] == ["head", "lawyer"]
    assert [role for role in sorted(ROLES) if may({role}, "read", "mediation")] == ["head", "mediator"]


def test_xf15_units_and_the_web_never_reach_people_or_visits() -> None:
    for role in ("unit", "web", "auditor"):
        for group in ("person", "visit", "matter", "companion", "consent", "safe_visit", "report"):
            assert not any(may({role}, verb, group) for verb in VERBS)


@given(st.sets(roles), st.booleans())
def test_at_a_stations_desk_roles_are_what_they_are(held: set[str], split: bool) -> None:
    for desk in ("", "station"):
        assert at_desk(held, desk, split_admins=split) == held


@given(st.sets(st.sampled_from(DESK)), st.sampled_from(["county", "auditor"]), groups)
def test_at_a_desk_of_the_county_nobody_has_a_stations_rights(held: set[str], desk: str, group: str) -> None:
    """sync.md 2.7, class B: visits, cases and people are the station's to write."""
    counted = at_desk(held, desk)
    assert not counted & set(DESK)
    if group not in ADMIN_GROUPS | {"station"}:
        assert may(counted, "write", group) == (bool(held) and may({desk}, "write", group))
    assert may(counted, "write", "user") == ("head" in held)
    assert not may(at_desk(held, desk, split_admins=True), "write", "user")


def test_the_county_begins_its_own_records_only() -> None:
    assert may_begin("county", "assignment")
    assert not any(may_begin(role, noun) for role in ("county", "auditor") for noun in RECORDS)
    assert may_begin("station", "visit")


@given(st.sets(roles), st.sets(roles), verbs, groups, st.booleans())
def test_more_roles_never_take_a_right_away(
    some: set[str], more: set[str], verb: str, group: str, receiver: bool
) -> None:
    if may(some, verb, group, is_receiver=receiver):
        assert may(some | more, verb, group, is_receiver=receiver)


@given(st.sets(roles), verbs, groups)
def test_nobody_may_do_what_no_row_grants(held: set[str], verb: str, group: str) -> None:
    assert may(held, verb, group) == any(group in RIGHTS[role].get(verb, ()) for role in held)
    assert not may(set(), verb, group, is_receiver=True)


@pytest.mark.parametrize(
    "asked", [({"king"}, "read", "visit"), ({"head"}, "eat", "visit"), ({"head"}, "read", "x")]
)
def test_an_unknown_word_is_a_bug_and_flies(asked: tuple[set[str], str, str]) -> None:
    with pytest.raises(ValueError, match="unknown right"):
        may(*asked)
