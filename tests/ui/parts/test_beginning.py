"""What a form began with: what widgets cannot show is no change, and nothing typed is lost on the way."""

from dataclasses import dataclass, replace

from desk.rules.three_way import lay
from desk.services.consultation.forms import OpponentForm
from desk.ui.parts.beginning import Beginning


@dataclass(frozen=True)
class Form:
    name: str = ""
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class Rows:
    others: tuple[OpponentForm, ...] = ()
    codes: tuple[str, ...] = ()


READ = Form("王某某", "code of a newer desk", "一")
SHOWN = replace(READ, code="")


def begun() -> Beginning[Form]:
    made = Beginning(Form())
    made.show(READ, SHOWN)
    return made


def test_what_the_widgets_cannot_show_is_no_change() -> None:
    assert begun().typed(SHOWN) == READ
    assert begun().typed(replace(SHOWN, note="二")) == replace(READ, note="二")


def test_after_a_save_only_what_was_typed_since_counts() -> None:
    made = begun()
    sent = replace(SHOWN, note="二")
    made.sending(sent)
    stored = replace(READ, note="二，清")
    made.arrived(stored)
    assert made.typed(sent) == stored
    assert made.typed(replace(sent, note="三")) == replace(stored, note="三")


def test_what_another_desk_changed_is_begun_with_once_it_is_shown() -> None:
    made = begun()
    sent = replace(SHOWN, note="二")
    made.sending(sent)
    stored = replace(READ, name="王某", note="二")  # another desk renamed him meanwhile
    made.arrived(stored)
    assert made.base.name == "王某某"
    typed = made.typed(replace(sent, name="王某甲"))
    assert [each.path for each in lay(made.base, typed, stored).clashes] == [("name",)]
    assert made.unseen(stored, sent) == {"name"}
    assert made.unseen(stored, replace(sent, name="王某甲")) == set()
    made.seen(stored, replace(sent, name="王某"), ["name"])
    assert made.base == stored
    assert made.typed(replace(sent, name="王某")) == stored


def test_a_row_that_was_stored_otherwise_can_be_taken_away_and_changed() -> None:
    made = Beginning(Rows())
    sent = Rows((OpponentForm("钱某某", phone="13900000172"), OpponentForm("吴某某")), ("乙", "甲"))
    made.sending(sent)
    starred = OpponentForm("钱某某", phone="139****0172")
    stored = Rows((starred, OpponentForm("吴某某")), ("甲", "乙"))
    made.arrived(stored)
    assert made.typed(sent) == stored
    assert made.typed(replace(sent, others=sent.others[1:])).others == (OpponentForm("吴某某"),)
    renamed = OpponentForm("钱某", phone="13900000172")
    assert made.typed(replace(sent, others=(renamed, sent.others[1]))).others == (
        renamed,
        OpponentForm("吴某某"),
    )
    assert made.typed(replace(sent, codes=("乙",))).codes == ("乙",)


def test_an_answer_begins_with_the_record_as_it_stands() -> None:
    made = begun()
    theirs = replace(READ, name="王某", note="三")
    mine = replace(SHOWN, note="二")
    assert made.answered(theirs, mine, ()) == replace(theirs, note="二")
    assert made.base == theirs
    made = begun()
    assert made.answered(theirs, mine, [("note",)]) == theirs


def test_a_draft_is_laid_over_the_record() -> None:
    made = begun()
    theirs = replace(READ, name="王某", note="三")
    assert made.restored(READ, replace(READ, note="二"), theirs) == replace(theirs, note="二")
    # What both changed is asked about when it is saved.
    assert made.base == READ
