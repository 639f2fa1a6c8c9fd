"""The profile in force at this station: the shipped default, the county's file, the head's own changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session as Rows

from desk import clock
from desk.errors import InputProblem
from desk.models.local import SettingValue
from desk.models.meta import ProfileFile
from desk.models.own import own
from desk.models.store import Store
from desk.models.user import User
from desk.rules.profile import Profile, Value
from desk.rules.profile_file import version_order
from desk.services import audit, roles
from desk.services import profile as files
from desk.services.outcome import Done
from desk.services.session import Session
from desk.text import _

_COUNTY_KEY = "county_profile_key"
_COUNTY, _LOCAL = "county", "local"


@dataclass(frozen=True)
class RuleChange:
    """One rule a file would change from today on: its key, the value now and then, and who says so."""

    key: str
    old: Value | None
    new: Value
    valid_from: date
    source: str


@dataclass(frozen=True)
class ProfileOffer:
    """A file looked at, not yet in force.

    `needs` tells what the head must still do: `fingerprint` (compare it by phone, the first time),
    `local` (take it over as the station's own rules), or nothing.
    """

    name: str
    version: str
    fingerprint: str
    needs: Literal["", "fingerprint", "local"]
    changes: tuple[RuleChange, ...]


class Profiles:
    """Reads, offers and takes profiles. `follow` is told each profile that comes into force later on."""

    def __init__(
        self, store: Store, session: Session, follow: Callable[[Profile], None] = lambda _profile: None
    ) -> None:
        self._store = store
        self._session = session
        self._follow = follow
        self._current: Profile | None = None

    def current(self) -> Profile:
        """Return the profile in force; read once and kept until it changes."""
        if self._current is None:
            with self._store.read() as rows:
                self._current = _in_force(rows)
        return self._current

    def offer(self, data: bytes) -> ProfileOffer:
        """Check a file and say what it would change. Raises InputProblem for one that cannot be used."""
        self._session.require("read", "profile")
        with self._store.read() as rows:
            known = _county_key(rows)
            read = _read(rows, data, known)
        needs: Literal["", "fingerprint", "local"] = ""
        if read.origin == "unsigned":
            needs = "local"
        elif known is None:
            needs = "fingerprint"
        profile = read.profile
        return ProfileOffer(profile.name, profile.version, read.fingerprint, needs, self._changes(profile))

    def accept(self, data: bytes, *, fingerprint: str = "", as_local: bool = False) -> Done[Profile]:
        """Put a file into force; rules apply from their own dates.

        A county file needs its fingerprint, compared by phone, the first time: the key is pinned then. An
        unsigned file needs the head's word that it becomes the station's own. Raises InputProblem without
        them, AccessProblem without the right.
        """
        self._session.require("write", "profile")
        with self._store.write(self._session.user.id) as rows:
            known = _county_key(rows)
            read = _read(rows, data, known)
            if read.origin == "county":
                if known is None and fingerprint != read.fingerprint:
                    raise InputProblem(
                        _("第一次使用县里的规则文件，要先核对指纹。"),
                        way_out=_("请打电话给县级工作机构，核对屏幕上的 16 位指纹。"),
                        field="fingerprint",
                    )
                self._pin(rows, read.key)
            elif not as_local:
                raise InputProblem(
                    _("这个规则文件没有县里的签名。"),
                    way_out=_("请索取签名的文件，或由站长确认作为本站设定使用。"),
                    field="as_local",
                )
            if read.origin == "county":
                self._keep(rows, read.profile, _COUNTY, "profile_import")
            else:
                self._keep(rows, files.added(_newest(rows, _LOCAL), read.profile), _LOCAL, "profile_import")
        return self._renewed()

    def change(self, key: str, value: Value, valid_from: date | None = None) -> Done[Profile]:
        """Change one value as the station's own from a day on (None: today), marked 本地设定.

        Raises InputProblem for a key or value the program does not know, AccessProblem without the right.
        """
        self._session.require("write", "profile")
        day = valid_from or clock.today()
        with self._store.write(self._session.user.id) as rows:
            try:
                local = files.with_change(_newest(rows, _LOCAL), key, value, day)
            except KeyError:
                raise InputProblem(_("本程序不认识这条规则。"), field=key) from None
            self._keep(rows, local, _LOCAL, "profile_change", key)
        return self._renewed()

    def _changes(self, profile: Profile) -> tuple[RuleChange, ...]:
        now = self.current()
        known = {row.key for row in now.all_rows}
        found = []
        for row in profile.all_rows:
            old = now.value(row.key, row.valid_from) if row.key in known else None
            if old != row.value:
                found.append(RuleChange(row.key, old, row.value, row.valid_from, row.source))
        return tuple(found)

    def _keep(self, rows: Rows, profile: Profile, origin: str, action: str, fields: str = "") -> None:
        rows.add(
            ProfileFile(
                version=profile.version,
                body=files.to_bytes(profile),
                origin=origin,
                installed_at=clock.now(),
            )
        )
        user_id = self._session.user.id
        audit.append(rows, action, user_id=user_id, noun="profile", target_id=origin, fields=fields)
        _refuse_nobody_left(rows)

    def _pin(self, rows: Rows, key: bytes | None) -> None:
        if key is not None:
            rows.merge(SettingValue(key=_COUNTY_KEY, value=key.hex()))

    def _renewed(self) -> Done[Profile]:
        self._current = None
        profile = self.current()
        self._follow(profile)
        return Done(profile, frozenset({"profile"}))


def _in_force(rows: Rows) -> Profile:
    return files.in_force(_newest(rows, _COUNTY), _newest(rows, _LOCAL))


def _read(rows: Rows, data: bytes, known: bytes | None) -> files.ImportedProfile:
    """Check a file; a county's older one, however well signed, must not undo a newer one."""
    read = files.parse_import(data, known)
    present = _newest(rows, _COUNTY)
    if read.origin == "county" and present is not None:
        mine, theirs = present.version, read.profile.version
        if version_order(theirs) < version_order(mine):
            raise InputProblem(
                _("这份规则文件是 {theirs} 版，比正在使用的 {mine} 版旧。").format(theirs=theirs, mine=mine),
                way_out=_("请向县级工作机构索取最新的规则文件。"),
                field="profile",
            )
    return read


def _refuse_nobody_left(rows: Rows) -> None:
    """Refuse to take the administrators' rights from the head while nobody holds the three posts (SEC-11)."""
    if not any(row.value for row in _in_force(rows).all_rows if row.key == "dengbao.enabled"):
        return
    users = rows.scalars(own(rows, User).where(User.disabled.is_(False)))
    held = frozenset[str]().union(*(roles.parsed(user.roles) for user in users))
    missing = [word for post, word in roles.POSTS.items() if post not in held]
    if missing:
        raise InputProblem(
            _("打开等保设置以前，要先有{posts}。").format(posts="、".join(missing)),
            way_out=_("请在“用户”里把这些岗位指定给同事，再来打开。"),
            field="dengbao.enabled",
        )


def _newest(rows: Rows, origin: str) -> Profile | None:
    query = select(ProfileFile.body).where(ProfileFile.origin == origin)
    body = rows.scalars(query.order_by(ProfileFile.position.desc()).limit(1)).first()
    return None if body is None else files.from_bytes(body)


def _county_key(rows: Rows) -> bytes | None:
    kept = rows.get(SettingValue, _COUNTY_KEY)
    return None if kept is None else bytes.fromhex(kept.value)
