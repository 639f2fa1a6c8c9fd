"""A fresh data folder with an invented station, its first user, and the visits of a plan."""

from collections.abc import Callable

from desk import clock
from desk.rules import local_rules
from desk.rules.profile import Profile
from desk.services.login import FirstStart, Login
from desk.services.profile import load_default
from desk.services.seed import case_run, run
from desk.services.seed.case_run import CasePlan
from desk.services.seed.run import Plan

USER_NAME = "周某某"
"""Who signs on to a seeded store: station head and clerk, with the password given to `make`."""


def setup(profile: Profile, password: str) -> FirstStart:
    """Return what the wizard would have been told."""
    name, phone = "示例街道人大代表联络站", "0571-00000000"
    return FirstStart(
        station_name=name,
        station_code="330199-004",
        level="street",
        area="示例市示例区示例街道",
        phone=phone,
        user_name=USER_NAME,
        password=password,
        pin="",
        notice_text=local_rules.notice_text(profile, clock.today(), station=name, phone=phone),
        backup_folder="",
    )


def make(login: Login, password: str, plan: Plan, progress: Callable[[int], None] = lambda _n: None) -> int:
    """Set a station up in the data folder of `login` and fill it; return how many visits it has.

    Raises:
        InputProblem: the password is too weak. StoreProblem: there is a store already, or the disk is full.
    """
    profile = load_default()
    opened = login.first_start(setup(profile, password))
    try:
        user_id = opened.session.user.id
        made = run.fill(opened.store, user_id, profile, plan, progress)
        if plan.cases:
            case_run.fill(opened.store, user_id, profile, CasePlan(plan.cases, plan.seed, plan.until))
        # A desk does it every two minutes: after three years its index is not in twenty pieces.
        while opened.store.tidy():
            pass
        return made
    finally:
        opened.store.close()
