"""The program in a process of its own: what it says, that it broke, that it does not end."""

import subprocess

import pytest

from desk.services import child


def test_what_it_wrote_comes_back() -> None:
    said = child.run(["--version"])
    assert said is not None
    assert said.strip()


def test_a_broken_one_is_none() -> None:
    assert child.run(["no-such-command"]) is None


def test_one_that_does_not_end_is_ended() -> None:
    # It waits for a secret that never comes: standard input is an open pipe.
    with pytest.raises(child.TookTooLong):
        child.run(["--version"], seconds=0)


def test_the_limit_is_for_the_process_that_asks() -> None:
    code = (
        "import resource; from desk.services import child; child.limit();"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(2 * 1024**3), "0"]
