"""Whatever stands in the files, there is a finding and no crash: good files with one odd value, key or gap in them."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from region_cases import BUILD_DATE, CASES, load_shop

from helpcenter.diagnostics import as_text
from helpcenter.regions import check_published, check_regions, check_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: dict[str, str] = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
FILES: dict[str, Any] = {name: yaml.safe_load(text) for name, text in TEXTS.items()}
FILES["../shop.yml"] = {
    "owner": "a",
    "review_by": yaml.safe_load("2027-01-31"),
    "organization": {"name": "X", "url": "https://x.example"},
    "markets": {"TR": {"returns": {"window": [{"value": {"days": 20}, "note": "x"}]}, "team": {"mail": "x@x.example"}}},
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.dates(),
    st.sampled_from(["", " ", "001", "EU", "no", "x" * 300, "\u202e", "ß", "0", "{{ a.b }}", "https://", "en"]),
    st.lists(st.sampled_from(["visa", "DE", 1, None, ["x"], {"a": 1}]), max_size=3),
    st.dictionaries(
        st.sampled_from(["en", "de", "", "x-", "value", "days", "add", 1, None]),
        st.sampled_from(["x", "5 EUR", 1, None]), max_size=3),
)  # fmt: skip


def paths(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - any YAML value
    """Give the way to every value of a document."""
    yield at
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        yield from paths(value, (*at, key))


PLACES = [(name, path) for name, data in FILES.items() for path in paths(data) if path]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PLACES), ODD, st.sampled_from(["put", "add", "remove"]))
def test_an_odd_value_is_a_finding_and_no_crash(place: tuple[str, tuple[Any, ...]], odd: Any, how: str):  # noqa: ANN401
    name, path = place
    data = copy.deepcopy(FILES[name])
    node = data
    for key in path[:-1]:
        node = node[key]
    if how == "put":
        node[path[-1]] = odd
    elif how == "remove":
        del node[path[-1]]
    elif isinstance(node, list):
        node.append(odd)
    else:
        node[str(odd)[:20]] = odd
    written = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    with tempfile.TemporaryDirectory() as folder:
        others = {"../shop.yml": yaml.safe_dump(FILES["../shop.yml"])}
        regions, found = load_shop(Path(folder), {**others, name: written})
        if regions is not None:
            found = [*found, *check_regions(regions, BUILD_DATE), *check_texts(regions, Path(folder))]
            for region in regions.ids:
                found += check_published(regions, region, BUILD_DATE)
        else:
            assert found
        assert isinstance(as_text(found), str)
