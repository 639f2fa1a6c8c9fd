"""Where a store may lie: on a disk of this PC. SQLite's locks do not hold on network shares."""

import os
from collections.abc import Iterable
from pathlib import Path

import psutil

from desk.errors import StoreProblem
from desk.text import _

_NETWORK = {
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "glusterfs", "ncpfs", "nfs", "nfs4", "smb2", "smb3",
    "smbfs",
    "fuse.davfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.sshfs",
}  # fmt: skip


def refuse_network_share(folder: Path) -> None:
    """Let pass a folder on a disk of this PC.

    Raises:
        StoreProblem: the folder lies on a network share.
    """
    place = folder.absolute()
    mounts = ((part.mountpoint, part.fstype, part.opts) for part in psutil.disk_partitions(all=True))
    if is_network(str(place.resolve()), mounts):
        raise StoreProblem(
            _("数据文件夹在网络共享上，不能使用"),
            way_out=_("网络断开时数据会损坏。请把数据文件夹放在本机硬盘上；备份可以放到共享。"),
            field="network",
        )


def is_network(place: str, mounts: Iterable[tuple[str, str, str]]) -> bool:
    r"""Tell whether the absolute path lies on a share.

    Args:
        place: absolute path; on Windows `\\server\share\…` is one by its name.
        mounts: (mount point, kind of file system, options) as psutil tells them.
    """
    if place.startswith("\\\\"):
        return True
    holding = [mount for mount in mounts if _holds(mount[0], place)]
    if not holding:
        return False
    _point, kind, options = max(holding, key=lambda mount: len(mount[0]))
    return kind.lower() in _NETWORK or "remote" in options.lower().split(",")


def _holds(mount_point: str, place: str) -> bool:
    root = mount_point.rstrip("/\\")
    return place == root or place.startswith((root + os.sep, root + "/", root + "\\"))
