"""Who may do what: one table of role × verb × field group (SEC-04, SEC-11).

A group is a noun of the wire records, or a part of one that has rights of its own (`safety`, `safe_visit`),
or a thing without records (`profile`, `backup`…). What no row grants is refused. A safe visit (confidential,
domestic violence, 检举控告) is read by its receiver and the head only.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

VERBS: Final = frozenset({"read", "write", "reveal", "print", "export", "approve", "void"})
"""reveal: see masked data in clear (written down, SEC-05); export is apart from write (SEC-04)."""

_RECEPTION: Final = frozenset(
    {"visit", "companion", "receiver", "matter", "consent", "report", "reply", "rating"}
    | {"receipt", "print_job", "person", "duty"}
)
_PEOPLE: Final = frozenset({"deputy", "mandate", "roster"})
_CASES: Final = frozenset({"mediation", "consultation"})
_LINKED: Final = frozenset({"proposal", *_CASES})
# What belongs to cases and visits alike; who may see the record it hangs on may see it.
_BESIDE: Final = frozenset({"attachment", "local_value", "joint_day"})
_COMMON: Final = frozenset({"station", "device", "user", "board", "committee", *_PEOPLE, *_BESIDE})
_ADMIN: Final = frozenset({"station", "device", "user", "profile", "setting", "backup", "audit"})
_ALL: Final = frozenset(
    {
        *_RECEPTION,
        *_COMMON,
        *_LINKED,
        *_ADMIN,
        *{"conflict_check", "interest"},
        *{
            "safety",
            "safe_visit",
            "ledger",
            "statistics",
            "message",
            "assignment",
            "unit_reply",
            "suggestion",
        },
    }
)

GROUPS: Final = _ALL
"""Every field group there is."""

ADMIN_GROUPS: Final = _ADMIN - {"station"}
"""What the three administrators share out (SEC-11)."""


def _grant(**verbs: Iterable[str]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({verb: frozenset(groups) for verb, groups in verbs.items()})


_SYSTEM = _grant(
    read={"station", "device", "setting", "backup"},
    write={"station", "device", "setting", "backup"},
)
_SECURITY = _grant(read={"user", "profile", "setting"}, write={"user", "profile"})
_AUDITING = _grant(read={"audit", "user"}, export={"audit"})

RIGHTS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = MappingProxyType(
    {
        # At the desk. LZ-01: a deputy explains, records, proposes, follows up, feeds back; never decides.
        "deputy": _grant(
            read=_RECEPTION | _COMMON | {"proposal", "message", "statistics"},
            write=_RECEPTION | _LINKED | _BESIDE | {"safety", "conflict_check"},
            reveal={"person", "visit", "companion"},
            print={"visit", "receipt", "proposal", "board"},
        ),
        "clerk": _grant(
            read=_RECEPTION
            | _COMMON
            | {"proposal", "message", "statistics", "ledger", "assignment", "suggestion"},
            write=_RECEPTION
            | _LINKED
            | _PEOPLE
            | _BESIDE
            | {"safety", "board", "message", "committee", "conflict_check"},
            reveal={"person", "visit", "companion", "deputy"},
            print={
                *{"visit", "receipt", "proposal", "ledger", "statistics", "board"},
                *{"committee", "joint_day", *_PEOPLE},
            },
            export={"ledger", "statistics", "roster"},
            void={"visit", "receipt", "print_job", "duty"},
        ),
        "mediator": _grant(
            read=_COMMON | {"mediation", "person", "duty"},
            write={
                "mediation",
                "person",
                "duty",
                "committee",
                "conflict_check",
                "interest",
                "report",
                *_BESIDE,
            },
            reveal={"mediation", "person"},
            print={"mediation", "statistics", "committee"},
            # What a committee reports to the county: figures, and who is paid for which dossier.
            export={"statistics"},
        ),
        # FL-12: what was said in a consultation stays with the lawyer and the head.
        "lawyer": _grant(
            read=_COMMON | {"consultation", "person", "duty"},
            write={"consultation", "person", "duty", "conflict_check", "interest", *_BESIDE},
            reveal={"consultation", "person"},
            print={"consultation", "joint_day"},
        ),
        "head": _grant(
            read=_ALL,
            write=_ALL - {"audit", "message", "unit_reply"},
            reveal={"person", "visit", "companion", "deputy", "mediation", "consultation", "safe_visit"},
            print=_ALL - _ADMIN,
            export={"ledger", "statistics", "roster", "audit", "person"},
            # Of a mediation: the grade of its dossier, which its mediators are paid by.
            approve={"proposal", "mediation"},
            void=_RECEPTION | _LINKED | _PEOPLE | {"safe_visit"},
        ),
        # SEC-11: the posts of 等保; none of them reads what visitors said.
        "sysadmin": _SYSTEM,
        "secadmin": _SECURITY,
        "audadmin": _AUDITING,
        # Beyond the desk (the hub asks the same table).
        "county": _grant(
            read=_PEOPLE
            | {"station", "device", "user", "visit", "matter", "reply", "rating", "proposal"}
            | {"assignment", "unit_reply", "suggestion", "statistics", "ledger", "profile", "report"},
            write={"assignment", "suggestion", "profile", "station"},
            print={"assignment", "suggestion", "statistics", "ledger"},
            export={"statistics", "ledger", "suggestion"},
            approve={"proposal", "assignment"},
        ),
        "unit": _grant(read={"assignment", "unit_reply"}, write={"unit_reply"}, print={"assignment"}),
        "auditor": _grant(read={"audit", "statistics", "profile", "user"}, export={"audit", "statistics"}),
        "web": _grant(read={"board"}, write={"message", "rating"}),
    }
)

ROLES: Final = frozenset(RIGHTS)
"""Every role there is."""

RECEIVER: Final = _grant(
    read={"safe_visit", "safety"}, write={"safe_visit"}, reveal={"safe_visit"}, print={"safe_visit"}
)
"""What whoever receives a safe visit gains for this visit, whatever role they have at the desk."""

_DESK_ROLES = frozenset({"deputy", "clerk", "mediator", "lawyer", "head"})
_POSTS = frozenset({"sysadmin", "secadmin", "audadmin"})

LOOKING_DESKS: Final = frozenset({"county", "auditor"})
"""Desks of the county: whoever works there has this role towards the stations' records, and no other."""

_COUNTYS_OWN: Final = frozenset({"assignment", "suggestion"})
"""Records the county begins in a station's scope: its decisions, apart from what the station wrote (sync.md
2.7, class B)."""


def at_desk(roles: Iterable[str], desk: str, *, split_admins: bool = False) -> frozenset[str]:
    """Return what the roles of a user count at a desk; at a station's, what they are.

    At a desk of the county nobody receives, mediates or advises. Its head runs the PC there, by the three
    posts (SEC-11), unless those are filled apart.

    Args:
        roles: as they stand in the user's record.
        desk: what the PC is to the hub; `county` and `auditor` are the county's.
        split_admins: as in `may`.
    """
    held = frozenset(roles)
    if desk not in LOOKING_DESKS:
        return held
    posts = held & _POSTS
    if "head" in held and not split_admins:
        posts |= _POSTS
    return posts | {desk} if held & _DESK_ROLES else posts


def may_begin(role: str, noun: str) -> bool:
    """Tell whether a PC of this role may begin a record of this noun in a station's scope."""
    return role not in LOOKING_DESKS or noun in _COUNTYS_OWN


def may(
    roles: Iterable[str], verb: str, group: str, *, is_receiver: bool = False, split_admins: bool = False
) -> bool:
    """Tell whether somebody with these roles may do this.

    `is_receiver`: the visit asked about was received by them. `split_admins`: 等保 posts are filled apart, so
    that the head has no administrator's right by being head (SEC-11). Raises ValueError for an unknown word.
    """
    held = frozenset(roles)
    if not held <= ROLES or verb not in VERBS or group not in GROUPS:
        raise ValueError(f"unknown right: {sorted(held)} {verb} {group}")
    if is_receiver and held & _DESK_ROLES and group in RECEIVER.get(verb, ()):
        return True
    if split_admins and group in ADMIN_GROUPS:
        held -= {"head"}
    return any(group in RIGHTS[role].get(verb, ()) for role in held)
