"""No key is seen: not in what the command line prints, not in files, not in the list of processes.

The real command line runs in a process of its own with everything on that Python has for debugging, against a service that
repeats the key in each of its errors.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
import yaml
from provider_dialects import EMAIL, KEY, NAMES, make_dialect
from provider_services import LISTS, Reply

from project_cases import SMALL_SHOP, edit, write

if TYPE_CHECKING:
    from provider_services import Asked, Service

# What a person may switch on to see what is going on.
DEBUGGING = """
import http.client, logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
http.client.HTTPConnection.debuglevel = 2
logging.getLogger("urllib3").propagate = True
"""
PATHS = {"google": "/m", "mymemory": "/get", "openai": "/v1"}
LOCALES = {
    "google": "ar",
    "mymemory": "ru",
    "deepl": "de",
    "microsoft": "pt-PT",
    "libretranslate": "tr",
    "yandex": "zh-CN",
    "openai": "es",
}
VARIABLES = {
    "HELPCENTER_MYMEMORY_EMAIL": EMAIL,
    "HELPCENTER_DEEPL_KEY": KEY,
    "HELPCENTER_MICROSOFT_KEY": KEY,
    "HELPCENTER_MICROSOFT_REGION": "westeurope",
    "HELPCENTER_LIBRETRANSLATE_KEY": KEY,
    "HELPCENTER_YANDEX_KEY": KEY,
    "HELPCENTER_YANDEX_FOLDER": "b1gfolder",
    "HELPCENTER_OPENAI_KEY": KEY,
}


def spell(key: str) -> list[bytes]:
    plain = {key, repr(key)[1:-1], json.dumps(key)[1:-1], quote(key), quote(key, safe=""), quote_plus(key)}
    coded = {base64.b64encode(key.encode()).decode(), base64.urlsafe_b64encode(key.encode()).decode()}
    return [spelling.encode() for spelling in plain | coded]


def assert_unseen(contents: list[bytes]) -> None:
    spellings = [*spell(KEY), *spell(EMAIL)]
    assert [spelling for spelling in spellings for content in contents if spelling in content] == []


def files_of(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()]


def whose(asked: Asked) -> str:
    """Tell which provider asks: all of them speak to one service."""
    path = asked.path
    if path.startswith(("/v2", "/v3")):
        return "deepl"
    if path.startswith("/translate/v2"):
        return "yandex"
    if path.endswith(("/translate", "/languages")) and "api-version" in asked.query:
        return "microsoft"
    return {"/m": "google", "/get": "mymemory", "/v1/chat/completions": "openai"}.get(path, "libretranslate")


def repeated(name: str) -> str:
    """Give the secret of a provider, as a service may repeat it: an error of its own holds no other one."""
    secret = {"google": "", "mymemory": EMAIL}.get(name, KEY)
    return f"the key {secret}, {quote_plus(secret)}, is bad"


@pytest.fixture
def folder(tmp_path: Path, service: Service) -> Path:
    """Give a shop with a locale for each provider, and what switches debugging on."""
    shop = shutil.copytree(SMALL_SHOP, tmp_path / "shop")
    for tag in ("de", "de-AT", "tr"):
        shutil.rmtree(shop / "locales" / tag)
    edit(shop, "mkdocs.yml", "[en, de, de-AT, tr]", json.dumps(["en", *LOCALES.values()]))
    for name, tag in LOCALES.items():
        options = {"attempts": 1, "concurrency": 1, "max_items": 1, "timeout": 60, "requests_per_second": 1_000}
        options["url"] = service.url + PATHS.get(name, "")
        if name == "openai":
            options["model"] = "gpt-x"
        settings = {"region": "DE", "provider": name, "provider_options": options}
        write(shop, {f"locales/{tag}/locale.yml": yaml.safe_dump(settings)})
    write(tmp_path, {"debugging/sitecustomize.py": DEBUGGING})
    return tmp_path


def start(folder: Path, service: Service, *names: str) -> subprocess.Popen[bytes]:
    found = [str(folder / "debugging"), *(path for path in sys.path if path)]
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("HELPCENTER_", "PYTEST_"))},
        **VARIABLES,
        "HELPCENTER_LIBRETRANSLATE_URL": service.url,
        "PYTHONPATH": os.pathsep.join(found),
        "PYTHONWARNINGS": "default",
        "HELPCENTER_DEBUG": "1",
        "NO_PROXY": "*",
    }
    words = [word for name in names for word in ("-l", LOCALES[name])]
    command = [sys.executable, "-m", "helpcenter", "-C", str(folder / "shop"), "translate", *words]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_no_key_is_seen_on_errors(folder: Path, service: Service) -> None:
    dialects = {name: make_dialect(name) for name in NAMES}
    seen: dict[str, list[int]] = defaultdict(list)

    def handle(asked: Asked) -> Reply:
        name = whose(asked)
        if asked.path.endswith(LISTS):
            return dialects[name].listing(asked)
        seen[name].append(len(seen[name]))
        words = repeated(name)
        refusal = {"error": {"code": 400000, "message": words}, "message": words, "responseDetails": words}
        faults = [Reply(refusal, 400), Reply(f"<html>{words}</html>"), Reply("", cut_at=3)]
        return [*faults, Reply(refusal, 401)][min(len(seen[name]) - 1, 3)]

    service.handle = handle
    out, err = start(folder, service, *NAMES).communicate(timeout=120)
    # Whether a run goes on after a fault is not the matter here; that each service has repeated its key is.
    assert sorted(seen) == sorted(NAMES)
    assert b"Traceback" not in err
    # The debugging is on: otherwise nothing would be proved.
    assert err.count(b"DEBUG:urllib3") >= len(NAMES)
    assert (out + err).count(b"the key ***") >= len(NAMES) - 1
    assert_unseen([out, err, *files_of(folder)])


@pytest.mark.parametrize("name", ["deepl", "mymemory"])
def test_no_key_is_seen_when_stopped(folder: Path, service: Service, name: str) -> None:
    dialect = make_dialect(name)
    hangs = threading.Event()

    def handle(asked: Asked) -> Reply:
        if asked.path.endswith(LISTS):
            return dialect.listing(asked)
        hangs.set()
        return Reply(hang=True)

    service.handle = handle
    process = start(folder, service, name)
    try:
        assert hangs.wait(120)
        running = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        process.send_signal(signal.SIGINT)
        service.released.set()
        out, err = process.communicate(timeout=120)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130, err.decode()
    assert b"translate" in running
    assert b"Traceback" not in err
    assert_unseen([running, out, err, *files_of(folder)])
