"""The commands about what the hub holds: scopes, questions, custody, records, restores."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from desk.errors import InputProblem
from desk.hub import admin, backups, export, listing, register
from desk.hub.told import Told
from desk.text import _

Row = Connection[Any]

NAMES: Final = ("scopes", "conflicts", "quarantine", "export", "restored", "durable")


def add_to(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", also: argparse.ArgumentParser
) -> None:
    """Describe them to the parser; `also` holds the words that all commands know."""

    def command(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words, parents=[also])

    command("scopes", _("列出范围：版本、未了结的冲突、保管中的改动"))
    asked = command("conflicts", _("列出未了结的冲突：哪条记录的哪一项、两边是谁、什么时候；不显示内容"))
    asked.add_argument("scope", nargs="?", default="", metavar=_("范围"), help=_("不写就列全部"))
    asked.add_argument("--all", action="store_true", help=_("连同已了结的"))
    kept = command("quarantine", _("列出保管中的改动：哪台电脑交来、为什么没有接受；不显示内容"))
    kept.add_argument("scope", nargs="?", default="", metavar=_("范围"), help=_("不写就列全部"))
    written = command(
        "export", _("把一个站或一个县的记录写成 JSON，一行一条；含来访人信息，文件只有本用户能读，用后请销毁")
    )
    which = written.add_mutually_exclusive_group(required=True)
    which.add_argument("scope", nargs="?", default="", metavar=_("范围"))
    which.add_argument("--county", default="", metavar=_("县"), help=_("这个县和它的全部站点"))
    written.add_argument("--file", type=Path, metavar=_("文件"), help=_("不写就打印出来；已有的文件不覆盖"))
    restored = command("restored", _("声明数据库从备份恢复过"))
    restored.add_argument("scope", metavar=_("范围"))
    restored.add_argument("--to", type=int, metavar=_("版本"), help=_("备份到哪个版本；不知道就不写"))
    restored.add_argument("--reason", default="", metavar=_("原因"))
    durable = command("durable", _("声明所有留着的备份都已包含到哪个版本"))
    durable.add_argument("scope", nargs="?", default="", metavar=_("范围"))
    durable.add_argument("version", nargs="?", type=int, default=0, metavar=_("版本"))
    durable.add_argument(
        "--backup", type=Path, metavar=_("文件夹"), help=_("留着的备份里最早的一份：各范围按它包含的版本声明")
    )


def run(connection: Row, options: argparse.Namespace) -> Told:
    """Run one of them and return what to print. Raises InputProblem."""
    return _RUN[options.command](connection, options)


def _scopes(connection: Row, _options: argparse.Namespace) -> Told:
    found = admin.list_scopes(connection)
    words = _(
        "{scope}  {name}  {state}  版本 {version}  已备份到 {durable}  冲突 {conflicts}  保管 {quarantined}"
    )
    lines = (words.format(**vars(each), state=_("已暂停") if each.halted else _("正常")) for each in found)
    return Told(tuple(lines), found)


def _conflicts(connection: Row, options: argparse.Namespace) -> Told:
    found = listing.conflicts(connection, options.scope, closed=options.all)
    words = _(
        "{received_at}  {scope}  {name}  {noun} {record}  {field}  {reason}"
        "  后到 {mine_device} {mine_user} {mine_at}  现值 {theirs_device} {theirs_user} {theirs_at}  {state}"
    )
    lines = (
        words.format(**vars(each), state=_("已了结") if each.closed_by else _("未了结")) for each in found
    )
    return Told(tuple(lines), found)


def _quarantine(connection: Row, options: argparse.Namespace) -> Told:
    found = listing.kept(connection, options.scope)
    words = _("{received_at}  {scope}  {name}  电脑 {device}  {noun} {record}  {op}  {code}  {sentence}")
    return Told(tuple(words.format(**vars(each)) for each in found), found)


def _export(connection: Row, options: argparse.Namespace) -> Told:
    scopes = export.scopes_of(connection, options.county) if options.county else (options.scope,)
    if options.file is None:
        export.write(connection, scopes, sys.stdout)
        return Told()
    with export.file(options.file) as out:
        written = export.write(connection, scopes, out)
    told = _("已写出 {n} 条记录：{path}").format(n=written, path=options.file)
    return Told((told,), {"records": written, "scopes": scopes, "file": str(options.file)})


def _restored(connection: Row, options: argparse.Namespace) -> Told:
    shared = admin.declare_restore(connection, options.scope, options.to, options.reason)
    ended = register.end_codes(connection)
    lines = [_("已开始新的世代；与以前共有到版本 {version}").format(version=shared)]
    if ended:
        lines.append(_("没有用过的登记码 {n} 个已全部作废，要用的请重新开。").format(n=ended))
    lines.append(_("备份之后停用过的电脑和用户请再停用一次：看 device list 和 user list。"))
    said = {"scope": options.scope, "shared": shared, "codes_ended": ended}
    return Told(tuple(lines), said)


def _durable(connection: Row, options: argparse.Namespace) -> Told:
    if options.backup is None and options.scope:
        admin.set_durable(connection, options.scope, options.version)
        return Told((), {"scope": options.scope, "durable": options.version})
    if options.backup is None or options.scope:
        raise InputProblem(_("请写范围和版本，或用 --backup 写最早的备份"), field="scope")
    said = backups.declare_durable(connection, options.backup)
    return Told(tuple(f"{scope}  {version}" for scope, version in said.items()), said)


_RUN: Final[Mapping[str, Callable[[Row, argparse.Namespace], Told]]] = {
    "scopes": _scopes,
    "conflicts": _conflicts,
    "quarantine": _quarantine,
    "export": _export,
    "restored": _restored,
    "durable": _durable,
}
