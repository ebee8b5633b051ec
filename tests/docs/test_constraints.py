"""What the environment of the tests gets: of every library one release, and one that ``pyproject.toml`` allows."""

from __future__ import annotations

import tomllib
from itertools import chain

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from demo_project import REPOSITORY


def test_each_library_has_a_release_that_is_allowed():
    declared = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    project, groups = declared["project"], declared["dependency-groups"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values(), *groups.values())
    lines = (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
    releases = {canonicalize_name(name): release for name, release in (line.split("==") for line in lines)}
    refused = [
        str(one)
        for one in map(Requirement, wanted)
        if canonicalize_name(one.name) not in releases or releases[canonicalize_name(one.name)] not in one.specifier
    ]
    assert refused == []
