"""Ports for servers that are started as programs of their own."""

import itertools
import os
import socket

_FIRST, _MANY = 20_000, 10_000
# Below those the system gives out by itself: one of these might be given to somebody else before the server
# that was told of it has begun to listen. Each process of a run begins at a place of its own.
_next = itertools.count(int.from_bytes(os.urandom(4), "big"))


def free_port() -> int:
    """Return a port nobody listens on."""
    for n in _next:
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port := _FIRST + n % _MANY))
            except OSError:
                continue
            return port
    raise AssertionError("counting never ends")
