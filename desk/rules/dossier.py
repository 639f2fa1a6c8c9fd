"""The dossier of a mediation (§3.6): its papers in order, which of them are there, which an archive lacks.

One case, one dossier. The mandatory papers follow the outcome: a small oral case has a light set, a failed
one the notice of its end (F-12) instead of an agreement. A paper is there as a record that can be printed, or
as a scan of the signed pages.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from desk.rules.mediation_labels import DOSSIER_OUTCOMES, DOSSIER_ROW, PARTY_SIDE
from desk.rules.mediation_parties import Party, called
from desk.rules.numerals import han_number
from desk.rules.visit_states import Missing

PAPER: Final[Mapping[str, str]] = {
    "F-01": "人民调解申请书",
    "F-02": "人民调解受理登记表",
    "F-03": "当事人权利义务告知书",
    "F-04": "授权委托书",
    "F-05": "人民调解调查记录",
    "F-06": "人民调解记录",
    "F-07": "人民调解协议书",
    "F-08": "人民调解口头协议登记表",
    "F-09": "人民调解回访记录",
    "F-10": "司法确认申请书",
    "F-11": "人民调解结案报告表",
    "F-12": "终止调解通知书",
    "F-13": "卷宗封面",
}
"""The forms of §3.5 the desk draws; F-13 has the list of contents, the note and the back cover with it."""

ATTACHED: Final[Mapping[str, str]] = {"f10_proof": "人民调解委员会主持调解的证明", "f12_referral": "移送函"}
"""Papers without a number of their own, by layout: the proof a court asks for (SQ-03) is handed in with F-10,
the letter to the organ in charge takes the place of F-12 where a case is handed on."""

ROW: Final = DOSSIER_ROW

ROW_OF: Final[Mapping[str, str]] = {
    "F-01": "registration",
    "F-02": "registration",
    "F-03": "rights_notice",
    "F-04": "authority",
    "F-05": "investigation",
    "F-06": "mediation_record",
    "F-07": "agreement",
    "F-08": "agreement",
    "F-09": "follow_up",
    "F-10": "confirmation",
    "F-11": "closing_report",
    "F-12": "termination",
    "f12_referral": "referral",
    "F-13": "cover",
}
"""Which row of the dossier a form, or a layout of its own row, lies in; either F-01 or F-02 opens it."""

WHOLE: Final = "whole"
"""What a scan is filed to that holds all signed papers of its row."""

OUTCOMES: Final = DOSSIER_OUTCOMES

_ORAL: Final = frozenset({"oral", "light"})


_CLOSED: Final = frozenset(
    {"performed", "followed_up", "refused", "terminated", "referred_out", "rejected", "archived"}
)


@dataclass(frozen=True)
class Item:
    """One paper of the case, handed in in the order they came to be.

    `who` is the key of the party or the agent, "" for a paper of the whole case; `way` is record or scan.
    """

    row: str
    who: str = ""
    way: str = "record"
    pages: int = 1
    title: str = ""


@dataclass(frozen=True)
class File:
    """What is known of one case when its dossier is looked through.

    `agents` are (key, name) of each agent: one lawyer may act for two, by two letters. `investigated`,
    `followed_up`, `confirmation_asked` and `performed` tell whether there is anything the rows 按需 should
    show.
    """

    outcome: str
    parties: tuple[Party, ...]
    items: tuple[Item, ...] = ()
    agents: tuple[tuple[str, str], ...] = ()
    investigated: bool = False
    followed_up: bool = False
    confirmation_asked: bool = False
    performed: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the completeness list.

    `need`: mandatory 必须, expected 按需而有其事, or optional 按需. `items` are the papers in it; `owner` is
    the key of the party or agent the row belongs to, "" for a row of the whole case.
    """

    code: str
    label: str
    need: str
    who: str
    items: tuple[Item, ...]
    owner: str = ""

    @property
    def present(self) -> bool:
        """Tell whether anything of this row is there."""
        return bool(self.items)

    @property
    def name(self) -> str:
        """Return the words of a missing row: 当事人身份证明（冯某）."""
        return f"{self.label}（{self.who}）" if self.who else self.label


def has_report(state: str, *, accepted: bool) -> bool:
    """Tell whether the closing report (F-11) can be drawn: of an accepted case that is over (§3.6)."""
    return accepted and state in _CLOSED


def outcome_of(
    state: str, *, form: str = "", difficulty: str = "ordinary", accepted: bool = True, sessions: int = 0
) -> str:
    """Return which set of papers a case wants, "" while it is still open.

    `state` is that before the archive; `form` of the agreement written or oral. A simple oral case wants the
    light set; who refused before acceptance leaves what a rejected case leaves; an end after a session is a
    failure with all its papers, one before any session has no record of a session.
    """
    if state == "referred_out":
        return "referred"
    if state == "rejected" or (state == "refused" and not accepted):
        return "rejected"
    if state in {"refused", "terminated"}:
        return "failed" if sessions else "refused"
    if state == "mediating" or form != "oral":
        return "" if state == "mediating" else form
    return "light" if difficulty == "simple" else "oral"


def rows(
    file: File, mandatory: Mapping[str, Collection[str]], scan_needed: Collection[str] = ()
) -> tuple[Row, ...]:
    """Return the dossier row by row in the order of §3.6.

    `mandatory` holds for each outcome the rows an archive insists on (profile dossier.<outcome>). A row of
    `scan_needed` counts as there only with a scan. Identity has one row a party, the authority one an agent;
    a row that neither has anything nor is asked for is optional.
    """
    wanted = mandatory.get(file.outcome, ())
    found = []
    for code in ROW:
        need = _need(code, file, wanted)
        for key, name in _owners(code, file):
            items = tuple(
                item
                for item in file.items
                if item.row == code
                and (not key or item.who == key)
                and (code not in scan_needed or item.way == "scan")
            )
            if need != "off" or items:
                found.append(Row(code, label_of(code, file.outcome), need, name, items, key))
    return tuple(found)


def missing_papers(listed: Sequence[Row]) -> tuple[Missing, ...]:
    """Return the mandatory rows that are empty, each by name; an archive fails on any (§3.6)."""
    return tuple(
        Missing(row.code, f"缺{row.name}。") for row in listed if row.need == "mandatory" and not row.present
    )


def expected_papers(listed: Sequence[Row]) -> tuple[str, ...]:
    """Return the names of empty rows the case gives reason to expect; a hint that blocks nothing."""
    return tuple(row.name for row in listed if row.need == "expected" and not row.present)


def count_mandatory(listed: Sequence[Row]) -> tuple[int, int]:
    """Return (there, wanted) of the mandatory rows, by row name and not by party: 必须 6 / 8."""
    codes = dict.fromkeys(row.code for row in listed if row.need == "mandatory")
    lacking = {row.code for row in listed if row.need == "mandatory" and not row.present}
    return len(codes) - len(lacking), len(codes)


def label_of(code: str, outcome: str) -> str:
    """Return the words of a row: the agreement of an oral case is its register sheet (F-08)."""
    return PAPER["F-08"] if code == "agreement" and outcome in _ORAL else ROW[code]


def _owners(code: str, file: File) -> tuple[tuple[str, str], ...]:
    """Return (key, name) of everybody who has a row of his own, or one pair of nothing."""
    if code == "identity" and file.parties:
        keys = (party.key or party.name for party in file.parties)
        return tuple(zip(keys, _apart(file.parties), strict=True))
    if code == "authority" and file.agents:
        return file.agents
    return (("", ""),)


def _apart(parties: Sequence[Party]) -> tuple[str, ...]:
    """Return what each party is called: namesakes with their side, on one side with their place too."""
    names = [called(party) for party in parties]
    told: list[str] = []
    for party, name in zip(parties, names, strict=True):
        full = f"{PARTY_SIDE.get(party.side, '当事人')}{name}" if names.count(name) > 1 else name
        before = sum(1 for other in told if other == full or other.startswith(f"{full}之"))
        told.append(f"{full}之{han_number(before + 1)}" if before else full)
    return tuple(told)


def _need(code: str, file: File, wanted: Collection[str]) -> str:
    if code in wanted or (code == "authority" and file.agents):
        return "mandatory"
    reasons = {
        "investigation": file.investigated,
        "follow_up": file.followed_up,
        "confirmation": file.confirmation_asked,
        "performance": file.performed,
    }
    if reasons.get(code):
        return "expected"
    # A paper of another outcome is shown only if it is there all the same.
    return "off" if code in {"agreement", "termination", "referral"} else "optional"
