"""When Python looks for garbage: not while it reads what stays to the end."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collection() -> Iterator[None]:
    """Look for no circular garbage meanwhile.

    Whoever reads hundreds of thousands of entries keeps them all; to look them through again and again as they become more
    takes as long as to read them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
