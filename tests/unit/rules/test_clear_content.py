"""SQ-05: amount, payee, date, way, breach of every clause."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.agreement import Agreement, Clause
from desk.rules.clear_content import ITEMS, clear_content, is_clear
from tests.unit.rules.test_agreement import CLAUSES, DAY, WRITTEN


def marks(agreement: Agreement) -> str:
    return "".join("✓" if check.passed else "✗" for check in clear_content(agreement))


def test_sq05_the_list_of_the_picture() -> None:
    assert [check.label for check in clear_content(WRITTEN)] == list(ITEMS.values())
    assert marks(WRITTEN) == "✓✓✓✓✗"
    breach = clear_content(WRITTEN)[-1]
    assert [gap.sentence for gap in breach.gaps] == [
        "第 1 条没有写不履行怎么办（建议写明）。",
        "第 2 条没有写不履行怎么办（建议写明）。",
    ]


def test_sq05_one_word_on_breach_serves_all_clauses() -> None:
    assert not is_clear(WRITTEN)
    assert is_clear(replace(WRITTEN, breach="逾期按未付金额每日万分之五支付违约金。"))


def test_sq05_each_item_is_missed_by_name() -> None:
    bare = replace(WRITTEN, clauses=(Clause("赔偿", "冯某", "money"),))
    assert marks(bare) == "✗✗✗✗✗"
    assert clear_content(bare)[1].gaps[0].sentence == "第 1 条没有写收款人。"


def test_sq05_what_is_done_at_once_needs_no_date() -> None:
    at_once = Agreement("oral", clauses=(Clause("赔偿", "冯某", "money", "钱某", 100, "cash"),))
    assert marks(replace(at_once, mode="immediate")) == "✓✓✓✓✗"
    assert marks(replace(at_once, mode="fixed_date")) == "✓✓✗✓✗"


def test_sq05_money_is_asked_only_where_there_is_some() -> None:
    acts = replace(WRITTEN, clauses=(CLAUSES[0],))
    assert [check.applies for check in clear_content(acts)] == [False, False, True, True, True]
    words = replace(WRITTEN, clauses=(CLAUSES[2],))
    assert not any(check.applies for check in clear_content(words))
    assert is_clear(words)
    assert not is_clear(replace(WRITTEN, clauses=()))


clauses = st.builds(
    Clause,
    text=st.just("赔偿"),
    kind=st.sampled_from(["money", "act", "declaration"]),
    payee=st.sampled_from(["", "钱某"]),
    fen=st.sampled_from([None, 0, 100]),
    way=st.sampled_from(["", "cash"]),
    due=st.sampled_from([None, DAY]),
    breach=st.sampled_from(["", "违约金"]),
)


@given(st.lists(clauses, max_size=4), clauses)
def test_sq05_one_clause_more_never_makes_it_clearer(rows: list[Clause], more: Clause) -> None:
    before = clear_content(replace(WRITTEN, clauses=tuple(rows)))
    after = clear_content(replace(WRITTEN, clauses=(*rows, more)))
    for old, new in zip(before, after, strict=True):
        assert set(old.gaps) <= set(new.gaps)
        assert not new.gaps or new.applies
