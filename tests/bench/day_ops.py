"""Ops of days at stations, as PCs write them: a visitor, the visit, the matter, its end, two audit rows.

Texts and numbers are invented, of the words `desk seed` has, and follow from the seed. Ids are made as a PC
makes them at that moment: those of a save in one series, a millisecond from op to op.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from desk import ids
from desk.services.seed import people, words
from desk.services.seed.dice import Dice
from desk.wire.codecs import instant_text
from desk.wire.incoming import OpIn
from desk.wire.messages import Push
from desk.wire.op import Op
from desk.wire.records import SCHEMA

_BEGAN = datetime.fromisoformat("2026-01-05T09:00:00.000+08:00")


class Station:
    """One station's PC that writes op after op."""

    def __init__(self, scope: str, device: str, seed: int) -> None:
        self.scope, self.device = scope, device
        self.incarnation, self._seq = ids.new_id(), 0
        self._dice = Dice(seed)
        self._series, self._ms = ids.Series(), 0

    def ops(self, count: int) -> Iterator[Op]:
        """Write so many ops, whole visits and the beginning of one more."""
        written = 0
        while written < count:
            for each in self._visit():
                yield each
                written += 1
                if written == count:
                    return

    def pushes(self, epoch: str, count: int, size: int) -> list[Push]:
        """Write so many ops in pushes of one size, as the outbox sends them."""
        made = [OpIn(each.op, each.to_bytes()) for each in self.ops(count)]
        return [
            Push(self.device, self.incarnation, self.scope, epoch, SCHEMA, 0, tuple(made[n : n + size]))
            for n in range(0, count, size)
        ]

    @property
    def _at(self) -> str:
        """The moment of the next op: one every five minutes."""
        return instant_text(_BEGAN + timedelta(minutes=5 * self._seq))

    def _id(self) -> str:
        return self._series.next(self._ms)

    def _save(self) -> str:
        """Begin a save, at some second and millisecond of these five minutes, and return its id."""
        self._series = ids.Series()
        at = _BEGAN + timedelta(minutes=5 * self._seq, milliseconds=self._seq * 7919 % 300_000)
        self._ms = round(at.timestamp() * 1000)
        return self._id()

    def _visit(self) -> Iterator[Op]:
        tx, dice = self._save(), self._dice
        person, visit, matter = self._id(), self._id(), self._id()
        met = people.person(dice, person)
        told = {"name_told": met["name"], "phone_told": met["phone"], "person_id": person}
        number = f"LF2026-{self.device[-4:].upper()}{self._seq:06d}"
        who = {name: met[name] for name in ("name", "phone", "address", "sex", "grid")}
        yield self._op("person", person, tx, who)
        came = {"number": number, "state": "received", "kind": "station", "headcount": 1, "safety": "none"}
        times = dict.fromkeys(("arrived_at", "entered_at", "received_at"), self._at)
        more = {"first_or_repeat": "first", "own_voter": "yes", "profile_version": "1"}
        seen = self._op("visit", visit, tx, told | came | times | more)
        yield seen
        yield self._audit(tx, visit, "receive")
        subject, said = _said(dice, dice.early(words.COMMUNITIES))
        about = {"visit_id": visit, "subject": subject, "statement": said, "state": "open"}
        yield self._op("matter", matter, tx, about)
        end = self._save()
        done = {"state": "finished", **dict.fromkeys(("finished_at", "smile_at", "tea_at"), self._at)}
        base = dict.fromkeys(done, seen.op)
        yield self._op("visit", visit, end, done, base=base, was={"state": "received"})
        yield self._audit(end, visit, "finish")

    def _audit(self, tx: str, target: str, action: str) -> Op:
        told = {"n": self._seq, "prev": "a" * 64, "alg": "sha256", "at": self._at, "device_id": self.device}
        about = {"user_id": "u1", "action": action, "noun": "visit", "target_id": target, "fields": "state"}
        return self._op("audit", self._id(), tx, {**told, **about, "ok": True, "hash": "b" * 64})

    def _op(
        self,
        noun: str,
        record_id: str,
        tx: str,
        values: dict[str, Any],
        *,
        base: dict[str, str] | None = None,
        was: dict[str, Any] | None = None,
    ) -> Op:
        self._seq += 1
        self._ms += 1
        return Op(
            op=self._id(),
            device=self.device,
            incarnation=self.incarnation,
            run=1,
            seq=self._seq,
            tx=tx,
            scope=self.scope,
            type=noun,
            rec=record_id,
            kind="patch" if base else "insert",
            set=values,
            base=base or {},
            user="u1",
            at=self._at,
            offset=12,
            mono=self._seq * 7,
            schema=SCHEMA,
            was=was or {},
        )


def _said(dice: Dice, community: str) -> tuple[str, str]:
    topic = dice.one(words.TOPICS)
    places = {"community": community, "building": dice.between(1, 48), "count": dice.between(2, 19)}
    lines = [dice.one(topic.sentences), *dice.some(words.PADDING, dice.between(1, 6))]
    told = "".join(each.format(month=dice.between(1, 12), **places) for each in lines)
    return dice.one(topic.subjects).format(month=3, **places), told
