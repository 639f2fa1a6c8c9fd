"""What is due to be printed at each stage of a mediation (F-01…F-13)."""

from dataclasses import replace

import pytest

from desk.rules.papers_due import Stage, papers_due

START = Stage("registered")
TAKEN = Stage("accepted", accepted=True)


def due(stage: Stage, **printed: int) -> list[str]:
    return [paper.code for paper in papers_due(stage, {f"F-{code[1:]}": n for code, n in printed.items()})]


@pytest.mark.parametrize(
    ("stage", "codes"),
    [
        (START, ["F-01"]),
        (replace(START, source="initiative"), []),
        (TAKEN, ["F-01", "F-02", "F-03"]),
        (replace(TAKEN, agents=1, investigations=1), ["F-01", "F-02", "F-03", "F-04", "F-05"]),
        (
            replace(TAKEN, state="mediating", sessions=1, form="written"),
            ["F-01", "F-02", "F-03", "F-06", "F-07"],
        ),
        (Stage("agreed_oral", accepted=True, form="oral", simple=True), ["F-02", "F-08"]),
        (Stage("rejected"), ["F-01", "F-13"]),
    ],
)
def test_each_stage_has_its_papers(stage: Stage, codes: list[str]) -> None:
    assert due(stage) == codes


def test_what_was_printed_is_not_due_and_a_new_session_is() -> None:
    stage = replace(TAKEN, state="mediating", sessions=3)
    assert due(stage, f01=1, f02=1, f03=2, f06=3) == []
    again = papers_due(stage, {"F-01": 1, "F-02": 1, "F-03": 2, "F-06": 1})
    assert [(paper.code, paper.label, paper.count) for paper in again] == [("F-06", "人民调解记录", 2)]


def test_med12_the_agreement_is_printed_for_each_party_and_the_committee() -> None:
    stage = Stage("mediating", accepted=True, form="written", parties=3)
    found = {paper.code: paper for paper in papers_due(stage, {})}
    assert (found["F-07"].count, found["F-07"].copies) == (1, 4)
    assert (found["F-03"].count, found["F-03"].copies) == (3, 1)


def test_med08_every_party_gets_the_notice_of_the_end() -> None:
    ended = Stage("terminated", parties=3, accepted=True)
    found = {each.code: each for each in papers_due(ended, {})}
    assert (found["F-12"].count, found["F-12"].copies) == (1, 4)


def test_a_case_handed_on_before_its_acceptance_has_its_letter() -> None:
    found = {each.code for each in papers_due(Stage("referred_out", accepted=False), {})}
    assert "F-12" in found


def test_med08_a_failed_case_prints_the_notice_and_no_agreement() -> None:
    codes = due(Stage("terminated", accepted=True, form="written", sessions=1))
    assert "F-12" in codes
    assert "F-07" not in codes


def test_the_end_prints_report_and_cover() -> None:
    ended = Stage("followed_up", accepted=True, form="written", sessions=1, follow_ups=1, confirmation=True)
    assert due(ended, f01=1, f02=1, f03=2, f06=1, f07=1) == ["F-09", "F-10", "F-11", "F-13"]


def test_med16_both_sides_sign_the_application_before_the_court_is_asked() -> None:
    agreed = Stage("agreed_written", accepted=True, form="written", sessions=1, may_confirm=True)
    assert due(agreed, f01=1, f02=1, f03=2, f06=1, f07=1) == ["F-10"]
    assert due(agreed, f01=1, f02=1, f03=2, f06=1, f07=1, f10=1) == ["F-10"]
    # The committee's proof goes with it (SQ-03).
    assert due(agreed, f01=1, f02=1, f03=2, f06=1, f07=1, f10=2) == []
    assert due(replace(agreed, may_confirm=False), f01=1, f02=1, f03=2, f06=1, f07=1) == []
