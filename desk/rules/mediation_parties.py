"""The parties of a mediation: two sides, representatives, guardians, consent, and when an ID is needed.

MED-02, 27 · PI-02, 05 · SQ-03. Whoever is asked hands in `Party`, what the rules look at of a party.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desk.rules import identity
from desk.rules.mediation_labels import PARTY_SIDE
from desk.rules.names import name_key
from desk.rules.visit_states import Missing

SIDES: Final = ("applicant", "respondent")
"""The two sides a quarrel has; somebody third may be there or not."""

_ADULT: Final = 18
_SELF_SUPPORTING: Final = 16


@dataclass(frozen=True)
class Party:
    """One party; codes are those of `mediation_labels`.

    `id_no` is the number of the paper or of the credit code; `guardian` the name of the legal guardian;
    `own_living` that somebody of 16 or 17 lives on his own labour; `represents` that the many of a side
    chose this one; `key` tells parties of one name apart (the record's id); `consent` is unasked, applied,
    agreed or refused.
    """

    name: str
    side: str
    kind: str = "natural_person"
    consent: str = "unasked"
    phone: str = ""
    address: str = ""
    birth: dt.date | None = None
    capacity: str = "full"
    own_living: bool = False
    guardian: str = ""
    legal_rep: str = ""
    id_no: str = ""
    represents: bool = False
    key: str = ""
    rights_told: bool = False


def side_members(parties: Sequence[Party], side: str) -> tuple[Party, ...]:
    """Return the parties of one side in their order."""
    return tuple(party for party in parties if party.side == side)


def is_minor(party: Party, on: dt.date) -> bool:
    """Tell whether a party is younger than 18 on a day; unknown birth: no."""
    return party.birth is not None and identity.age(party.birth, on) < _ADULT


def needs_guardian(party: Party, on: dt.date) -> bool:
    """Tell whether a guardian has to act: a minor, or somebody without or with limited capacity (PI-05).

    Who is 16 or 17 and lives on his own labour counts as an adult (Civil Code art. 18).
    """
    if party.kind != "natural_person":
        return False
    if party.capacity in {"limited", "none"}:
        return True
    if not is_minor(party, on):
        return False
    assert party.birth is not None
    return not (party.own_living and identity.age(party.birth, on) >= _SELF_SUPPORTING)


def needs_separate_consent(party: Party, on: dt.date) -> bool:
    """Tell whether a party is under 14, so that a guardian must allow the use of the data (PI-05)."""
    return party.birth is not None and identity.is_under_14(party.birth, on)


def speakers(parties: Sequence[Party], side: str) -> tuple[Party, ...]:
    """Return who speaks for a side: its representatives if it chose any, else all of it (MED-27)."""
    members = side_members(parties, side)
    chosen = tuple(party for party in members if party.represents)
    return chosen or members


def missing_parties(
    parties: Sequence[Party], on: dt.date, *, max_representatives: int = 5
) -> tuple[Missing, ...]:
    """Return what the parties of a case still lack before it can be accepted.

    Two sides, a name each, ≤ `max_representatives` speakers a side (MED-27; profile), a guardian where
    one has to act (PI-05), who stands for an organisation. Phone and address are asked on the papers.
    """
    gaps = []
    for side, word in PARTY_SIDE.items():
        members = side_members(parties, side)
        if not members and side in SIDES:
            gaps.append(Missing("parties", f"请登记{word}：调解至少要有两方当事人。"))
        if len(speakers(parties, side)) > max_representatives:
            gaps.append(Missing("parties", _too_many(word, members, max_representatives)))
    for party in parties:
        gaps.extend(_party_gaps(party, on))
    return tuple(gaps)


def missing_contacts(parties: Sequence[Party]) -> tuple[Missing, ...]:
    """Return the phones and addresses the papers ask for and that are not there (§3.5, party block)."""
    gaps = []
    for party in parties:
        if not party.phone.strip():
            gaps.append(Missing("phone", f"请填写{called(party)}的联系方式。"))
        if not party.address.strip():
            gaps.append(Missing("address", f"请填写{called(party)}的单位或住址。"))
    return tuple(gaps)


def missing_identity(parties: Sequence[Party]) -> tuple[Missing, ...]:
    """Return who has no number of an ID paper or credit code; asked for dossier and confirmation only.

    At registration an ID stays optional (PI-02); a court wants it (SQ-03).
    """
    return tuple(
        Missing("id_no", f"缺{called(party)}的{_id_word(party)}。")
        for party in parties
        if not party.id_no.strip()
    )


def missing_consent(parties: Sequence[Party]) -> tuple[Missing, ...]:
    """Return whose agreement to mediate is still missing; the many are bound by those they chose (MED-02)."""
    asked = [party for side in PARTY_SIDE for party in speakers(parties, side)]
    return tuple(
        Missing("consent", f"{called(party)}还没有同意调解，不能开始调解。")
        for party in asked
        if party.consent not in {"applied", "agreed"}
    )


def refusals(parties: Sequence[Party]) -> tuple[Missing, ...]:
    """Return who clearly refused: mediation is then blocked (MED-02)."""
    return tuple(
        Missing("consent", f"{called(party)}明确拒绝调解，不得调解。")
        for party in parties
        if party.consent == "refused"
    )


def missing_rights_notice(parties: Sequence[Party]) -> tuple[Missing, ...]:
    """Return who was not yet told rights and duties (F-03; MED-05, 06)."""
    told = [party for side in PARTY_SIDE for party in speakers(parties, side)]
    return tuple(
        Missing("rights_told", f"还没有向{called(party)}告知权利和义务。")
        for party in told
        if not party.rights_told
    )


def doubts(parties: Sequence[Party]) -> tuple[str, ...]:
    """Return sentences to show beside the parties; nothing is refused for them.

    The same name or the same ID number on both sides may be two people, or one entered twice.
    """
    sides = {side: side_members(parties, side) for side in PARTY_SIDE}
    names = {side: {name_key(party.name): party.name for party in members} for side, members in sides.items()}
    numbers = {side: {party.id_no for party in members if party.id_no} for side, members in sides.items()}
    applicants, respondents = (names[side] for side in SIDES)
    shared_numbers = numbers["applicant"] & numbers["respondent"]
    found = [
        f"双方都有“{applicants[key]}”，请核对是不是同名的两个人。"
        for key in applicants
        if key and key in respondents
    ]
    if shared_numbers:
        found.append("双方有相同的证件号码，同一个人不能既是申请人又是被申请人，请核对。")
    for side, word in PARTY_SIDE.items():
        counts = Counter(name_key(party.name) for party in sides[side] if party.name.strip())
        found.extend(f"{word}里有两个“{names[side][key]}”，请核对。" for key, n in counts.items() if n > 1)
    return tuple(found)


def called(party: Party) -> str:
    """Return how a sentence names a party: the name, or the side while there is none."""
    return party.name.strip() or PARTY_SIDE.get(party.side, "当事人")


def told_apart(people: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return how each (side, name) is called where all of them may be meant: the plain name of whoever has it
    alone, 申请人王某某 where two sides share it, 申请人王某某（1） where one side has it twice.

    A side is a code of PARTY_SIDE, or the word a paper has for it, such as 申请人甲.
    """
    keys = [name_key(name) for _side, name in people]
    mine = [(side, key) for (side, _name), key in zip(people, keys, strict=True)]
    words = []
    for at, ((side, name), key) in enumerate(zip(people, keys, strict=True)):
        word = name.strip()
        if key and keys.count(key) > 1:
            word = PARTY_SIDE.get(side, side or "当事人") + word
        if key and mine.count((side, key)) > 1:
            word += f"（{mine[: at + 1].count((side, key))}）"
        words.append(word)
    return tuple(words)


def agents_apart(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return how each agent is called on a paper of his own, from pairs of agent and party: the plain name,
    or 吴某，代理钱某 where somebody of that name acts for several.
    """
    met = Counter(name_key(agent) for agent, _party in pairs)
    return tuple(
        f"{agent}，代理{party}" if met[name_key(agent)] > 1 and party else agent for agent, party in pairs
    )


def _party_gaps(party: Party, on: dt.date) -> list[Missing]:
    gaps = []
    if not party.name.strip():
        word = "姓名" if party.kind == "natural_person" else "名称"
        gaps.append(Missing("name", f"请填写{PARTY_SIDE.get(party.side, '当事人')}的{word}。"))
    if needs_guardian(party, on) and not party.guardian.strip():
        reason = "未成年" if is_minor(party, on) else "不具有完全民事行为能力"
        gaps.append(Missing("guardian", f"{called(party)}{reason}，请登记监护人。"))
    if party.kind != "natural_person" and not party.legal_rep.strip():
        gaps.append(Missing("legal_rep", f"请填写{called(party)}的法定代表人或者负责人。"))
    return gaps


def _too_many(word: str, members: Sequence[Party], most: int) -> str:
    if any(party.represents for party in members):
        return f"{word}推选的代表不超过 {most} 人。"
    return f"{word}有 {len(members)} 人，请推选不超过 {most} 名代表参加调解。"


def _id_word(party: Party) -> str:
    return "身份证件号码" if party.kind == "natural_person" else "统一社会信用代码"
