"""What each step of a mediation needs: LZ-04, LZ-11, MED-02, 03, 05, 07, 08, 10…14, 26, 27, 29, and §3.6."""

from dataclasses import replace
from datetime import date

import pytest

from desk.rules.dispute_codes import Report
from desk.rules.mediation_eligibility import Seat
from desk.rules.mediation_guards import (
    Case,
    missing_follow_up,
    missing_to_accept,
    missing_to_agree,
    missing_to_archive,
    missing_to_close,
    missing_to_end,
    missing_to_mediate,
    missing_to_settle,
    performance_of,
)
from desk.rules.mediation_parties import Party
from desk.rules.visit_states import Missing
from tests.unit.rules.mediation_cases import (
    APPLIED,
    FENG,
    QIAN,
    READY,
    SEATED,
    SIGNED,
    SMALL,
    TODAY,
    performed,
)


def sentences(gaps: tuple[Missing, ...]) -> list[str]:
    return [gap.sentence for gap in gaps]


def fields(gaps: tuple[Missing, ...]) -> list[str]:
    return [gap.field for gap in gaps]


def test_med02_one_application_is_enough_to_accept() -> None:
    assert missing_to_accept(APPLIED) == ()


def test_med02_the_committee_may_begin_on_its_own() -> None:
    parties = tuple(replace(party, consent="unasked") for party in APPLIED.parties)
    own = replace(APPLIED, source="initiative", parties=parties, applied_on=None)
    assert missing_to_accept(own) == ()
    assert fields(missing_to_accept(replace(own, source="application"))) == ["application"]


def test_med02_a_clear_refusal_blocks() -> None:
    refusing = replace(APPLIED, parties=(QIAN, replace(FENG, consent="refused")))
    assert sentences(missing_to_accept(refusing)) == ["冯某明确拒绝调解，不得调解。"]
    assert sentences(missing_to_mediate(replace(refusing, mediators=SEATED))) == [
        "冯某明确拒绝调解，不得调解。"
    ]


def test_lz04_no_committee_no_mediation() -> None:
    gap = missing_to_accept(replace(APPLIED, committee=""))[0]
    assert gap.field == "committee"
    assert "没有调委会" in gap.sentence


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"dispute_type": "labour"}, "dispute_type"),
        ({"source": "①"}, "source"),
        ({"summary": " "}, "summary"),
        ({"parties": (QIAN,)}, "parties"),
        ({"applied_on": None}, "application"),
        ({"accepted_on": None}, "accepted_on"),
        ({"accepted_on": date(2026, 11, 2)}, "accepted_on"),
        ({"accepted_on": date(2026, 11, 24)}, "accepted_on"),
        ({"obstacles": (Missing("barred", "法院已经受理。"),)}, "barred"),
        ({"informed_ack": False}, "informed_ack"),
    ],
)
def test_f02_what_registration_lacks_is_named(change: dict[str, object], field: str) -> None:
    gaps = missing_to_accept(replace(APPLIED, **change))  # type: ignore[arg-type]
    assert fields(gaps) == [field]
    assert all(gap.sentence.endswith("。") for gap in gaps)


def test_med27_eleven_parties_wait_for_representatives() -> None:
    villagers = tuple(Party(f"村民{n}", "applicant", consent="applied") for n in range(10))
    gaps = missing_to_accept(replace(APPLIED, parties=(*villagers, FENG)))
    assert sentences(gaps) == ["申请人有 10 人，请推选不超过 5 名代表参加调解。"]


def test_med29_a_referred_case_needs_the_letter_and_a_party_that_agrees() -> None:
    referred = replace(APPLIED, source="court", applied_on=None)
    assert sentences(missing_to_accept(referred)) == ["法院委托移送的案件要有委托调解函。"]
    assert missing_to_accept(replace(referred, entrust_letter=True)) == ()
    silent = tuple(replace(party, consent="unasked") for party in APPLIED.parties)
    gaps = missing_to_accept(replace(referred, entrust_letter=True, parties=silent))
    assert sentences(gaps) == ["委托移送调解要先征得当事人同意。"]


def test_f01_only_an_application_bears_the_words_of_its_applicant() -> None:
    untold = replace(APPLIED, informed_ack=False)
    (gap,) = missing_to_accept(untold)
    assert "请先告知，再勾选" in gap.sentence
    assert missing_to_accept(replace(untold, source="initiative")) == ()
    assert missing_to_accept(replace(untold, source="court", entrust_letter=True)) == ()


def test_med04_lz05_nobody_who_is_only_invited_mediates_without_consent() -> None:
    invited = Seat("王某某", "invited", deputy=True)
    asked = replace(READY, mediators=(*SEATED, invited))
    (gap,) = missing_to_mediate(asked)
    assert gap.field == "mediators"
    assert "当事人选定" in gap.sentence
    assert missing_to_mediate(replace(asked, mediators=(replace(invited, consented=True),))) == ()
    assert fields(missing_to_settle(replace(SMALL, mediators=(invited,)), accepted=False)) == ["mediators"]


def test_med02_med03_med05_before_a_session_all_agree_and_know_their_rights() -> None:
    assert fields(missing_to_mediate(APPLIED)) == ["consent", "mediators", "rights_told"]
    assert missing_to_mediate(READY) == ()


def test_med12_a_written_agreement_needs_every_signature_and_the_seal() -> None:
    assert missing_to_agree(SIGNED, "written") == ()
    assert SIGNED.agreement is not None
    unsealed = replace(SIGNED, agreement=replace(SIGNED.agreement, sealed_on=None))
    assert fields(missing_to_agree(unsealed, "written")) == ["sealed_on"]


@pytest.mark.parametrize("case", [SIGNED, SMALL])
def test_med02_med05_no_agreement_over_a_party_that_refuses_or_was_never_asked(case: Case) -> None:
    """If one party clearly refuses, mediation is blocked; a party may accept, refuse or end it."""
    form = "written" if case is SIGNED else "oral"
    refusing = replace(case, parties=(QIAN, replace(FENG, consent="refused")))
    assert sentences(missing_to_agree(refusing, form)) == ["冯某明确拒绝调解，不得调解。"]
    unasked = replace(case, parties=(QIAN, replace(FENG, consent="unasked", rights_told=False)))
    assert fields(missing_to_agree(unasked, form)) == ["consent", "rights_told"]
    assert fields(missing_to_agree(replace(case, mediators=()), form)) == ["mediators"]
    assert fields(missing_to_agree(replace(unasked, agreement=None), form))[-1] == "agreement"


def test_med13_an_oral_agreement_needs_its_words_and_its_day() -> None:
    assert missing_to_agree(SMALL, "oral") == ()
    assert SMALL.agreement is not None
    undated = replace(SMALL, agreement=replace(SMALL.agreement, reached_on=None))
    assert fields(missing_to_agree(undated, "oral")) == ["reached_on"]


@pytest.mark.parametrize(("case", "form"), [(READY, "written"), (SIGNED, "oral"), (SMALL, "written")])
def test_the_form_of_the_agreement_is_the_one_filled(case: Case, form: str) -> None:
    assert fields(missing_to_agree(case, form)) == ["agreement"]


def test_an_agreement_before_acceptance_is_refused() -> None:
    late = replace(SIGNED, accepted_on=date(2026, 11, 13))
    assert fields(missing_to_agree(late, "written")) == ["reached_on"]


def test_f08_a_small_case_takes_one_step() -> None:
    assert missing_to_settle(SMALL, accepted=False) == missing_to_settle(SMALL, accepted=True) == ()
    assert fields(missing_to_settle(replace(SMALL, difficulty="hard"), accepted=False)) == ["difficulty"]
    assert fields(missing_to_settle(replace(SMALL, agreement=None), accepted=False)) == ["agreement"]


def test_f08_a_gap_is_said_once() -> None:
    refusing = replace(SMALL, parties=(QIAN, replace(FENG, consent="refused")))
    assert fields(missing_to_settle(refusing, accepted=False)) == ["consent"]
    unnamed = replace(SMALL, committee="")
    assert fields(missing_to_settle(unnamed, accepted=False)) == ["committee"]
    assert missing_to_settle(unnamed, accepted=True) == ()


def test_med08_no_end_without_the_notice_of_other_ways() -> None:
    ended = replace(READY, end_cause="no_agreement")
    assert fields(missing_to_end(ended, "terminate", begun=True)) == ["remedies_told"]
    assert fields(missing_to_end(ended, "terminate", begun=False)) == ["remedies_told"]
    assert missing_to_end(replace(ended, remedies_told=True), "terminate", begun=True) == ()


def test_med26_an_end_has_its_cause() -> None:
    assert fields(missing_to_end(replace(READY, remedies_told=True), "terminate", begun=True)) == [
        "end_cause"
    ]


def test_med08_a_refusal_before_any_session_needs_only_the_refusing_party() -> None:
    refusing = replace(APPLIED, parties=(QIAN, replace(FENG, consent="refused")))
    assert missing_to_end(refusing, "refuse", begun=False) == ()
    assert fields(missing_to_end(APPLIED, "refuse", begun=False)) == ["consent"]
    assert fields(missing_to_end(refusing, "refuse", begun=True)) == ["remedies_told"]
    assert fields(missing_to_end(replace(refusing, sessions=1), "refuse", begun=False)) == ["remedies_told"]


def test_a_referred_case_says_where_it_went() -> None:
    assert fields(missing_to_end(APPLIED, "refer_out", begun=False)) == ["referred_to"]
    assert missing_to_end(replace(APPLIED, referred_to="示例县公安局"), "refer_out", begun=False) == ()


def test_med14_the_clauses_bear_out_the_performance() -> None:
    assert missing_to_close(performed(SIGNED, "performed", "performed", "open"), "performed") == ()
    half = performed(SIGNED, "performed", "open", "open")
    assert sentences(missing_to_close(half, "performed")) == ["第 2 条还没有登记为已履行。"]
    assert missing_to_close(half, "partly") == ()
    assert sentences(missing_to_close(half, "not_performed")) == ["协议各条的履行情况是“部分履行”，请核对。"]
    assert missing_to_close(SIGNED, "not_performed") == ()
    assert performance_of(performed(SIGNED, "open", "partly", "open").agreement) == "partly"
    assert performance_of(None) == "not_performed"


def test_a_follow_up_is_a_record() -> None:
    assert fields(missing_follow_up(SIGNED)) == ["follow_up"]
    assert missing_follow_up(replace(SIGNED, follow_ups=1)) == ()


def test_archive_lists_every_missing_paper() -> None:
    papers = (
        Missing("identity", "缺当事人身份证明（冯某）。"),
        Missing("back_cover", "缺封底。"),
    )
    assert missing_to_archive(replace(SIGNED, missing_papers=papers)) == papers
    assert missing_to_archive(SIGNED) == ()


def test_med29_the_organ_that_referred_a_case_hears_the_result_before_the_archive() -> None:
    referred = replace(SIGNED, source="police")
    assert sentences(missing_to_archive(referred)) == ["公安机关委托移送的案件，请先把结果反馈给委托的机关。"]
    assert missing_to_archive(replace(referred, fed_back=True)) == ()


def test_med07_lz11_no_archive_without_the_mandatory_report() -> None:
    flagged = replace(SIGNED, flags=("escalation", "minor_harm", "criminal"))
    assert len(missing_to_archive(flagged)) == 2
    reported = replace(flagged, reports=(Report("minor_harm", "police"), Report("criminal", "police")))
    assert missing_to_archive(reported) == ()


def test_the_day_is_handed_in() -> None:
    assert APPLIED.today == TODAY
    assert fields(missing_to_accept(replace(APPLIED, today=date(2026, 11, 2)))) == ["accepted_on"]
