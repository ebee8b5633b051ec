"""The command with which people answer for texts: approve, and what it shows of policies before they are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from helpcenter.cli.app import IsoDate, Session, fail_on, locale_option, report, reviewer, today
from helpcenter.diagnostics import HelpcenterError, Place, Severity, finding, printable, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from helpcenter.checks import Sources
    from helpcenter.checks.legal import Signing
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project
    from helpcenter.review import Approval


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@locale_option("The locale; may be given several times.")
@click.option("--all", "everything", is_flag=True, help="With --legal: every locale.")
@click.option(
    "--legal", is_flag=True, help="Sign policies: say that you answer for them as the customers of the locale get them."
)
@click.option("--segment", metavar="TEXT", help="Only segments whose source text contains this.")
@click.option(
    "--as",
    "state",
    type=click.Choice(["reviewed", "approved"]),
    default="reviewed",
    show_default=True,
    help="What the person says of the text.",
)
@click.option(
    "--by", "who", metavar="WHO", envvar="HELPCENTER_REVIEWER", help="Who says it; git's user when not given."
)
@click.option("--on", "day", type=IsoDate(), metavar="DATE", help="The day; today when not given.")
@click.option("--include-stale", is_flag=True, help="Also segments whose source has changed since.")
@click.option("--dry-run", is_flag=True, help="Tell what would change and write nothing.")
@click.pass_obj
def approve(
    session: Session,
    pages: tuple[str, ...],
    locales: tuple[str, ...],
    segment: str | None,
    state: str,
    who: str | None,
    day: date | None,
    *,
    everything: bool,
    legal: bool,
    include_stale: bool,
    dry_run: bool,
) -> None:
    """Mark translations as reviewed or approved, with who and when.

    PAGE is a path below the content folder, as in guides/delivery.md, or _theme.po or _regions.po for the words of templates
    and region files; without one the whole locale is meant.  With --legal, policies are signed: what is signed is printed,
    and written to the legal.yml of each locale.
    """
    if everything and not legal:
        raise click.UsageError("--all goes with --legal")
    if not locales and not everything:
        raise click.UsageError("Say which locale: -l TAG" + (", or --all for every one." if legal else "."))
    project = session.project()
    selected = project.select(() if everything else locales)
    who = reviewer(who)
    if legal:
        if segment is not None or include_stale or state != "reviewed":
            raise click.UsageError("--legal signs whole pages, without --segment, --as and --include-stale")
        sign_pages(project, selected, pages, who=who, on=day or today(), dry_run=dry_run)
        return
    for locale in selected:
        done = _approve(
            project,
            locale,
            who=who,
            on=day or today(),
            state=state,
            pages=pages,
            segment=segment,
            include_stale=include_stale,
            dry_run=dry_run,
        )
        _tell_approval(locale.tag, done, f"{'would be' if dry_run else 'are now'} {state} by {who}")


def _approve(project: Project, locale: Locale, *, state: str, **options: Any) -> Approval:  # noqa: ANN401 - of approve
    from helpcenter.catalog import State  # noqa: PLC0415 - only here
    from helpcenter.review import approve as approve_entries  # noqa: PLC0415 - only here

    return approve_entries(project, locale, state=State(state), **options)


def _tell_approval(tag: str, done: Approval, what: str) -> None:
    count = sum(len(msgids) for msgids in done.changed.values())
    skipped = sum(done.skipped.values())
    click.echo(f"{tag}: {count} segments on {len(done.changed)} pages {what}", err=True)
    if skipped:
        click.echo(
            f"{tag}: {skipped} left alone: no text yet, or the source has changed since (--include-stale)", err=True
        )
    if done.unknown:
        click.echo(
            f"{tag}: of {done.unknown} nobody knows any more what the machine wrote; commit what 'translate' writes before you "
            "mend it",
            err=True,
        )


def sign_pages(
    project: Project, locales: Sequence[Locale], names: Sequence[str], *, who: str, on: date, dry_run: bool
) -> None:
    """Show what somebody answers for, then write down that they do.

    Args:
        project: the project.
        locales: whose customers get the pages.
        names: paths of policies below the content folder; all of them when empty.
        who: name and address of the person.
        on: the day.
        dry_run: show it only.

    Raises:
        HelpcenterError: a page that is no policy, a catalog or a ledger that cannot be read.
    """
    from helpcenter.checks import Gate, inspect_sources  # noqa: PLC0415 - only here
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - only here
    from helpcenter.checks.legal import prepare_signing, soften  # noqa: PLC0415 - only here
    from helpcenter.review.legal import sign  # noqa: PLC0415 - only here

    sources = inspect_sources(project, on)
    # What the gate says is what signing is to mend; anything else that is wrong would be signed with the page.
    fail_on(soften(sources.findings))
    if sources.regions is None:
        return
    pages = _choose(project, sources, names)
    gate = Gate(markdown_config(project))
    # Everything is read before the first ledger is written.
    ready = {one.tag: prepare_signing(project, pages, one, sources.regions, on, gate) for one in locales}
    for locale in locales:
        for signing in ready[locale.tag]:
            if signing.is_due:
                _show(signing, locale)
    for locale in locales:
        due = {one.page.path: one.statement for one in ready[locale.tag] if one.is_due}
        done = sorted(due) if dry_run else sign(project, locale.tag, due, who=who, on=on)
        verb = "would be" if dry_run else "are now"
        click.echo(f"{locale.tag}: {len(done)} of {len(pages)} policies {verb} signed by {printable(who)}", err=True)
    rest = [one for one in sources.findings if one.code.startswith("legal-")]
    report([one for one in rest if one.severity is Severity.ERROR], "text")


def _choose(project: Project, sources: Sources, names: Sequence[str]) -> list[Page]:
    """Give the policies of some names, or all of them.

    Raises:
        HelpcenterError: ``approve-no-policy``, one for each name that is none.
    """
    from helpcenter.checks.legal import is_policy  # noqa: PLC0415 - only here

    policies = {page.path: page for page in sources.pages if is_policy(page)}
    wanted = [name.removeprefix(f"{project.configuration.docs_dir}/") for name in names]
    wrong = [name for name in wanted if name not in policies]
    if wrong:
        hint = "policies: " + (", ".join(policies) or "none; a page of 'type: policy' that is no draft is one")
        raise HelpcenterError(
            *(
                finding(
                    "approve-no-policy",
                    f"'{name}' is no published policy",
                    Place(f"{project.configuration.docs_dir}/{name}"),
                    label=suggest(name, policies),
                    help=hint,
                )
                for name in wrong
            )
        )
    return [policies[name] for name in wanted] or list(policies.values())


def _show(signing: Signing, locale: Locale) -> None:
    """Print what is signed: of a page that was signed before, what has changed since."""
    statement, changes, signature = signing.statement, signing.changes, signing.signature
    shown = "as a translation" if signing.text.is_translation and signing.text.texts else "in the words of the source"
    lines = [f"{signing.page.path}, {locale.tag} (rules of {locale.region}): {len(statement.texts)} texts, {shown}"]
    if signature is not None:
        lines.append(f"  signed by {signature.by} on {signature.day}; since then:")
    if changes:
        lines += [f"    {_line(signing, index)}" for index in changes.texts]
        lines += [f"    {changes.removed} texts are gone"] if changes.removed else []
        lines += ["    the source page"] if changes.source and not changes.texts and not changes.removed else []
        lines += [f"    {change}" for change in changes.facts]
    elif signature is None:
        read = f"helpcenter show {signing.page.path} -l {locale.tag}"
        lines.append(f"  the text: {read}")
        lines += [f"  {fact}: {'; '.join(said)}" for fact, said in statement.facts.items()]
    click.echo(printable("\n".join(lines), lines=True))


def _line(signing: Signing, index: int) -> str:
    return " ".join(signing.words(index).split())
