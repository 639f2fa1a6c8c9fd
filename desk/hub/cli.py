"""The commands of `desk-hub`. With no database named, the hub starts its own in its data folder."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import uvicorn
from sqlalchemy.exc import ProgrammingError

from desk import __version__
from desk.errors import InputProblem, Problem, StoreProblem
from desk.hub import admin, certificates, journal, register_commands, schema, stopping
from desk.hub.hold import Hold
from desk.hub.own_postgres import OwnPostgres
from desk.hub.settings import Settings
from desk.text import _

_GRACE_S = 20
_HOLD_S = 10
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - only with a certificate


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 a problem was told, 2 wrong words."""
    options = _parser().parse_args(argv)
    handler = journal.start(sys.stderr)
    try:
        with stopping.by_signal():
            return _COMMANDS[options.command](options)
    except stopping.Stopped:
        journal.note("stopped")
        return 0
    except Problem as problem:
        print("\n".join(filter(None, (problem.sentence, problem.way_out))), file=sys.stderr)
        return 1
    finally:
        journal.stop(handler)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk-hub", description=_("接待台县级服务器"))
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", default="", metavar=_("文件夹"), help=_("数据文件夹"))
    parser.add_argument(
        "--database", default=os.environ.get("DESK_HUB_DATABASE", ""), metavar=_("地址"),
        help=_("用已有的 PostgreSQL；不写时用自带的。口令放在环境变量 DESK_HUB_DATABASE 或 PGPASSFILE 里"),
    )  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("命令"))
    serve = commands.add_parser("serve", help=_("运行服务器，按 Ctrl C 停止；没有证书时只在本机地址上监听"))
    serve.add_argument("--port", type=int, default=Settings.port, metavar=_("端口"))
    serve.add_argument("--workers", type=int, default=Settings.workers, metavar=_("进程数"))
    serve.add_argument(
        "--rounds", type=int, default=Settings.rounds, metavar=_("台数"), help=_("每个进程同时接待几台电脑")
    )
    serve.add_argument("--host", default="", metavar=_("地址"), help=_("在哪个地址上监听；有证书时默认全部"))
    serve.add_argument("--certificate", default="", metavar=_("文件"), help=_("证书，连同它的上级，PEM"))
    serve.add_argument("--key", default="", metavar=_("文件"), help=_("证书的私钥，PEM"))
    certificate = commands.add_parser("certificate", help=_("做一张县里自己的证书，打印核对码"))
    certificate.add_argument("county", metavar=_("县名"))
    certificate.add_argument("--host", action="append", required=True, metavar=_("网址名或 IP"))
    certificate.add_argument("--days", type=int, default=certificates.DAYS, metavar=_("天数"))
    register_commands.add_to(commands)
    restored = commands.add_parser("restored", help=_("声明数据库从备份恢复过"))
    restored.add_argument("scope", metavar=_("范围"))
    restored.add_argument("--to", type=int, metavar=_("版本"), help=_("备份到哪个版本；不知道就不写"))
    restored.add_argument("--reason", default="", metavar=_("原因"))
    durable = commands.add_parser("durable", help=_("声明所有留着的备份都已包含到哪个版本"))
    durable.add_argument("scope", metavar=_("范围"))
    durable.add_argument("version", type=int, metavar=_("版本"))
    commands.add_parser("scopes", help=_("列出范围：版本、未了结的冲突、保管中的改动"))
    commands.add_parser("quarantine", help=_("列出保管中的改动")).add_argument("scope", metavar=_("范围"))
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    return Settings(data=options.data, database=options.database)


@contextmanager
def _database(settings: Settings, *, serves: bool = False) -> Iterator[str]:
    """Give a database that is up to date.

    One of our own is stopped again by whoever started it or serves from it, never under a hub that serves.
    """
    if settings.database:
        yield _up_to_date(settings.database)
        return
    own, hold = OwnPostgres(settings.folder), Hold(settings.folder)
    if serves and not hold.take(_HOLD_S):
        raise StoreProblem(
            _("这个数据文件夹已有一个服务器在用"), way_out=_("请先停下它，或用 --data 写另一个文件夹。")
        )
    try:
        with stopping.held_back():
            conninfo = own.start()
        yield _up_to_date(conninfo)
    finally:
        with stopping.held_back():
            if serves:
                own.stop()
            elif own.is_ours:
                with hold.if_free() as free:
                    if free:
                        own.stop()
            hold.let_go()


def _up_to_date(conninfo: str) -> str:
    try:
        schema.migrate(conninfo)
    except psycopg.OperationalError as error:
        raise StoreProblem(_("连不上数据库"), way_out=_("请检查地址、口令和数据库是否在运行。")) from error
    except ProgrammingError as error:
        if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise
        raise StoreProblem(
            _("这个数据库用户的权限不够"),
            way_out=_("请让数据库管理员建好角色 desk_hub_rows 并授予这个用户（docs/hub.md）。"),
        ) from error
    return conninfo


@contextmanager
def _connected(options: argparse.Namespace) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with _database(_settings(options)) as conninfo, psycopg.connect(conninfo) as connection:
        yield connection


def _serve(options: argparse.Namespace) -> int:
    asked = replace(
        _settings(options), port=options.port, workers=options.workers, rounds=max(1, options.rounds)
    )
    settings = _listening(asked, options)
    with _database(settings, serves=True) as conninfo:
        os.environ.update(replace(settings, database=conninfo).to_environment())
        tls = "yes" if settings.certificate else "no"
        journal.note("serving", {"port": settings.port, "workers": settings.workers, "tls": tls})
        uvicorn.run(
            "desk.hub.main:from_environment",
            factory=True,
            host=settings.host,
            port=settings.port,
            ssl_certfile=settings.certificate or None,
            ssl_keyfile=settings.key or None,
            workers=settings.workers,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        journal.note("stopped")
    return 0


def _listening(settings: Settings, options: argparse.Namespace) -> Settings:
    """Find the certificate to serve by. Without one the hub is heard on this machine only.

    Raises:
        InputProblem: a file is missing, or an address of the network was asked for without a certificate.
    """
    files = certificates.Files(settings.folder / certificates.FOLDER)
    certificate, key = options.certificate, options.key
    if not certificate and not key and files.are_there:
        certificate, key = str(files.certificate), str(files.key)
    if not certificate and not key:
        if options.host not in {"", Settings.host}:
            raise InputProblem(
                _("没有证书只能在本机地址上监听，数据才不会明文传送"),
                way_out=_("请先用 desk-hub certificate 做一张，或用 --certificate 和 --key 写明。"),
                field="host",
            )
        return settings
    for each in (certificate, key):
        if not Path(each).is_file():
            raise InputProblem(_("没有这个证书文件：{path}").format(path=each), field="certificate")
    return replace(settings, host=options.host or _EVERYWHERE, certificate=certificate, key=key)


def _certificate(options: argparse.Namespace) -> int:
    files = certificates.Files(_settings(options).folder / certificates.FOLDER)
    print(_("核对码：{pin}").format(pin=certificates.make(files, options.county, options.host, options.days)))
    print(_("证书放在：{path}").format(path=files.folder))
    return 0


def _register(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        lines = register_commands.run(connection, options)
    for line in lines:
        print(line)
    return 0


def _restored(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        shared = admin.declare_restore(connection, options.scope, options.to, options.reason)
    print(_("已开始新的世代；与以前共有到版本 {version}").format(version=shared))
    return 0


def _durable(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        admin.set_durable(connection, options.scope, options.version)
    return 0


def _scopes(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        for each in admin.list_scopes(connection):
            state = _("已暂停") if each.halted else _("正常")
            print(
                _(
                    "{scope}  {name}  {state}  版本 {version}  已备份到 {durable}"
                    "  冲突 {conflicts}  保管 {kept}"
                ).format(
                    scope=each.scope, name=each.name, state=state, version=each.version,
                    durable=each.durable, conflicts=each.conflicts, kept=each.quarantined,
                )
            )  # fmt: skip
    return 0


def _quarantine(options: argparse.Namespace) -> int:
    with _connected(options) as connection:
        for op, code, at in admin.list_quarantine(connection, options.scope):
            print(f"{at}  {op}  {code}")
    return 0


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "serve": _serve,
    "certificate": _certificate,
    **dict.fromkeys(register_commands.NAMES, _register),
    "restored": _restored,
    "durable": _durable,
    "scopes": _scopes,
    "quarantine": _quarantine,
}
