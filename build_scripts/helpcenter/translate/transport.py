"""How a request reaches a service: with time-outs, on shared connections, every failure a :class:`ProviderError`."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import requests
from urllib3.exceptions import InvalidHeader, ReadTimeoutError
from urllib3.util import Retry

from helpcenter.translate.connection import SharedAdapter, watch
from helpcenter.translate.provider import ErrorCode, ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from helpcenter.translate.redaction import Secrets

_CONNECT_SECONDS = 5.0
_DETAIL_CHARS = 200
_CODES: dict[int, ErrorCode] = {
    401: "auth",
    403: "auth",
    402: "quota",
    456: "quota",  # DeepL
    # Every further text would meet the same.
    **dict.fromkeys((404, 405, 410), "setup"),
    429: "rate",
    # What passes by itself; 529 is DeepL's "too much to do".
    **dict.fromkeys((408, 425, 500, 502, 503, 504, 529), "network"),
}


class Transport:
    """Sends single requests for one provider.

    It stands in for the module ``requests`` within deep-translator's classes: hence ``get``, ``post``, ``exceptions``.

    Args:
        name: the provider's, for messages.
        timeout: seconds to wait for a byte of the answer.
        deadline: seconds to wait for all of it.
        connections: how many are kept open.
        secrets: what no message may hold.
        classify: looks at status and body of a refusal and gives a code where the status alone says less, else None.
    """

    exceptions = requests.exceptions

    def __init__(
        self,
        name: str,
        *,
        timeout: float,
        deadline: float,
        connections: int,
        secrets: Secrets,
        classify: Callable[[int, str], ErrorCode | None] = lambda _status, _body: None,
    ) -> None:
        self._name = name
        self._timeout = (min(_CONNECT_SECONDS, timeout), timeout)
        self._deadline = deadline
        self._adapter = SharedAdapter(connections)
        self._secrets = secrets
        self._classify = classify
        self._local = threading.local()

    def get(self, url: str, params: Mapping[str, Any] | None = None, **ignored: object) -> requests.Response:  # noqa: ARG002 - deep-translator passes more
        """Send a GET request.

        Raises:
            ProviderError: anything but an answer of status 200 to 299.
        """
        return self._send("GET", url, params=params)

    def post(
        self,
        url: str,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a POST request with a JSON body.

        Raises:
            ProviderError: as :meth:`get`.
        """
        return self._send("POST", url, params=params, json=json, headers=headers)

    def get_json(
        self, url: str, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:  # noqa: ANN401 - JSON is any
        """Send a GET request and read its answer as JSON.

        Raises:
            ProviderError: as :meth:`get`, and for an answer that is not JSON.
        """
        return self.read_json(self._send("GET", url, params=params, headers=headers))

    def read_json(self, response: requests.Response) -> Any:  # noqa: ANN401 - JSON is any
        """Read an answer as JSON.

        Raises:
            ProviderError: ``response``, retryable, for an answer that is not JSON or ends too early.
        """
        try:
            return response.json()
        except ValueError:
            pass
        raise self.error("response", "answered with broken JSON", retryable=True)

    def error(
        self, code: ErrorCode, message: str, *, retryable: bool = False, retry_after: float | None = None
    ) -> ProviderError:
        """Make an error that begins with the provider's name and holds no credential."""
        text = self._secrets.redact(f"{self._name} {message}")
        return ProviderError(code, text, retryable=retryable, retry_after=retry_after)

    def delete(self, url: str, headers: Mapping[str, str] | None = None) -> requests.Response:
        """Send a DELETE request.

        Raises:
            ProviderError: as :meth:`get`.
        """
        return self._send("DELETE", url, headers=headers)

    def _send(self, method: str, url: str, **arguments: Any) -> requests.Response:  # noqa: ANN401 - requests' own
        failure: ProviderError
        # Errors are raised after the handlers: requests' own hold the whole address, and a chained one is printed.
        with watch(self._deadline) as watched:
            try:
                # A redirect would carry keys in headers of ours to another host, and turn POST into GET.
                response = self._session().request(
                    method, url, timeout=self._timeout, allow_redirects=False, **arguments
                )
            except requests.exceptions.RequestException as error:
                failure = self._late() if watched.expired else self._failure(error)
            else:
                if watched.expired:
                    # What was cut may look whole where no length was announced.
                    failure = self._late()
                elif response.ok and not response.is_redirect:
                    return response
                else:
                    failure = self._refusal(response)
        raise failure

    def _late(self) -> ProviderError:
        return self.error("timeout", f"did not finish its answer within {self._deadline:g} seconds", retryable=True)

    def _failure(self, error: requests.exceptions.RequestException) -> ProviderError:
        """Tell in words of ours what kept a request from its answer."""
        if isinstance(error, requests.exceptions.Timeout):
            return self.error("timeout", f"did not answer within {self._timeout[1]:g} seconds", retryable=True)
        if isinstance(error, requests.exceptions.SSLError):
            return self.error("network", "cannot be trusted: its certificate is not valid")
        if isinstance(error, requests.exceptions.ConnectionError):
            # requests says so of a time-out within an answer, too.
            if isinstance(error.args[0] if error.args else None, ReadTimeoutError):
                return self.error("timeout", f"fell silent for {self._timeout[1]:g} seconds", retryable=True)
            return self.error("network", "cannot be reached", retryable=True)
        broken = (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError)
        if isinstance(error, broken):
            return self.error("network", "broke off its answer", retryable=True)
        return self.error("network", f"cannot be asked: {type(error).__name__}")

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            session = requests.Session()
            # Otherwise requests would send the credentials of a .netrc file in place of the key.
            session.auth = lambda request: request
            session.mount("http://", self._adapter)
            session.mount("https://", self._adapter)
            self._local.session = session
        session = self._local.session
        assert isinstance(session, requests.Session)  # noqa: S101 - threading.local has no types
        return session

    def _refusal(self, response: requests.Response) -> ProviderError:
        status = response.status_code
        if response.is_redirect and self._classify(status, "") is None:
            return self.error("setup", f"answered with a redirect ({status}); set the address it leads to")
        detail = _detail(response)
        message = f"answered {status}" + (f": {detail}" if detail else "")
        code = self._classify(status, detail) or _CODES.get(status, "response")
        retryable = code in {"rate", "network"}
        return self.error(code, message, retryable=retryable, retry_after=_retry_after(response) if retryable else None)


def _retry_after(response: requests.Response) -> float | None:
    """Read ``Retry-After``, seconds or a date, as seconds from now."""
    value = response.headers.get("Retry-After")
    if not value:
        return None
    try:
        return float(Retry().parse_retry_after(value))
    except InvalidHeader:
        return None


def _detail(response: requests.Response) -> str:
    """Find what a service says about a refusal, on one line."""
    try:
        body: Any = response.json()
    except ValueError:
        return ""
    for key in ("error", "message", "responseDetails", "detail"):
        if isinstance(body, dict) and body.get(key):
            body = body[key]
            if isinstance(body, dict):
                body = " ".join(str(body[k]) for k in ("code", "message") if body.get(k))
            break
    else:
        return ""
    return " ".join(str(body).split())[:_DETAIL_CHARS]
