"""Stand-ins one can read: the time that stands still until a test moves it."""

from datetime import datetime, timedelta

from desk import clock

# A Monday morning on reception day, in China's one time zone.
MORNING = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


class FakeClock:
    """A clock that shows what a test sets. The `fake_clock` fixture installs it as the time of the desk."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> datetime:
        """Move on by a timedelta's keywords (`minutes=5`) and return the new time."""
        self.moment += timedelta(**step)
        return self.moment

    def set(self, text: str) -> datetime:
        """Jump to an ISO 8601 time with offset, backwards too, and return it."""
        self.moment = datetime.fromisoformat(text)
        return self.moment

    def install(self) -> None:
        """Make this the time of the desk."""
        clock.set_source(self)
