"""The conflict check (FL-11; Lawyers Law art. 39): has this adviser served the other side of this quarrel?

A pure comparison of one quarrel (who asks, against whom) with what is known: earlier records and the
adviser's declared interests. A service finds candidates by `keys` in an index and hands in only those: two
sides that can be the same person always share a key.

What counts:
- the present other side was served earlier by this adviser, about us or about nobody known;
- the present client was the other side of somebody this adviser served;
- in an earlier mediation by this adviser both sides stood against each other, or as far as is known did;
- the present other side is one of the adviser's declared interests (for a mediator: either side is);
- a mediator is one of the parties;
- the same matter (linked records) in which the other side was served.
A mediator is checked the same way for both sides; having mediated or received the same people before is no
conflict for mediating them again. Who served without being named (backfilled records) counts as this adviser.

A hit tells the adviser only `CHANGE_ADVISER`; the record's number is for the head, under audit.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, Literal

from desk.rules.identity import check_credit_code, check_digit, normalise_id
from desk.rules.names import name_key
from desk.rules.phones import PhoneKind, classify, normalise, split_landline

CHANGE_ADVISER: Final = "本事项请换人解答或改约。"
"""All an adviser may learn of a finding: not who, when or what (FL-11, FL-12)."""

NOBODY: Final = frozenset({"不详", "未知", "匿名", "不愿透露", "无", "没有", "暂无", "某某", "某人", "对方"})
"""What is written where nobody is named; such a name is compared with nothing."""


class Strength(IntEnum):
    """How sure it is that two sides are one person.

    A name or a shared landline alone is to be judged by the head; id, credit code and mobile stand.
    """

    @property
    def code(self) -> str:
        """Return the code to store: none, weak or strong."""
        return self.name.lower()

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True)
class Side:
    """One person or body as it was told; what is not known is "". `aliases`: other spellings (NM-10)."""

    name: str = ""
    id_no: str = ""
    uscc: str = ""
    phone: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quarrel:
    """The matter now asked: `ours` ask or applied, `theirs` stand against; `matter` links records, or ""."""

    ours: tuple[Side, ...]
    theirs: tuple[Side, ...]
    matter: str = ""


@dataclass(frozen=True)
class Earlier:
    """A record of before. `served` came or applied, `against` is the other side as far as it was named.

    `alone`: it was said that there is no other side. `by`: ids of those who advised, mediated or received;
    empty when unknown. Hand in only visits that ended in mediation or consultation or name another side.
    """

    noun: Literal["consultation", "mediation", "visit"]
    number: str
    served: tuple[Side, ...]
    against: tuple[Side, ...] = ()
    alone: bool = False
    by: frozenset[str] = frozenset()
    matter: str = ""
    record_id: str = ""


@dataclass(frozen=True)
class Adviser:
    """Who is to advise or mediate: user id, declared interests (own and of close relatives), and themselves.

    `own` is what is known of a mediator as a person: a party does not mediate. `named_only`: nobody knows
    which person of the name it is, so whatever is found has to be judged.
    """

    user_id: str
    interests: tuple[Side, ...] = ()
    own: tuple[Side, ...] = ()
    named_only: bool = False
    mediates: bool = False


@dataclass(frozen=True)
class Hit:
    """One ground against this adviser, for the head: noun, number and id of the record.

    Of a declared interest the noun is interest, of a mediator who is a party own; number and id are empty.
    `reason`: served_other_side, served_against_client, mediated_both, interest, own, same_matter. `grounds`:
    what agreed: id_no, uscc, phone, name.
    """

    reason: str
    strength: Strength
    grounds: tuple[str, ...]
    noun: str = "interest"
    number: str = ""
    record_id: str = ""


@dataclass(frozen=True)
class Finding:
    """The result of a check; `state` is the code to store (clear or hit)."""

    hits: tuple[Hit, ...]

    @property
    def state(self) -> str:
        """Return the code of `consultation_codes.CONFLICT`."""
        return "hit" if self.hits else "clear"

    @property
    def to_be_judged(self) -> bool:
        """Tell whether only names (or a shared landline) agreed: the head may judge it a namesake."""
        return bool(self.hits) and all(hit.strength is Strength.WEAK for hit in self.hits)

    def without(self, judged: Collection[tuple[str, str]]) -> "Finding":
        """Return what is left to judge; `judged` are noun and record id of what the head judged a namesake.

        Once more than a name agrees somewhere no judgement holds.
        """
        if not self.to_be_judged:
            return self
        return Finding(tuple(hit for hit in self.hits if (hit.noun, hit.record_id) not in judged))


def check(
    quarrel: Quarrel, adviser: Adviser, earlier: Iterable[Earlier], *, whole_station: bool = False
) -> Finding:
    """Compare a quarrel with earlier records and the adviser's interests (FL-11).

    `whole_station` (profile row conflict.whole_station): whoever of the station served the other side stands
    against every adviser of it; then only another station or 12348 can help.
    """
    sides = _Sides(tuple(map(_facts, quarrel.ours)), tuple(map(_facts, quarrel.theirs)), quarrel.matter)
    hits = _interest_hits(sides, adviser)
    for record in earlier:
        if whole_station or not record.by or adviser.user_id in record.by:
            hits.extend(_record_hits(sides, adviser, record))
    if adviser.named_only:
        hits = [replace(hit, strength=Strength.WEAK) for hit in hits]
    return Finding(tuple(hits))


def compare(one: Side, other: Side) -> tuple[Strength, tuple[str, ...]]:
    """Tell whether two sides are one person, and what agreed; the order of the two does not matter.

    Two valid identity numbers (or credit codes) that differ are two people, whatever else agrees.
    """
    return _compared(_facts(one), _facts(other))


def keys(side: Side) -> tuple[str, ...]:
    """Return the keys a side is filed and looked up under: "name:…", "id_no:…", "uscc:…", "phone:…"."""
    return tuple(
        f"{kind}:{value}" for kind, values in _facts(side).values.items() for value in sorted(values)
    )


def quarrel_keys(quarrel: Quarrel) -> tuple[str, ...]:
    """Return the keys of everybody in a quarrel, each once: what the service asks its index for."""
    return tuple(dict.fromkeys(key for side in (*quarrel.ours, *quarrel.theirs) for key in keys(side)))


def comparable_name(text: str) -> str:
    """Return a name as names are compared: width, blanks, separators, brackets and case do not count.

    "" where nobody is named.
    """
    # Nearly every name is plain Han already; hundreds are compared in one check.
    if _PLAIN_NAME.fullmatch(text):
        return "" if text in NOBODY else text
    bare = "".join(char for char in name_key(text) if unicodedata.category(char)[0] not in "PZS")
    return "" if bare in NOBODY else bare.casefold()


def both_sides_doubts(quarrel: Quarrel) -> tuple[str, ...]:
    """Return sentences to show when one person seems to stand on both sides of a quarrel."""
    found = max((compare(one, other)[0] for one in quarrel.ours for other in quarrel.theirs), default=0)
    if found == Strength.STRONG:
        return ("双方填了同一个证件号码、信用代码或者手机号，请核对。",)
    return ("双方同名，请用证件号码或者手机号区分。",) if found == Strength.WEAK else ()


_Match = tuple[Strength, tuple[str, ...]]
_EMPTY: Final[frozenset[str]] = frozenset()
_BLANK: Final = frozenset({""})
_NO_MATCH: Final[_Match] = (Strength.NONE, ())
_PLAIN_NAME = re.compile("[\u4e00-\u9fff]+")
_PLAIN_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_OLD_ID = re.compile(r"[0-9]{15}")
_GB_ID = re.compile(r"[0-9]{17}[0-9X]")


@dataclass(frozen=True)
class _Facts:
    """What a side is compared by, normalised; `certain` are the kinds of number that are surely right."""

    values: dict[str, frozenset[str]]
    certain: frozenset[str]
    mobile: bool

    @property
    def known(self) -> bool:
        return any(self.values.values())


@dataclass(frozen=True)
class _Sides:
    ours: tuple[_Facts, ...]
    theirs: tuple[_Facts, ...]
    matter: str

    def turned(self) -> "_Sides":
        return _Sides(self.theirs, self.ours, self.matter)


def _facts(side: Side) -> _Facts:
    names = frozenset(map(comparable_name, (side.name, *side.aliases))) - _BLANK
    id_no = _eighteen(normalise_id(side.id_no)) if side.id_no else ""
    uscc = normalise_id(side.uscc) if side.uscc else ""
    phone, mobile = _phone(side.phone)
    certain = set()
    if _GB_ID.fullmatch(id_no) and check_digit(id_no[:17]) == id_no[17]:
        certain.add("id_no")
    if uscc and check_credit_code(uscc).valid:
        certain.add("uscc")
    values = {"id_no": _one(id_no), "uscc": _one(uscc), "phone": _one(phone), "name": names}
    return _Facts(values, frozenset(certain), mobile)


def _one(value: str) -> frozenset[str]:
    return frozenset((value,)) if value else _EMPTY


def _eighteen(number: str) -> str:
    """A first-generation card and its successor are one person: 19 and the check digit were added."""
    if not _OLD_ID.fullmatch(number):
        return number
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_digit(first17)


def _phone(text: str) -> tuple[str, bool]:
    """Return the comparable number and whether it is a mobile; a landline counts without its area code.

    Service numbers and words belong to nobody.
    """
    if _PLAIN_MOBILE.fullmatch(text):
        return text, True
    number = normalise(text) if text else ""
    kind = classify(number)
    if kind is PhoneKind.LANDLINE:
        return split_landline(number)[1], False
    return (number, True) if kind is PhoneKind.MOBILE else ("", False)


def _compared(one: _Facts, other: _Facts) -> _Match:
    grounds = tuple(kind for kind, values in one.values.items() if not values.isdisjoint(other.values[kind]))
    if not grounds or not (one.certain & other.certain).issubset(grounds):
        return _NO_MATCH
    sure = "id_no" in grounds or "uscc" in grounds or ("phone" in grounds and one.mobile)
    return (Strength.STRONG if sure else Strength.WEAK), grounds


def _best(people: Sequence[_Facts], others: Sequence[_Facts]) -> _Match:
    """Return the strongest match between two groups."""
    return max((_compared(one, other) for one in people for other in others), default=_NO_MATCH)


def _matched(known: Sequence[_Facts], wanted: Sequence[_Facts], rivals: Sequence[_Facts]) -> _Match:
    """Match `known` people with `wanted` ones, leaving out those who are more surely one of the `rivals`.

    This keeps a returning client apart from a namesake on the other side.
    """
    free = [one for one in known if _best([one], wanted)[0] >= _best([one], rivals)[0]]
    return _best(free, wanted)


def _interest_hits(sides: _Sides, adviser: Adviser) -> list[Hit]:
    concerned = (*sides.theirs, *sides.ours) if adviser.mediates else sides.theirs
    interests = [_facts(interest) for interest in adviser.interests]
    found = (_compared(interest, side) for interest in interests for side in concerned)
    hits = [Hit("interest", strength, grounds) for strength, grounds in found if strength]
    own = _best([_facts(side) for side in adviser.own], (*sides.ours, *sides.theirs))
    return [*hits, Hit("own", *own, noun="own")] if own[0] else hits


def _record_hits(sides: _Sides, adviser: Adviser, record: Earlier) -> list[Hit]:
    """Return the strongest ground an earlier record gives, or none."""
    served = [_facts(side) for side in record.served]
    against = [_facts(side) for side in record.against]
    if record.noun == "mediation":
        hits = [] if adviser.mediates else _mediated(sides, record, served, against)
    elif not adviser.mediates:
        hits = _served(sides, record, served, against)
    elif record.noun == "consultation":
        hits = [
            *_served(sides, record, served, against),
            *_served(sides.turned(), record, served, against),
        ]
    else:
        hits = []
    return [max(hits, key=lambda hit: hit.strength)] if hits else []


def _served(sides: _Sides, record: Earlier, served: Sequence[_Facts], against: Sequence[_Facts]) -> list[Hit]:
    """Return why an earlier consultation or visit stands against serving `ours` now."""
    other = _matched(served, sides.theirs, sides.ours)
    client = _matched(against, sides.ours, sides.theirs)
    hits = []
    if other[0]:
        if sides.matter and sides.matter == record.matter:
            hits.append(_hit("same_matter", record, Strength.STRONG, other[1]))
        unknown = not record.alone and not (_known(sides.ours) and _known(against))
        if client[0] or unknown:
            hits.append(_hit("served_other_side", record, max(other[0], client[0]), other[1]))
    if client[0]:
        hits.append(_hit("served_against_client", record, client[0], client[1]))
    return hits


def _mediated(
    sides: _Sides, record: Earlier, served: Sequence[_Facts], against: Sequence[_Facts]
) -> list[Hit]:
    """Return why an earlier mediation, in which both were served, stands against advising one of them."""
    hits = []
    for first, second in ((served, against), (against, served)):
        other = _matched(first, sides.theirs, sides.ours)
        client = _matched(second, sides.ours, sides.theirs)
        unknown = not (_known(sides.ours) and _known(second))
        if other[0] and (client[0] or unknown):
            hits.append(_hit("mediated_both", record, max(other[0], client[0]), other[1]))
    return hits


def _hit(reason: str, record: Earlier, strength: Strength, grounds: tuple[str, ...]) -> Hit:
    return Hit(reason, strength, grounds, record.noun, record.number, record.record_id)


def _known(sides: Sequence[_Facts]) -> bool:
    return any(side.known for side in sides)
