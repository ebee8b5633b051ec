"""Kill commands that write catalogs at random moments, more often than the suite does; checks as in tests/catalog/test_kills.py.

python tests/benchmarks/kills.py [--times 200] [--seed 1] [COMMAND]...
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "catalog"))

from kill_cases import COMMANDS, make_case


def main() -> None:
    """Print how many kills met their command at work; a check that fails ends the run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", default=sorted(COMMANDS))
    options = parser.parse_args()
    dice = random.Random(options.seed)  # noqa: S311 - moments, no secrets
    for command in options.commands:
        with tempfile.TemporaryDirectory() as folder:
            case = make_case(command, Path(folder))
            met = kills = 0
            while met < options.times:
                met += case.dies_after(dice.uniform(0, case.seconds))
                kills += 1
                case.check()
        print(
            f"{command}: killed at work {met} times of {kills}; all catalogs whole, nothing lost, the same end each time"
        )


if __name__ == "__main__":
    main()
