"""Serving the site to its editors: every saved edit appears in the browser.

MkDocs' own server watches and reloads; each build runs as a process of its own, so that changed templates, hooks and code are
always the ones in use, and a build that goes wrong leaves the last good pages where they are.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

from mkdocs.livereload import LiveReloadServer

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.roots import WORKSPACE
from helpcenter.site.inputs import PREVIEW_SITE, code_folders, includable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


def build_preview(root: Path, arguments: Sequence[str]) -> bool:
    """Build the preview in a process of its own; give whether it went well.

    Args:
        root: of the project.
        arguments: further words of ``helpcenter build``.
    """
    command = [sys.executable, "-m", "helpcenter", "-C", str(root), "build", "--preview", *arguments]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - our own command


def watched_paths(root: Path, content: Path, bases: Sequence[Path]) -> list[Path]:
    """Give the files and folders in which an edit may change a page; the arguments are those of ``serve_preview``."""
    paths = [root / "mkdocs.yml", content, root / "locales", *code_folders(root)]
    for base in bases:
        # A build that writes where it is watched would build for ever.
        paths += includable(root) if base == root or base in root.parents else [base]
    return [path for path in dict.fromkeys(paths) if path.exists()]


def serve_preview(
    root: Path,
    content: Path,
    arguments: Sequence[str],
    *,
    bases: Sequence[Path] = (),
    host: str,
    port: int,
    start: str,
    open_browser: bool,
    tell: Callable[[str], None],
) -> None:
    """Build, serve and watch until interrupted.

    Args:
        root: of the project.
        content: folder of its pages.
        arguments: further words of ``helpcenter build``.
        bases: files and folders that pages include files from.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        start: path of the first page below the site's root.
        open_browser: open it in a browser.
        tell: prints a line.

    Raises:
        HelpcenterError: the port is taken.
    """
    logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
    build_preview(root, arguments)

    def rebuild() -> None:
        tell("building again …")
        if not build_preview(root, arguments):
            tell("the last good pages are still shown; mend what is named above and save")

    server = LiveReloadServer(rebuild, host, port, str(root / WORKSPACE / PREVIEW_SITE))
    for path in watched_paths(root, content, bases):
        server.watch(str(path))
    try:
        server.server_bind()
    except OSError as error:
        server.server_close()
        message = f"cannot listen on {host}:{port}: {error.strerror}"
        raise HelpcenterError(
            finding(
                "serve-address",
                message,
                Place(f"{host}:{port}"),
                help="name another with --port; --port 0 takes a free one",
            )
        ) from error
    # The server binds once more itself; a port of its own choosing has to be kept till then.
    port = server.server_address[1]
    server.server_bind = lambda: None  # type: ignore[method-assign]
    tell(f"serving http://{host}:{port}/{start} — stop with Ctrl-C")
    if open_browser:
        import webbrowser  # noqa: PLC0415 - only when asked for

        webbrowser.open(f"http://{host}:{port}/{start}")
    try:
        server.serve()  # type: ignore[no-untyped-call] # MkDocs leaves it untyped
    except KeyboardInterrupt:
        tell("stopped")
    finally:
        server.shutdown()
