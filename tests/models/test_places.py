from pathlib import Path

import pytest

from desk.errors import StoreProblem
from desk.models import places

MOUNTS = [
    ("/", "ext4", "rw"),
    ("/home", "ext4", "rw"),
    ("/home/qian/share", "cifs", "rw"),
    ("/mnt/far", "fuse.sshfs", "rw"),
    ("/mnt/vm", "9p", "rw"),
]
DRIVES = [("C:\\", "NTFS", "rw,fixed"), ("Z:\\", "NTFS", "rw,remote"), ("E:\\", "FAT32", "rw,removable")]


@pytest.mark.parametrize("place", ["/home/qian/share/desk", "/mnt/far", "/mnt/vm/data"])
def test_network_shares_are_known(place: str) -> None:
    assert places.is_network(place, MOUNTS)


@pytest.mark.parametrize("place", ["/home/qian/desk", "/home/qian/shared", "/mnt/farther", "/"])
def test_disks_of_this_pc_pass(place: str) -> None:
    assert not places.is_network(place, MOUNTS)


@pytest.mark.parametrize(
    ("place", "network"),
    [
        ("C:\\data", False),
        ("E:\\data", False),
        ("Z:\\data", True),
        ("\\\\server\\share\\data", True),
        ("Q:\\x", False),
    ],
)
def test_windows_drives(place: str, network: bool) -> None:
    assert places.is_network(place, DRIVES) is network


def test_a_share_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A real share cannot be had in a test; only the verdict is replaced.
    monkeypatch.setattr(places, "is_network", lambda _place, _mounts: True)
    with pytest.raises(StoreProblem, match="网络共享") as caught:
        places.refuse_network_share(tmp_path)
    assert caught.value.way_out


def test_this_folder_passes(tmp_path: Path) -> None:
    places.refuse_network_share(tmp_path)
