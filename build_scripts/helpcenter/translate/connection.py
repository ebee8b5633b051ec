"""Connections that are shared by threads, show no header, and can be cut while an answer is awaited.

The time-outs of ``requests`` and urllib3 bound the wait for each byte: a server that drips one byte a second is never
late.  A watch bounds the whole of an answer by closing its socket, whatever the answer is busy with.
"""

from __future__ import annotations

import contextlib
import math
import os
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from urllib3.poolmanager import PoolManager, ProxyManager
    from urllib3.response import HTTPResponse

_asked = threading.local()


class Watch:
    """The seconds that one request has.

    Args:
        end: the moment at which its connection is cut, on the clock of :func:`time.monotonic`.
    """

    def __init__(self, end: float) -> None:
        self.end = end
        self.expired = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def follow(self, connection: object) -> None:
        """Know which socket the answer comes from; None when it has come."""
        with self._lock:
            # What speaks TLS to a proxy and within it to the service is no socket; its time-outs have to do.
            self._socket = connection if isinstance(connection, socket.socket) else None
            if self.expired:
                self._close()

    def cut(self) -> None:
        """End the answer: whoever reads it meets its end."""
        with self._lock:
            self.expired = True
            self._close()

    def _close(self) -> None:
        if self._socket is not None:
            # Of the plain socket, even under TLS: its own method would wait for the reading thread.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Guard:
    """One thread for the watches of all requests: a timer each would cost a quarter of a request's time."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, as in a forked process, which has neither the thread nor whoever holds its lock."""
        self._condition = threading.Condition()
        self._watches: set[Watch] = set()
        self._wakes = math.inf
        self._thread: threading.Thread | None = None

    def add(self, watch: Watch) -> None:
        with self._condition:
            self._watches.add(watch)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="deadlines of requests", daemon=True)
                self._thread.start()
            elif watch.end < self._wakes:
                self._condition.notify()

    def remove(self, watch: Watch) -> None:
        with self._condition:
            self._watches.discard(watch)

    def _run(self) -> None:
        while True:
            with self._condition:
                self._wakes = min((watch.end for watch in self._watches), default=math.inf)
                # For ever, while nothing is asked.
                self._condition.wait(None if math.isinf(self._wakes) else max(0.0, self._wakes - time.monotonic()))
                late = {watch for watch in self._watches if watch.end <= time.monotonic()}
                self._watches -= late
            for watch in late:
                watch.cut()


_guard = _Guard()
os.register_at_fork(after_in_child=_guard.forget)


@contextlib.contextmanager
def watch(seconds: float) -> Iterator[Watch]:
    """Cut the request that this thread sends within the block after so many seconds."""
    made = Watch(time.monotonic() + seconds)
    _asked.watch = made
    _guard.add(made)
    try:
        yield made
    finally:
        _guard.remove(made)
        # The connection goes back to the pool, and the next request on it is none of this watch's.
        made.follow(None)
        _asked.watch = None


def _follow(connection: HTTPConnection) -> None:
    current: Watch | None = getattr(_asked, "watch", None)
    if current is not None:
        current.follow(connection.sock)


class _Plain(HTTPConnection):
    # Whoever switches on the debug output of http.client for all connections would print keys: it shows headers.
    debuglevel = 0

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # urllib3's own, narrower than http.client's
        _follow(self)
        return super().getresponse()


class _Secure(HTTPSConnection):
    debuglevel = 0

    def getresponse(self) -> HTTPResponse:  # type: ignore[override] # as above
        _follow(self)
        return super().getresponse()


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


_POOLS = {"http": _PlainPool, "https": _SecurePool}


class SharedAdapter(HTTPAdapter):
    """Keeps up to ``size`` connections to a service open for all threads."""

    def __init__(self, size: int) -> None:
        super().__init__(pool_connections=2, pool_maxsize=size)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - requests' own
        """Make pools of our connections."""
        super().init_poolmanager(*arguments, **options)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> ProxyManager:  # noqa: ANN401 - as above
        """Make pools of our connections to a proxy, too."""
        manager: ProxyManager = super().proxy_manager_for(*arguments, **options)
        if not str(arguments[0] if arguments else options.get("proxy")).lower().startswith("socks"):
            manager.pool_classes_by_scheme = _POOLS
        return manager
