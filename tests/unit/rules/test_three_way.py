"""Three copies of a form: what only one side touched holds, nothing goes that nobody took away."""

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.three_way import Clash, lay


@dataclass(frozen=True)
class Agent:
    id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Party:
    FOLLOWS = (("person_id", "name"),)

    id: str = ""
    name: str = ""
    phone: str = ""
    person_id: str = ""
    agents: tuple[Agent, ...] = ()


@dataclass(frozen=True)
class Report:
    KEY = ("flag",)

    flag: str
    recipient: str = ""


@dataclass(frozen=True)
class Form:
    title: str = ""
    summary: str = ""
    count: int = 0
    on: date | None = None
    parties: tuple[Party, ...] = ()
    reports: tuple[Report, ...] = ()
    claims: tuple[str, ...] = ()


PLAIN = ("title", "summary", "count", "on")
WORDS = st.text("甲乙丙", max_size=2)
VALUES = {
    "title": WORDS,
    "summary": WORDS,
    "count": st.integers(0, 3),
    "on": st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
}


def rows(ids: str) -> st.SearchStrategy[tuple[Party, ...]]:
    keys = st.lists(st.sampled_from(ids), unique=True, max_size=4)
    made = st.builds(Party, name=WORDS, phone=WORDS)
    return keys.flatmap(
        lambda found: st.tuples(*(made.map(lambda row, key=key: replace(row, id=key)) for key in found))
    )


def forms(ids: str = "abcd") -> st.SearchStrategy[Form]:
    claims = st.lists(WORDS, max_size=4).map(tuple)
    return st.builds(Form, **VALUES, parties=rows(ids), claims=claims)


@given(forms(), forms(), forms())
def test_a_field_only_one_side_touched_is_as_that_side_has_it(base: Form, mine: Form, theirs: Form) -> None:
    laid = lay(base, mine, theirs)
    asked = {clash.path for clash in laid.clashes}
    for name in PLAIN:
        old, my, their = (getattr(each, name) for each in (base, mine, theirs))
        if my == old:
            assert getattr(laid.form, name) == their
        elif their in (old, my):
            assert getattr(laid.form, name) == my
        assert ((name,) in asked) == (my != old and their not in (old, my))


@given(forms(), forms(), forms())
def test_no_row_goes_that_nobody_took_away_and_none_comes_back(base: Form, mine: Form, theirs: Form) -> None:
    laid = lay(base, mine, theirs)
    old, my, their = ({row.id: row for row in each.parties} for each in (base, mine, theirs))
    left = [row.id for row in laid.form.parties if row.id]
    assert len(left) == len(set(left))
    assert set(left) >= ((set(my) & set(their)) | (set(my) - set(old)) | (set(their) - set(old)))
    for gone in set(old) - set(left):
        assert gone not in my or gone not in their
    # What one side had changed is kept, or asked about, when the other side took it away.
    for key in (set(old) & set(my)) - set(their):
        assert (my[key] != old[key]) == (("parties", key) in {clash.path for clash in laid.clashes})


@given(forms(), forms(), forms())
def test_a_row_is_put_together_field_by_field(base: Form, mine: Form, theirs: Form) -> None:
    laid = {row.id: row for row in lay(base, mine, theirs).form.parties if row.id}
    old, my, their = ({row.id: row for row in each.parties} for each in (base, mine, theirs))
    for key in set(old) & set(my) & set(their):
        for name in ("name", "phone"):
            was, mine_now, theirs_now = (getattr(each[key], name) for each in (old, my, their))
            assert getattr(laid[key], name) == (theirs_now if mine_now == was else mine_now)


@given(forms(), forms())
def test_with_nothing_changed_elsewhere_it_is_what_was_typed(base: Form, mine: Form) -> None:
    assert lay(base, mine, base).form == mine
    assert lay(base, base, mine).form == mine
    assert lay(base, mine, mine).form == mine
    assert not lay(base, mine, mine).clashes


@given(forms(), forms(), forms())
def test_yielding_everywhere_leaves_nothing_of_mine_in_question(base: Form, mine: Form, theirs: Form) -> None:
    asked = [clash.path for clash in lay(base, mine, theirs).clashes]
    laid = lay(base, mine, theirs, yielding=asked).form
    for name in PLAIN:
        my, their = getattr(mine, name), getattr(theirs, name)
        assert getattr(laid, name) == (my if getattr(theirs, name) == getattr(base, name) else their)
    # Decided, nothing is asked a second time.
    assert not lay(theirs, laid, theirs).clashes


LINES = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=4).map(tuple)


@given(LINES, LINES, LINES)
def test_lines_without_a_key_are_neither_lost_nor_doubled(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    laid = lay(Form(claims=base), Form(claims=mine), Form(claims=theirs))
    left, asked = set(laid.form.claims), {each for clash in laid.clashes for each in (clash.theirs,)}
    old, my, their = Counter(base), Counter(mine), Counter(theirs)
    assert left >= set(my - old)
    assert left | asked >= set(their - old)
    assert left >= (set(mine) & set(theirs) & set(base)) - set(old - my)


def test_a_line_edited_on_both_sides_is_asked_about() -> None:
    laid = lay(
        Form(claims=("还钱", "道歉")), Form(claims=("还五千", "道歉")), Form(claims=("还六千", "道歉"))
    )
    assert laid.clashes == (Clash(("claims", "0"), "还五千", "还六千"),)
    assert laid.form.claims == ("还五千", "道歉")


def test_new_rows_of_both_sides_stay_in_the_order_they_have() -> None:
    one, two = Party("a", "王某某"), Party("b", "李某某")
    mine, theirs = Party("", "赵某某"), Party("c", "钱某某")
    laid = lay(Form(parties=(one, two)), Form(parties=(one, two, mine)), Form(parties=(one, two, theirs)))
    assert laid.form.parties == (one, two, theirs, mine)
    turned = lay(Form(parties=(one, two)), Form(parties=(two, one)), Form(parties=(one, two, theirs)))
    assert turned.form.parties == (two, one, theirs)


def test_a_row_taken_away_here_and_changed_there_is_asked_about() -> None:
    was, now = Party("a", "王某某"), Party("a", "王某某", "13800001234")
    laid = lay(Form(parties=(was,)), Form(), Form(parties=(now,)))
    assert laid.clashes == (Clash(("parties", "a"), None, now, now),)
    assert laid.form.parties == ()
    assert lay(Form(parties=(was,)), Form(), Form(parties=(now,)), yielding=[("parties", "a")]).form == Form(
        parties=(now,)
    )


def test_a_row_changed_here_and_taken_away_there_comes_back_as_a_new_one() -> None:
    was = Party("a", "王某某", agents=(Agent("x", "李某某"),))
    laid = lay(Form(parties=(was,)), Form(parties=(replace(was, phone="138"),)), Form())
    assert [clash.path for clash in laid.clashes] == [("parties", "a")]
    assert laid.form.parties == (Party("", "王某某", "138", agents=(Agent("", "李某某"),)),)


def test_rows_below_rows_are_put_together_too() -> None:
    was = Party("a", "王某某", agents=(Agent("x", "李某某"),))
    mine = replace(was, agents=(Agent("x", "李某某"), Agent("", "赵某某")))
    theirs = replace(was, phone="138", agents=(Agent("x", "李某"),))
    laid = lay(Form(parties=(was,)), Form(parties=(mine,)), Form(parties=(theirs,)))
    assert laid.form.parties == (
        Party("a", "王某某", "138", agents=(Agent("x", "李某"), Agent("", "赵某某"))),
    )


def test_rows_may_name_what_tells_them_apart() -> None:
    base = Form(reports=(Report("armed"), Report("group")))
    mine = Form(reports=(Report("armed", "police"), Report("group")))
    theirs = Form(reports=(Report("group", "town"), Report("armed")))
    laid = lay(base, mine, theirs)
    assert laid.form.reports == (Report("group", "town"), Report("armed", "police"))
    assert not laid.clashes


def test_what_follows_a_field_goes_with_it() -> None:
    was = Party("a", "王某某", person_id="p1")
    mine, theirs = replace(was, name="李某某", person_id="p2"), replace(was, name="赵某某", person_id="p3")
    laid = lay(was, mine, theirs)
    assert [clash.path for clash in laid.clashes] == [("name",)]
    assert laid.form.person_id == "p2"
    assert lay(was, mine, theirs, yielding=[("name",)]).form.person_id == "p3"
    assert lay(was, replace(was, phone="138"), theirs).form == replace(theirs, phone="138")


def test_every_plain_field_is_looked_at() -> None:
    assert {each.name for each in fields(Form)} == {*PLAIN, "parties", "reports", "claims"}
