"""Attempts at a secret beside the store: counted and written down before they are made, forgiven when right.

So pulling the plug does not save a guess, and neither do several lanes that guess at once (SEC-02).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desk import clock, errors
from desk.rules.passwords import LockStep, wait_text
from desk.services import keys, lockout, slots
from desk.services.slot_values import ENTRY, INVITE, PASSWORD, RECOVERY, Failed, SlotFile
from desk.text import _

# Which field of its window a refused secret was typed into.
_FIELD = {PASSWORD: "password", INVITE: "code", ENTRY: "code", RECOVERY: "recovery_code"}


@dataclass(frozen=True)
class Guess:
    """One attempt: at whose slot (user id or "recovery"), of which kind, what is said if it is wrong."""

    who: str
    how: str
    wrong: str


def attempt(folder: Path, steps: Sequence[LockStep], guess: Guess, open_wrap: Callable[[], bytes]) -> bytes:
    """Return the key that `open_wrap` finds; it takes about a second, and others may change the file.

    Raises:
        AccessProblem: it was wrong, or a wait is on (SEC-02).
        StoreProblem: the disk is full.
    """
    before, tries, noted = _counted(folder, steps, guess)
    try:
        key = open_wrap()
    except keys.WrongSecret:
        raise _refused(steps, tries, guess) from None
    except errors.Problem:
        slots.change(folder, lambda file: _untried(file, guess.who, before, tries).without_failure(noted))
        raise
    slots.change(folder, lambda file: file.with_tries(guess.who, lockout.Tries()).without_failure(noted))
    return key


def refuse_while_waiting(folder: Path, who: str, how: str) -> None:
    """Refuse whoever has guessed wrong too often; a clock set back starts the wait anew.

    Raises:
        AccessProblem: a wait is on, with its length.
    """

    def anchor(file: SlotFile) -> SlotFile:
        now, mono_ms = clock.now(), clock.monotonic_ms()
        return file.with_tries(who, lockout.anchored(file.tries_of(who), now=now, mono_ms=mono_ms))

    _refuse(slots.change(folder, anchor).tries_of(who), how)


def _counted(
    folder: Path, steps: Sequence[LockStep], guess: Guess
) -> tuple[lockout.Tries, lockout.Tries, Failed]:
    """Write the attempt down; return the failures before it and with it, and its entry in the journal."""
    refuse_while_waiting(folder, guess.who, guess.how)
    now, mono_ms = clock.now(), clock.monotonic_ms()
    noted = Failed(now, "" if guess.who == RECOVERY else guess.who, guess.how)
    before = [lockout.Tries()]

    def count(file: SlotFile) -> SlotFile:
        before[0] = file.tries_of(guess.who)
        # Another lane may have used up the last free attempt since.
        _refuse(before[0], guess.how)
        failed = lockout.failed(before[0], steps, now=now, mono_ms=mono_ms)
        return file.with_tries(guess.who, failed).with_failure(noted)

    counted = slots.change(folder, count).tries_of(guess.who)
    return before[0], counted, noted


def _untried(file: SlotFile, who: str, before: lockout.Tries, counted: lockout.Tries) -> SlotFile:
    """Return the file as if an attempt had not been made; what another lane failed at since stays counted."""
    return file.with_tries(who, before) if file.tries_of(who) == counted else file


def _refuse(tries: lockout.Tries, how: str) -> None:
    wait_s = lockout.remaining_s(tries, now=clock.now(), mono_ms=clock.monotonic_ms())
    if wait_s > 0:
        raise errors.AccessProblem(
            _("连续输错 {count} 次，{wait}").format(count=tries.failures, wait=wait_text(wait_s)),
            way_out=_("忘记密码请站长重新邀请，或用恢复码进入"),
            field=_FIELD[how],
            wait_s=wait_s,
        )


def _refused(steps: Sequence[LockStep], tries: lockout.Tries, guess: Guess) -> errors.AccessProblem:
    way_out = _("忘记密码请站长重新邀请，或用恢复码进入")
    if tries.wait_s > 0:
        sentence = _("{wrong}。已连续输错 {count} 次，{wait}")
        text = sentence.format(wrong=guess.wrong, count=tries.failures, wait=wait_text(tries.wait_s))
        return errors.AccessProblem(text, way_out=way_out, field=_FIELD[guess.how], wait_s=tries.wait_s)
    first = min((step.failures for step in steps), default=0)
    more = _("，再错 {left} 次要等一段时间才能再试").format(left=first - tries.failures) if first else ""
    return errors.AccessProblem(guess.wrong + more, way_out=way_out, field=_FIELD[guess.how])
