"""回避关系: whom an adviser or mediator may not act against, declared by them or the head (FL-11)."""

from dataclasses import dataclass

from desk import clock
from desk.errors import AccessProblem, InputProblem
from desk.models.base import alive
from desk.models.committee import Mediator
from desk.models.conflict_check import Interest
from desk.models.own import own
from desk.models.store import Store
from desk.models.user import User
from desk.rules.identity import normalise_id
from desk.rules.masking import mask_id, mask_phone
from desk.rules.names import check_name
from desk.rules.phones import check_phone
from desk.services import audit
from desk.services.consultation.forms import InterestForm
from desk.services.consultation.values import InterestRow
from desk.services.outcome import Done
from desk.services.roles import parsed
from desk.services.session import Session
from desk.text import _

_CHANGED = frozenset({"interest"})
_ADVISES = "lawyer"


@dataclass(frozen=True)
class Owner:
    """Whose interests: a user, or a mediator without an account."""

    user_id: str = ""
    mediator_id: str = ""


@dataclass(frozen=True)
class OwnerRow:
    """Somebody who may declare, by name."""

    owner: Owner
    name: str


class Interests:
    """Keeps what advisers and mediators declared. Each sees their own, the head everybody's."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def owners(self) -> tuple[OwnerRow, ...]:
        """Return who may declare here: to the head all advisers and mediators, to others themselves.

        Raises AccessProblem without the right.
        """
        self._session.require("write", "interest")
        sees_all, me = self._session.may("read", "interest"), self._session.user.id
        with self._store.read() as rows:
            users = rows.scalars(
                own(rows, User).where(User.disabled.is_(False)).order_by(User.initials)
            ).all()
            mediators = rows.scalars(alive(Mediator).order_by(Mediator.name_initials)).all()
        found = [
            OwnerRow(Owner(user.record_id), user.name)
            for user in users
            if (sees_all and _ADVISES in parsed(user.roles)) or (not sees_all and user.record_id == me)
        ]
        # A mediator who has an account declares as that user, once for both.
        found += [
            OwnerRow(Owner(mediator_id=each.record_id), each.name)
            for each in mediators
            if (sees_all and not each.user_id) or (not sees_all and each.user_id == me and not found)
        ]
        found += [
            OwnerRow(Owner(each.user_id), each.name)
            for each in mediators
            if sees_all and each.user_id and Owner(each.user_id) not in {row.owner for row in found}
        ]
        return tuple(found)

    def list(self, owner: Owner) -> tuple[InterestRow, ...]:
        """Return what somebody declared, the lapsed ones left out. Raises AccessProblem."""
        self._allow(owner)
        query = alive(Interest).where(
            Interest.user_id == owner.user_id, Interest.mediator_id == owner.mediator_id
        )
        today = clock.today()
        with self._store.read() as rows:
            found = rows.scalars(query.order_by(Interest.name)).all()
        return tuple(_row(row) for row in found if row.until_on is None or row.until_on >= today)

    def save(self, owner: Owner, form: InterestForm, interest_id: str = "") -> Done[InterestRow]:
        """Declare somebody, or correct what was declared; starred numbers stay as they are.

        Raises InputProblem without a name and a number, AccessProblem.
        """
        self._allow(owner)
        with self._store.write(self._session.user.id) as rows:
            row = rows.get(Interest, interest_id) if interest_id else None
            if row is not None and Owner(row.user_id, row.mediator_id) != owner:
                raise AccessProblem(_("只能改自己申报的回避关系。"), way_out=_("请本人或站长操作。"))
            if row is None:
                row = Interest(user_id=owner.user_id, mediator_id=owner.mediator_id)
                rows.add(row)
            _put(row, form)
            audit.append(
                rows,
                "interest_change",
                user_id=self._session.user.id,
                noun="interest",
                target_id=row.record_id,
            )
            shown = _row(row)
        return Done(shown, _CHANGED)

    def end(self, interest_id: str) -> Done[None]:
        """Take a declaration back: from now on it counts no more. Raises InputProblem, AccessProblem."""
        with self._store.write(self._session.user.id) as rows:
            row = rows.get(Interest, interest_id)
            if row is None or row.void:
                raise InputProblem(_("没有找到这条回避关系。"), field="interest")
            self._allow(Owner(row.user_id, row.mediator_id))
            row.tombstone(_("申报人撤回"))
            audit.append(
                rows,
                "interest_end",
                user_id=self._session.user.id,
                noun="interest",
                target_id=interest_id,
            )
        return Done(None, _CHANGED)

    def _allow(self, owner: Owner) -> None:
        """Let pass the head, and everybody for themselves. Raises AccessProblem."""
        self._session.require("write", "interest")
        if self._session.may("read", "interest") or owner.user_id == self._session.user.id:
            return
        if owner.mediator_id:
            with self._store.read() as rows:
                mediator = rows.get(Mediator, owner.mediator_id)
            if mediator is not None and mediator.user_id == self._session.user.id:
                return
        raise AccessProblem(_("只能看和改自己申报的回避关系。"), way_out=_("请本人或站长操作。"))


def _put(row: Interest, form: InterestForm) -> None:
    checked = check_name(form.name) if form.name.strip() else None
    if checked is not None and checked.problem:
        raise InputProblem(checked.problem, field="name")
    name = checked.clean if checked is not None else ""
    phone = (
        row.phone if form.phone and form.phone == mask_phone(row.phone) else check_phone(form.phone).number
    )
    id_no = row.id_no if form.id_no and form.id_no == mask_id(row.id_no) else normalise_id(form.id_no)
    uscc = normalise_id(form.uscc)
    if not any((name, phone, id_no, uscc)):
        raise InputProblem(_("请填写姓名（名称）、证件号码、信用代码或者电话中的一项。"), field="name")
    row.name, row.phone, row.id_no, row.uscc = name, phone, id_no, uscc
    row.relation, row.until_on = form.relation.strip(), form.until_on


def _row(row: Interest) -> InterestRow:
    return InterestRow(
        id=row.record_id,
        name=row.name,
        relation=row.relation,
        id_no_masked=mask_id(row.id_no),
        uscc=row.uscc,
        phone_masked=mask_phone(row.phone),
        until_on=row.until_on,
    )
