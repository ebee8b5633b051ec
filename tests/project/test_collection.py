from __future__ import annotations

import gc

import pytest

from helpcenter.project.collection import without_collection


@without_collection()
def fail() -> None:
    with without_collection():
        pass
    raise KeyError(gc.isenabled())


def test_garbage_is_looked_for_again_afterwards():
    assert gc.isenabled()
    with pytest.raises(KeyError, match="False"):
        fail()
    assert gc.isenabled()


def test_where_it_was_not_looked_for_it_is_not_afterwards():
    gc.disable()
    try:
        with without_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
