"""The engines: what makes of a corpus the folder that a browser loads.

A folder holds ``adapter.js``, a module whose ``load()`` gives a function from a query to the addresses of the pages that
were found, best first; the rest is what the engine needs there.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from helpcenter.search import WORKER_FILE, bundle_worker, write_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from documents import Corpus

    from helpcenter.search import Document

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
JIEBA = "jieba==0.42.1"


class Engine(Protocol):
    """A search engine of browsers.

    Args:
        name: as tables call it.
    """

    name: str

    def build(self, corpus: Corpus, folder: Path) -> None:
        """Index a corpus; the folder is empty."""


class CannotRunError(Exception):
    """An engine cannot be had or does not build; says why."""


def install(folder: Path) -> Path:
    """Install the peers below a folder, once for each list of versions, and give that folder."""
    wanted = (HERE / "package.json").read_text("utf-8")
    if not (folder / "ready").is_file() or (folder / "ready").read_text("utf-8") != wanted + JIEBA:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", folder)
        _run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"], folder)
        # Material's documentation asks for it where a site has Chinese pages.
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        _run([*pip, "--upgrade", "--target", "python", JIEBA], folder)
        (folder / "ready").write_text(wanted + JIEBA, "utf-8")
    for script in HERE.glob("*.js"):
        shutil.copy(script, folder)
    return folder


@dataclass(frozen=True)
class Ours:
    """The search of a built site as it stands there, or one made of documents alone."""

    name: str = "helpcenter"

    def build(self, corpus: Corpus, folder: Path) -> None:
        """Put worker and index where a site has them."""
        shutil.copy(HERE / "ours.js", folder / "adapter.js")
        search, scripts = folder / "search", folder / "assets/javascripts/search"
        if corpus.site is not None:
            shutil.copytree(corpus.site / "search", search)
            shutil.copytree(corpus.site / "assets/javascripts/search", scripts)
            return
        scripts.mkdir(parents=True)
        write_index(corpus.index(), search)
        worker = bundle_worker(ROOT / "overrides/assets/javascripts/search", [corpus.language, "en"])
        (scripts / WORKER_FILE).write_bytes(worker)


@dataclass(frozen=True)
class Script:
    """An engine that is a script of npm: MiniSearch and Orama.

    Args:
        name: as tables call it.
        script: name of its file here.
        installed: where npm has put it.
        options: of its ``build``.
        speaks: gives the module of a language that the script asks for.
    """

    name: str
    script: str
    installed: Path
    options: dict[str, object] = field(default_factory=dict)
    speaks: Callable[[str], str] = "// {}\n".format

    def build(self, corpus: Corpus, folder: Path) -> None:
        """Index in Node, write the index as the engine does, and make one script of the engine and its modules."""
        (self.installed / "language.js").write_text(self.speaks(corpus.language), "utf-8")
        documents = folder / "documents.json"
        corpus.write(documents)
        command = ["node", "build.js", self.script, json.dumps(self.options)]
        with documents.open() as given, (folder / "index.json").open("wb") as index:
            _run(command, self.installed, stdin=given, stdout=index)
        documents.unlink()
        esbuild = [
            self.installed / "node_modules/.bin/esbuild",
            "--bundle",
            "--minify",
            "--format=esm",
            "--log-level=error",
        ]
        entry = self.installed / f"{self.script}.load.js"
        entry.write_text(f'export {{ load }} from "./{self.script}.js"\n', "utf-8")
        _run([*map(str, esbuild), entry.name, f"--outfile={folder / 'engine.js'}"], self.installed)
        (folder / "adapter.js").write_text('export { load } from "./engine.js"\n', "utf-8")


_ORAMA = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}


def speak_orama(tag: str) -> str:
    """Write the module that gives Orama's tokenizer of a language, so that a site loads no other language's."""
    language = _ORAMA.get(tag.split("-", maxsplit=1)[0])
    if language is None:
        return (
            'import { createTokenizer } from "@orama/tokenizers/mandarin"\nexport const tokenizer = createTokenizer()\n'
        )
    return (
        f'import {{ stemmer }} from "@orama/stemmers/{language}"\n'
        f'import {{ stopwords as stopWords }} from "@orama/stopwords/{language}"\n'
        f'export const tokenizer = {{ language: "{language}", stemming: true, stemmer, stopWords }}\n'
    )


@dataclass(frozen=True)
class Pagefind:
    """Pagefind with the segmenters of its extended program; keywords weigh what its documentation gives a heading."""

    installed: Path
    name: str = "Pagefind extended"

    def build(self, corpus: Corpus, folder: Path) -> None:
        """Write the pages as HTML and let Pagefind index them."""
        for document in corpus.documents:
            page = folder / "html" / document.url / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text("".join(_as_html(document)), "utf-8")
        programs = list(self.installed.glob("node_modules/@pagefind/*/bin/pagefind_extended*"))
        if not programs:
            raise CannotRunError("Pagefind has no extended program for this system")
        command = [str(next(one for one in programs if not one.name.endswith(".sha256"))), "--quiet"]
        _run([*command, "--site", "html", "--output-path", "pagefind"], folder)
        shutil.rmtree(folder / "html")
        shutil.copy(HERE / "pagefind.js", folder / "adapter.js")


@dataclass(frozen=True)
class Material:
    """Material for MkDocs as it comes, in the language of the pages, with the segmenter it documents for Chinese.

    Args:
        installed: where the segmenter is.
        tags: whether keywords are tags, which Material finds; else they stand at the end of the page.
        name: as tables call it.
    """

    installed: Path
    tags: bool = False
    name: str = "Material"

    def build(self, corpus: Corpus, folder: Path) -> None:
        """Write the pages as Markdown and build them."""
        for document in corpus.documents:
            file = folder / "docs" / document.url / "index.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(_as_markdown(document, tags=self.tags)), "utf-8")
        config = {
            "site_name": "Shop",
            "theme": {"name": "material", "font": False, "language": _material_language(corpus.language)},
            "plugins": ["search"],
            "markdown_extensions": ["attr_list"],
        }
        (folder / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
        path = os.pathsep.join([*sys.path, str(self.installed / "python")])
        env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": path}
        _run([sys.executable, "-W", "ignore", "-m", "mkdocs", "-q", "build"], folder, env=env)
        shutil.rmtree(folder / "docs")
        worker = next((folder / "site/assets/javascripts/workers").glob("search.*.min.js"))
        (folder / "adapter.json").write_text(json.dumps({"worker": str(worker.relative_to(folder / "site"))}), "utf-8")
        shutil.copy(HERE / "material.js", folder / "adapter.js")


def _as_html(document: Document) -> Iterator[str]:
    """Write a page as HTML that has nothing but what is to be found."""
    yield f'<!doctype html><html lang="{document.lang}"><meta charset="utf-8"><title>{html.escape(document.title)}</title>'
    yield f"<body><main data-pagefind-body><h1>{html.escape(document.title)}</h1>"
    yield f'<p data-pagefind-weight="6">{html.escape(", ".join(document.keywords))}</p><p>{html.escape(document.answer)}</p>'
    for section in document.sections:
        if section.title:
            yield f'<h2 id="{html.escape(section.anchor)}">{html.escape(section.title)}</h2>'
        yield f"<p>{html.escape(section.text)}</p>"
    yield "</main></body></html>"


def _as_markdown(document: Document, *, tags: bool) -> Iterator[str]:
    if tags:
        yield f"---\ntags: {json.dumps(document.keywords, ensure_ascii=False)}\n---\n"
    yield f"# {_escaped(document.title)}\n\n{_escaped(document.answer)}\n"
    for section in document.sections:
        if section.title:
            yield f"\n## {_escaped(section.title)} {{#{section.anchor}}}\n"
        yield f"\n{_escaped(section.text)}\n"
    if not tags and document.keywords:
        yield f"\n{_escaped(', '.join(document.keywords))}\n"


def _escaped(text: str) -> str:
    """Keep Markdown from reading anything into a text."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!])", r"\\\1", html.escape(text, quote=False))


def _material_language(tag: str) -> str:
    """Give the language of Material's own texts that comes nearest."""
    known = {file.stem for file in _material_languages().glob("*.html")}
    return tag if tag in known else {"zh-CN": "zh"}.get(tag, tag.split("-", maxsplit=1)[0])


def _material_languages() -> Path:
    import material  # noqa: PLC0415 - only this engine needs it

    return Path(material.__file__).parent / "templates/partials/languages"


def _run(command: list[str], folder: Path, **options: object) -> None:
    done = subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, check=False, **options)
    if done.returncode:
        raise CannotRunError(f"{command[0]} failed in {folder}: {done.stderr.decode('utf-8', 'replace').strip()}")
