"""What of a draft is a person's own words: typed, not read, and neither code nor id nor tick."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.draft_words import held, typed


def test_fields_beside_each_other() -> None:
    draft = {
        "name": "王某某",
        "statement": "一下雨就积水\n出不了门",
        "phone": "138****6621",
        "id_no": "11010519491231002X",
        "kind": "phone",
        "safety": "confidential",
        "person_id": "0190f0a1b2c3",
        "received_at": "2026-11-26T09:00:00+08:00",
        "tick.smile": "2026-11-26T09:00:00+08:00",
        "base.": "",
        "base.name": "王某某",
        "by": "0190f0a1b2c3",
    }
    assert typed(draft) == (("statement", "一下雨就积水\n出不了门"), ("id_no", "11010519491231002X"))


def test_all_a_draft_holds_but_what_it_read() -> None:
    draft = {
        "name": "王某某",
        "kind": "phone",
        "tick.smile": "2026-11-26T09:00:00+08:00",
        "x.form": json.dumps({"talk": "", "copies": 3, "open": True, "present": [{"role": "party"}]}),
        "x.form.base": json.dumps({"copies": 2, "present": [{"role": "party"}]}),
        "base.": "",
        "base.name": "王某某",
        "by": "0190f0a1b2c3",
    }
    assert held(draft) == (
        ("kind", "phone"),
        ("smile", "2026-11-26T09:00:00+08:00"),
        ("talk", ""),
        ("copies", "3"),
        ("open", "True"),
    )


def test_forms_as_json_and_words_that_begin_with_a_bracket() -> None:
    form = {"talk": "双方同意各退一步", "present": [{"name": "赵某", "role": "party", "party_id": "0190"}]}
    draft = {
        "case": "sittings",
        "sittings.form": json.dumps(form),
        "sittings.form.base": json.dumps({"talk": "", "present": [{"name": "赵某"}]}),
        "note": "[未完] 还要问",
        "again": "[未完] 还要问",
    }
    assert typed(draft) == (
        ("talk", "双方同意各退一步"),
        ("note", "[未完] 还要问"),
        ("again", "[未完] 还要问"),
    )


@pytest.mark.parametrize("words", ["院墙量过，约3*4米，占了路", "OK wifi", "85", "3*4", "x"])
def test_a_star_or_a_short_word_is_said_too(words: str) -> None:
    """Left out in silence, its draft is offered no more and nobody ever sees it again."""
    assert typed({"statement": words}) == (("statement", words),)
    assert typed({"kind": "phone", "x.form": json.dumps({"kind": "x", "statement": words})}) == (
        ("statement", words),
    )


@pytest.mark.parametrize("number", ["138****6621", "110105********002X", "****"])
def test_a_number_with_stars_was_only_looked_at(number: str) -> None:
    assert typed({"phone": number, "safe_contact": number}) == ()


@given(
    words=st.text(min_size=1),
    field=st.sampled_from(["statement", "x.talk"]),
)
def test_what_was_read_is_never_told_and_han_words_always_are(words: str, field: str) -> None:
    said = f"话{words}".strip()
    assert typed({field: said}) == ((field.rpartition(".")[2], said),)
    assert typed({field: said, f"base.{field}": said}) == ()
