"""CL-1…4, §3.8 and the mandatory reports MED-07, LZ-11."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules import dispute_codes, mediation_labels
from desk.rules.dispute_codes import (
    DISPUTE_TYPE,
    PARENT_TYPE,
    RISK_FLAG,
    SOURCE,
    SOURCE_GROUP,
    Report,
    is_labour,
    parent_type,
    report_sentence,
    source_group,
    unreported,
)

TABLES = [
    (name, table)
    for module in (dispute_codes, mediation_labels)
    for name, table in vars(module).items()
    if name.isupper() and not name.startswith("_") and name not in {"RISK_FLAG", "DOSSIER_OUTCOMES"}
]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_words_of_a_table_are_distinct_and_codes_are_plain(name: str, table: dict[str, str]) -> None:
    assert len(set(table.values())) == len(table) > 1, name
    assert all(word.strip() == word and word for word in table.values())
    assert all(code.isascii() and code.islower() for code in table)


def test_cl1_nineteen_types_fall_into_the_fifteen() -> None:
    assert (len(DISPUTE_TYPE), len(PARENT_TYPE)) == (19, 15)
    parents = Counter(map(parent_type, DISPUTE_TYPE))
    assert set(parents) == set(PARENT_TYPE)
    assert {code: count for code, count in parents.items() if count > 1} == {
        "labour": 2,
        "consumer": 3,
        "other": 2,
    }
    with pytest.raises(KeyError):
        parent_type("labour")


def test_cl1_a_type_that_was_not_split_keeps_its_word() -> None:
    for code, word in DISPUTE_TYPE.items():
        if code in PARENT_TYPE:
            assert (parent_type(code), PARENT_TYPE[code]) == (code, word)


def test_cl2_five_organs_refer_cases() -> None:
    groups = Counter(map(source_group, SOURCE))
    assert groups == {"initiative": 1, "application": 1, "referred": 5}
    assert set(groups) == set(SOURCE_GROUP)
    with pytest.raises(KeyError):
        source_group("referred")


def test_med30_labour_disputes_are_two_types() -> None:
    assert [code for code in DISPUTE_TYPE if is_labour(code)] == ["migrant_wages", "other_labour"]


def test_med07_and_lz11_say_who_hears_of_it() -> None:
    assert RISK_FLAG["public_order"].recipients == RISK_FLAG["criminal"].recipients == ("police",)
    assert RISK_FLAG["minor_harm"].recipients == ("police", "civil_affairs", "education")
    assert RISK_FLAG["domestic_violence"].recipients == ("police",)
    assert RISK_FLAG["escalation"].recipients == ()
    assert report_sentence("minor_harm") == (
        "疑似侵害未成年人：请立即向公安机关、民政部门、教育部门报告并登记（未成年人保护法第十一条）。"
    )


def test_lz11_a_report_to_one_of_the_three_is_enough_for_a_minor() -> None:
    assert unreported(["minor_harm"], [Report("minor_harm", "civil_affairs")]) == ()
    assert unreported(["minor_harm"], [Report("criminal", "police")]) == ("minor_harm",)


def test_med07_a_report_to_somebody_else_is_none() -> None:
    assert unreported(["criminal"], [Report("criminal", "education")]) == ("criminal",)


reports = st.builds(Report, st.sampled_from(list(RISK_FLAG)), st.sampled_from(["police", "education"]))


@given(st.lists(st.sampled_from(list(RISK_FLAG)), unique=True), st.lists(reports))
def test_what_stays_unreported_was_flagged_and_needs_a_report(flags: list[str], made: list[Report]) -> None:
    left = unreported(flags, made)
    assert set(left) <= set(flags) - {"escalation"}
    assert not {report.flag for report in made if report.recipient == "police"} & set(left)
    assert unreported(flags, [*made, *(Report(flag, "police") for flag in left)]) == ()
