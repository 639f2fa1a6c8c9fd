"""What users do in the simulation: new records, edits, steps, sets, tombstones; each text is written once."""

from typing import TYPE_CHECKING, Any

from desk.wire.changes import set_change
from desk.wire.enrolling import COUNTY, STATION
from desk.wire.heads import Head
from desk.wire.op import Kind, Op

if TYPE_CHECKING:
    from tests.sync.pc import Pc
    from tests.sync.world import World

# Noun, and of its fields the scalars with texts of their own; consultation.topic came with schema 2.
TEXTS = {
    "matter": ("subject", "request", "category"),
    "consultation": ("referred_to", "question"),
    "user": ("initials", "licence_no"),
    "station": ("phone", "area"),
}
SINCE = {"referred_to": 2, "question": 2}
COUNTYS_RIGHT = ("station",)
"""What a PC of the county may change of a station's records."""

STATIONS = ["station", "station"]
"""What is begun beside the rest where a county may change it."""

SETS = {"user": "roles"}
STATES = {"matter": ("open", "proposed", "closed"), "consultation": ("open", "advised", "finished")}
ROLES = ("clerk", "deputy", "head", "lawyer")
TOKENS = frozenset(name for names in TEXTS.values() for name in names)
NOUNS = frozenset({*TEXTS, "rating"})
"""Every kind of record that is written here; each has a table at the desk."""


def ops(world: "World", n: int, desk: "Pc") -> list[Op]:
    """Draw one thing a user does at this desk; at the county there may be nothing to be done."""
    return [op(world, n, desk)] if desk.role == STATION else by_county(world, n, desk, COUNTYS_RIGHT)


def by_county(world: "World", n: int, desk: "Pc", nouns: tuple[str, ...]) -> list[Op]:
    """Draw a change of what stations wrote; none where there is nothing of these kinds."""
    living = [key for key in desk.living(nouns) if key[1] not in world.spoilt]
    if not living:
        return []
    key = world.draw.choice(living)
    names = [name for name in TEXTS[key[0]] if SINCE.get(name, 1) <= world.schemas[n]]
    if not names:
        return []
    return [_patch(world, n, key, desk.shown(key), {world.draw.choice(names): world.new_id("v")})]


def op(world: "World", n: int, desk: "Pc") -> Op:
    """Draw one thing a user does at a station's desk."""
    draw = world.draw
    # Some go on working on a record that a bug has spoilt.
    spoilt = set() if draw.random() < 0.1 and not world.place.searches else world.spoilt
    living = [key for key in desk.living(tuple(TEXTS)) if key[1] not in spoilt]
    if not living or draw.random() < 0.3:
        return _insert(world, n)
    noun, rec = draw.choice(living)
    head = desk.shown((noun, rec))
    luck = draw.random()
    if luck < 0.06:
        values = {"void": True, "void_reason": world.new_id("why")}
        return _op(world, n, (noun, rec), "void", values, base=dict(head.field_op))
    if noun in STATES and luck < 0.25:
        was = head.fields.get("state", "")
        state = draw.choice([each for each in STATES[noun] if each != was])
        return _patch(world, n, (noun, rec), head, {"state": state}, was={"state": was})
    if noun in SETS and luck < 0.5:
        old = head.fields.get("roles", "")
        new = ",".join(sorted(draw.sample(ROLES, draw.randint(0, 3))))
        return _patch(world, n, (noun, rec), head, {"roles": set_change(old, new)})
    names = [name for name in TEXTS[noun] if SINCE.get(name, 1) <= world.schemas[n]]
    if not names:
        return _insert(world, n)
    return _patch(world, n, (noun, rec), head, {draw.choice(names): world.new_id("v")})


def rating(world: "World") -> Op:
    """Draw a fact nobody will ever change, told on the public page."""
    values = {"about": "result", "reason": world.new_id("v")}
    return _op(world, 0, ("rating", world.new_id("r")), "insert", values, device="web")


def poison(world: "World", n: int) -> Op:
    """Draw what can never be applied: a value out of its codec, a fact changed, a noun unheard of, at the
    county what only a station may write."""
    desk = world.desks[n]
    forbidden = by_county(world, n, desk, ("matter", "user")) if desk.role == COUNTY else []
    if forbidden:
        return forbidden[0]
    noun, values = world.draw.choice(
        [
            ("matter", {"state": "no code!"}),
            ("matter", {"subject": "nul\0"}),
            ("matter", {"mood": "good"}),
            ("moon", {"phase": "full"}),
            ("matter", {"fast_track": "yes"}),
        ]
    )
    return _op(world, n, (noun, world.new_id("r")), "insert", values)


def _insert(world: "World", n: int) -> Op:
    draw = world.draw
    noun = draw.choice(["matter", "matter", "user", "consultation", "rating", *STATIONS * world.has_county])
    if noun == "rating":
        return _op(world, n, ("rating", world.new_id("r")), "insert", {"reason": world.new_id("v")})
    names = [name for name in TEXTS[noun] if SINCE.get(name, 1) <= world.schemas[n]]
    values: dict[str, Any] = {name: world.new_id("v") for name in names[:1]}
    if noun in STATES:
        values["state"] = STATES[noun][0]
    return _op(world, n, (noun, world.new_id("r")), "insert", values)


def _patch(
    world: "World", n: int, key: tuple[str, str], head: Head, values: dict[str, Any], *, was: Any = None
) -> Op:
    if "whole_record" in world.switches:
        # A desk that writes the whole record as it sees it, and a hub that believes it.
        known = {name: each for name, each in head.fields.items() if name in TEXTS[key[0]]}
        values = {**known, **values}
    base = {name: head.op_of(name) for name in values}
    return _op(world, n, key, "patch", values, base=base, was=was)


def _op(
    world: "World", n: int, key: tuple[str, str], kind: Kind, values: dict[str, Any], *,
    base: dict[str, str] | None = None, was: Any = None, device: str = "",
) -> Op:  # fmt: skip
    desk = world.desks[n]
    return Op(
        op=world.new_id("o"),
        device=device or desk.disk.device_id,
        incarnation=f"{device}-1" if device else "",
        run=1,
        seq=0,
        tx=world.new_id("t"),
        scope=world.scope,
        type=key[0],
        rec=key[1],
        kind=kind,
        set=values,
        base=base or {},
        user="u1",
        at=world.at(n),
        offset=None,
        mono=world.count,
        schema=world.schemas[n],
        was=was or {},
    )
