"""The first start: makes the key, both ways into it, and the store with its first records; all of it or
nothing."""

import platform
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session as Rows

from desk import clock, errors, ids, settings
from desk.models.device import Device
from desk.models.local import SettingValue
from desk.models.meta import ROW, Meta
from desk.models.station import Station
from desk.models.store import Store
from desk.models.user import User as UserRow
from desk.rules.local_rules import notice_text
from desk.rules.names import check_name
from desk.rules.numbers import LETTERS
from desk.rules.passwords import PasswordPolicy
from desk.rules.pinyin import readings
from desk.services import audit, keys, passwords, pins, receipts, roles, slots, staging
from desk.services.keybox import Holder, Keybox
from desk.services.login_values import FirstStart, Progress
from desk.services.opening import Opened, open_desk
from desk.services.pins import Pins
from desk.services.profile import load_default
from desk.services.slot_values import PASSWORD
from desk.services.station import dated_version
from desk.text import _
from desk.wire import codes

FIRST_ROLES = frozenset({"head", "clerk"})
"""Who sets the station up runs it and receives visitors; other roles are given in the settings."""


def checked(setup: FirstStart, policy: PasswordPolicy) -> FirstStart:
    """Return what was typed, tidied.

    Raises:
        InputProblem: a name is missing or unusable, the password too weak, the PIN too simple; names the
        field.
    """
    name = check_name(setup.user_name)
    if name.problem:
        raise errors.InputProblem(name.problem, field="user_name")
    station_name = setup.station_name.strip()
    if not station_name:
        raise errors.InputProblem(_("请填写联络站名称"), field="station_name")
    passwords.require_good(setup.password, policy)
    pin = pins.checked(setup.pin) if setup.pin else ""
    return replace(
        setup,
        station_name=station_name,
        station_code=setup.station_code.strip(),
        area=setup.area.strip(),
        phone=setup.phone.strip(),
        user_name=name.clean,
        pin=pin,
        backup_folder=setup.backup_folder.strip(),
    )


def run(setup: FirstStart, box: Keybox, progress: Progress) -> Opened:
    """Set the station up and open it, with the recovery code to print.

    Everything is made in a folder beside and moved in at the end (staging.py): a crash at any moment leaves
    either nothing or a finished store. A failure cleans up after itself.

    Args:
        setup: what `checked` returned.
        box: of the data folder, which must hold no store.
        progress: is told each step.

    Raises:
        StoreProblem: there is a store already, the disk is full, or the folder is a network share.
    """
    stage_box = box.at(staging.folder_of(box.folder))
    _refuse_second(box)
    holder = Holder(ids.new_id(), setup.user_name, roles.label(FIRST_ROLES))
    key, code = keys.new_key(), codes.new(codes.RECOVERY)
    with ExitStack() as undo:
        undo.callback(staging.discard, box.folder, box.secrets)
        progress(_("正在准备加密数据文件"))
        _make_store(setup, stage_box, key, holder)
        progress(_("正在生成登录密钥"))
        stage_box.put_password(key, holder, setup.password)
        progress(_("正在生成恢复码"))
        stage_box.put_recovery(key, code)
        undo.pop_all()
    staging.move_in(box.folder)
    progress(_("正在打开"))
    return replace(open_desk(box, key, holder.user_id, how=PASSWORD), recovery_code=code)


def _refuse_second(box: Keybox) -> None:
    if slots.path(box.folder).exists() or (box.folder / staging.STORE_FILE).exists():
        raise errors.StoreProblem(
            _("这个文件夹里已有数据文件"), way_out=_("请直接登录，或另选文件夹。"), field="exists"
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True)
    except OSError as failure:
        raise errors.StoreProblem(
            _("数据文件夹建不了：{path}").format(path=folder.parent),
            way_out=_("请检查文件夹权限和磁盘空间，或另选数据文件夹"),
            field="readonly",
        ) from failure


def _make_store(setup: FirstStart, stage_box: Keybox, key: bytes, holder: Holder) -> None:
    station_id = ids.new_id()
    _make_folder(stage_box.folder)
    stage_box.begin(station_id, setup.station_name)
    store = Store.create(stage_box.folder, key, scope_id=f"S:{station_id}")
    try:
        with store.write(holder.user_id) as rows:
            _first_records(rows, setup, station_id, holder)
            if setup.pin:
                Pins(store, stage_box.steps).set(rows, holder.user_id, setup.pin)
            audit.append(rows, "first_start", user_id=holder.user_id, noun="station", target_id=station_id)
    finally:
        store.close()


def _notice_version(setup: FirstStart) -> str:
    """Return the profile's name of its own text; a text that was changed is named by the day."""
    profile, today = load_default(), clock.today()
    shipped = notice_text(profile, today, station=setup.station_name, phone=setup.phone)
    changed = setup.notice_text.strip() != shipped.strip()
    return dated_version(today) if changed else profile.text("notice.version", today)


def _first_records(rows: Rows, setup: FirstStart, station_id: str, holder: Holder) -> None:
    meta = rows.get_one(Meta, ROW)
    rows.add(
        Station(
            record_id=station_id,
            name=setup.station_name,
            code=setup.station_code,
            kind="station",
            level=setup.level,
            area=setup.area,
            phone=setup.phone,
            notice_version=_notice_version(setup),
            notice_text=setup.notice_text,
        )
    )
    rows.add(
        Device(
            record_id=meta.device_id,
            letter=LETTERS[0],
            name=platform.node(),
            incarnation=meta.incarnation,
            added_at=clock.now(),
        )
    )
    rows.flush()
    receipts.ensure_key(rows)
    rows.add(
        UserRow(
            record_id=holder.user_id,
            name=holder.name,
            initials=next(iter(readings(holder.name).initials), ""),
            roles=roles.written(FIRST_ROLES),
        )
    )
    if setup.backup_folder:
        rows.merge(SettingValue(key=settings.BACKUP_FOLDER.key, value=setup.backup_folder))
