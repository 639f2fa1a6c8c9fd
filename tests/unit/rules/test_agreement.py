"""The agreement: MED-10…13, MED-25, forms F-07 and F-08."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.agreement import (
    WRITING_ASKED,
    WRITTEN_WHEN,
    Agreement,
    Clause,
    Signer,
    copies,
    effective_date,
    kind_of,
    missing_content,
    missing_signatures,
    written_reasons,
    wrong_dates,
)
from desk.rules.visit_states import Missing

ACCEPTED = date(2026, 11, 3)
DAY = date(2026, 11, 12)
CLAUSES = (
    Clause("修复自家水管", "冯某", way="own_act", due=date(2026, 11, 30)),
    Clause("赔偿天花板修复费", "冯某", "money", "钱某", 260000, "transfer", date(2026, 12, 10)),
    Clause("双方互不再追究", "双方", "declaration"),
)
WRITTEN = Agreement(
    "written",
    reached_on=DAY,
    signers=(Signer("钱某", DAY), Signer("冯某", DAY)),
    facts="水管破裂渗漏。",
    issues="赔偿数额。",
    responsibilities="冯某承担全部责任。",
    clauses=CLAUSES,
    mode="fixed_date",
    mediator_signed_on=DAY,
    recorder_signed_on=DAY,
    sealed_on=DAY,
)
ORAL = Agreement(
    "oral",
    reached_on=DAY,
    facts="水管破裂渗漏。",
    issues="赔偿数额。",
    clauses=(Clause("当场赔偿", "冯某", "money", "钱某", 20000, "cash"),),
    mode="immediate",
)


def sentences(gaps: tuple[Missing, ...]) -> list[str]:
    return [gap.sentence for gap in gaps]


def dates(agreement: Agreement) -> list[str]:
    return sentences(wrong_dates(agreement, accepted_on=ACCEPTED, today=date(2026, 11, 23)))


def test_med11_the_whole_agreement_lacks_nothing() -> None:
    assert missing_content(WRITTEN) == missing_signatures(WRITTEN) == ()
    assert dates(WRITTEN) == []


def test_med12_copies_are_the_parties_and_one() -> None:
    assert copies(len(WRITTEN.signers)) == 3


@pytest.mark.parametrize(
    ("late", "field", "word"),
    [
        ({"signers": (Signer("钱某", DAY), Signer("冯某"))}, "signers", "冯某还没有签名"),
        ({"signers": ()}, "signers", "当事人还没有签名"),
        ({"mediator_signed_on": None}, "mediator_signed_on", "调解员还没有签名"),
        ({"sealed_on": None}, "sealed_on", "还没有加盖人民调解委员会印章"),
    ],
)
def test_med12_each_signature_and_the_seal_is_needed(late: dict[str, object], field: str, word: str) -> None:
    short = replace(WRITTEN, **late)  # type: ignore[arg-type]
    assert effective_date(short) is None
    gap = missing_signatures(short)[0]
    assert gap.field == field
    assert gap.sentence.startswith(word)
    assert gap.sentence.endswith("协议不能生效。")


def test_the_recorder_signs_the_form_but_the_effect_does_not_wait_for_it() -> None:
    short = replace(WRITTEN, recorder_signed_on=None)
    assert sentences(missing_signatures(short)) == ["记录人还没有签名。"]
    assert effective_date(short) == DAY


days = st.dates(date(2026, 1, 1), date(2027, 1, 1))


@given(st.lists(days, min_size=1, max_size=6), days, days)
def test_med12_effect_is_the_latest_of_all(signed: list[date], mediator: date, seal: date) -> None:
    signers = tuple(Signer(f"当事人{n}", day) for n, day in enumerate(signed))
    whole = replace(WRITTEN, signers=signers, mediator_signed_on=mediator, sealed_on=seal)
    assert effective_date(whole) == max([*signed, mediator, seal])
    for n in range(len(signers)):
        unsigned = (*signers[:n], Signer("当事人"), *signers[n + 1 :])
        assert effective_date(replace(whole, signers=unsigned)) is None


def test_med13_an_oral_agreement_takes_effect_the_day_it_is_reached() -> None:
    assert effective_date(ORAL) == DAY
    assert effective_date(replace(ORAL, reached_on=None)) is None
    assert missing_signatures(ORAL) == missing_content(ORAL) == ()
    assert dates(ORAL) == []


def test_med10_med25_where_a_party_asks_for_writing_it_is_not_oral() -> None:
    """Art. 28: an oral agreement is for parties who find a written one unnecessary."""
    (gap,) = missing_content(replace(ORAL, written_asked=True))
    assert (gap.field, gap.sentence) == ("written_asked", WRITING_ASKED)
    assert "请选“书面”" in gap.sentence
    assert missing_content(replace(WRITTEN, written_asked=True)) == missing_content(WRITTEN)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"facts": " "}, "facts", "请写明纠纷的主要事实。"),
        ({"issues": ""}, "issues", "请写明争议事项。"),
        ({"responsibilities": ""}, "responsibilities", "请写明各方当事人的责任。"),
        ({"clauses": ()}, "clauses", "请写明协议内容，至少一条。"),
        ({"mode": ""}, "mode", "请选择履行方式。"),
        ({"mode": "other"}, "mode_text", "请写明怎样履行。"),
    ],
)
def test_med11_what_is_missing_is_named(change: dict[str, object], field: str, sentence: str) -> None:
    assert missing_content(replace(WRITTEN, **change)) == (Missing(field, sentence),)  # type: ignore[arg-type]


def test_med10_the_oral_form_asks_no_responsibilities() -> None:
    assert missing_content(replace(ORAL, responsibilities="")) == ()


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (Clause("", "冯某", due=DAY), ["第 1 条没有写内容。"]),
        (Clause("赔偿", "", "money", "钱某", 100, "cash", DAY), ["第 1 条没有写由谁履行。"]),
        (Clause("赔偿", "冯某", "money", "钱某", 0, "cash", DAY), ["第 1 条没有写金额。"]),
        (Clause("赔偿", "冯某", "money", "钱某", 100, "cash"), ["第 1 条没有写履行期限。"]),
        (Clause("修水管", "冯某", fen=100, due=DAY), ["第 1 条写了金额，请选“给付金钱”。"]),
        (Clause("赔偿", "冯某", "money", "钱某", 10**12, "cash", DAY), ["第 1 条的金额不对，请核对。"]),
        (Clause("修水管", "冯某"), ["请至少给一条协议内容写明履行期限，或者选“即时履行”。"]),
    ],
)
def test_a_clause_that_cannot_be_kept_is_named(clause: Clause, words: list[str]) -> None:
    assert sentences(missing_content(replace(WRITTEN, clauses=(clause,)))) == words


def test_the_kind_of_a_clause_follows_from_what_was_filled_in() -> None:
    for clause in CLAUSES:
        found = kind_of(fen=clause.fen, way=clause.way, payee=clause.payee, due=clause.due)
        assert found == clause.kind
    assert kind_of(fen=None, way="cash", payee="", due=None) == "money"
    assert kind_of(fen=None, way="", payee="钱某", due=None) == "money"
    assert kind_of(fen=None, way="", payee=" ", due=DAY) == "act"


def test_an_agreement_before_acceptance_is_refused() -> None:
    early = replace(WRITTEN, reached_on=ACCEPTED - timedelta(days=1))
    assert dates(early) == ["协议日期 2026年11月2日 早于受理日期 2026年11月3日，请核对。"]
    assert dates(replace(WRITTEN, reached_on=ACCEPTED)) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reached_on": None}, "请填写达成协议的日期。"),
        ({"sealed_on": date(2026, 11, 11)}, "盖章的日期早于协议日期 2026年11月12日，请核对。"),
        ({"sealed_on": date(2026, 11, 24)}, "盖章的日期还没有到，请核对。"),
        (
            {"signers": (Signer("钱某", date(2026, 11, 4)),)},
            "钱某签名的日期早于协议日期 2026年11月12日，请核对。",
        ),
        (
            {"clauses": (Clause("修水管", "冯某", due=date(2026, 11, 1)),)},
            "第 1 条的履行期限早于协议日期，请核对。",
        ),
    ],
)
def test_a_date_that_cannot_be_is_refused(change: dict[str, object], sentence: str) -> None:
    assert dates(replace(WRITTEN, **change)) == [sentence]  # type: ignore[arg-type]


def test_an_agreement_of_tomorrow_is_refused() -> None:
    late = replace(ORAL, reached_on=date(2026, 11, 24))
    assert dates(late) == ["协议日期 2026年11月24日 还没有到，请核对。"]


def test_med25_local_rules_ask_for_writing_and_the_law_does_not() -> None:
    ningbo = ("asked", "not_on_spot", "hard")
    assert written_reasons(asked=False, on_spot=True, difficulty="simple", triggers=ningbo) == ()
    assert written_reasons(asked=True, on_spot=False, difficulty="hard", triggers=ningbo) == (
        "当事人要求制作书面协议",
        "不能当场履行",
        "属于重大、复杂、疑难的纠纷",
    )
    assert written_reasons(asked=True, on_spot=False, difficulty="hard", triggers=()) == ()
    rule_of_2002 = written_reasons(asked=False, on_spot=True, difficulty="simple", triggers=WRITTEN_WHEN)
    assert rule_of_2002 == ("有民事权利义务内容",)
