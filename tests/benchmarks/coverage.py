"""Look for words of the corpora that readers see and no segment holds, in all pages and not only in every eighth.

python tests/benchmarks/coverage.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "content"))

from visible_words import material_renderer, untranslated

from conftest import CONFIGS, EXTENSIONS
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.segments import make_segments

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def main(folder: Path) -> int:
    """Print the words that were found, and how long it takes to cut all pages into segments."""
    pages = {path: path.read_bytes().decode("utf-8") for path in sorted(folder.rglob("*.md"))}
    start = process_time()
    count = sum(len(make_segments(source, [], scan_blocks(source).slices)) for source in pages.values())
    seconds = process_time() - start
    renderer = material_renderer(EXTENSIONS, CONFIGS)
    left = {path: words for path, source in pages.items() if (words := untranslated(source, renderer))}
    for path, words in left.items():
        print(f"{path.relative_to(folder)}: {', '.join(sorted(words))}")
    size = sum(map(len, pages.values()))
    print(
        f"{len(pages)} pages, {size} characters, {count} segments in {seconds:.2f} s CPU; {len(left)} pages with words in none"
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else CORPORA))
