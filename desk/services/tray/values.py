"""What the conflicts tray shows: frozen values, telephone and ID numbers starred."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desk.rules.sentence_marks import Pieces

Way = Literal["mine", "theirs", "both", "third"]
"""How a question is closed: the value that came second, the one that stands, both texts, or a new text."""

Kind = Literal["value", "words", "state", "void", "number"]
"""What is asked: a plain value, free text, a step the hub refused, a deletion, a number given twice."""

Mark = tuple[str, str]
"""Noun and id of a record that a page shows as a whole: a visit, a case, a person…"""


@dataclass(frozen=True)
class Side:
    """One of the values: who wrote it and when (by the clock of their PC), "" and None where not known.

    text: in words, starred. pieces: free text cut where it differs from the other side. is_me: the user at
    the desk wrote it. edited: it is no longer the value the hub told of, somebody changed it since.
    """

    who: str = ""
    at: datetime | None = None
    text: str = ""
    pieces: Pieces = ()
    is_me: bool = False
    edited: bool = False


@dataclass(frozen=True)
class Question:
    """An open conflict: one field of one record.

    owner: the record a page shows it on. title: what a clerk calls it. mine: the value that came second and
    is not shown anywhere else; theirs: what the record says now. before: what both began from, None where
    this PC does not know. stand: changes as soon as the record's value does. starred: `reveal` says more.
    """

    id: str
    owner: Mark
    title: str
    field: str
    station: str
    kind: Kind
    mine: Side
    theirs: Side
    before: str | None
    stand: str
    ways: tuple[Way, ...]
    sentence: str = ""
    starred: bool = False
    may_close: bool = True


@dataclass(frozen=True)
class Clear:
    """The three values of a question in clear, after they were asked for."""

    mine: str
    theirs: str
    before: str | None


@dataclass(frozen=True)
class Closed:
    """A closed conflict: both values as they were, who closed it when, and whether the hub has it already."""

    id: str
    owner: Mark
    title: str
    field: str
    mine: Side
    theirs: Side
    chosen: str
    who: str
    at: datetime | None
    sent: bool


@dataclass(frozen=True)
class News:
    """同时修改，已合并: who wrote which fields of a record beside somebody else; no question."""

    id: str
    owner: Mark
    title: str
    fields: str
    who: str
    at: datetime | None


@dataclass(frozen=True)
class NotTaken:
    """One change the hub did not take, or values it took that are kept aside here.

    text: what it wanted, in words. sentence: the hub's. advice: what one can do. may_give_up: it waits in
    custody and may be left; `with_it`: how many changes of the same record would be left with it. may_send:
    it is a change, which can be sent again.
    """

    id: str
    owner: Mark
    title: str
    text: str
    who: str
    at: datetime | None
    sentence: str
    advice: str
    may_give_up: bool
    may_act: bool
    with_it: int = 0
    may_send: bool = True


@dataclass(frozen=True)
class Left:
    """A change somebody has given up, kept with what it wanted."""

    id: str
    title: str
    text: str
    who: str
    at: datetime | None


@dataclass(frozen=True)
class Tray:
    """Everything the page shows. hidden: there are questions only others may see."""

    questions: tuple[Question, ...] = ()
    news: tuple[News, ...] = ()
    closed: tuple[Closed, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    left: tuple[Left, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Marks:
    """For the badge and the chips: how many wait for a person, and the records with an open question."""

    count: int = 0
    records: frozenset[Mark] = frozenset()
