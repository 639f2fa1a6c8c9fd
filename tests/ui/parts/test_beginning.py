"""What a form began with: what widgets cannot show is no change, and nothing typed is lost on the way."""

from dataclasses import dataclass, replace

from desk.services.outcome import Done
from desk.ui.parts.beginning import Beginning, Written


@dataclass(frozen=True)
class Form:
    name: str = ""
    code: str = ""
    note: str = ""


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
    stored = replace(READ, name="王某", note="二")  # another desk renamed him meanwhile
    made.take(Written(None, frozenset(), stored))
    assert made.typed(sent) == stored
    assert made.typed(replace(sent, note="三")) == replace(stored, note="三")


def test_a_verb_that_sends_no_form_leaves_what_is_typed_to_be_saved() -> None:
    made = begun()
    made.take(Written(None, frozenset(), replace(READ, name="王某"), sent=False))
    assert made.typed(replace(SHOWN, note="二")) == replace(READ, name="王某", note="二")
    made.take(Done(None))
    made.take(Written(None))
    assert made.base.name == "王某"


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
