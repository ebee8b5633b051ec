"""The command that sets up completion in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    r"""Print the script that completes commands, options and locales in a SHELL.

    \b
    bash:  eval "$(helpcenter completion bash)"    in ~/.bashrc
    zsh:   eval "$(helpcenter completion zsh)"     in ~/.zshrc
    fish:  helpcenter completion fish | source     in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        ctx.fail(f"no completion for {shell}")
    root = ctx.find_root()
    click.echo(kind(root.command, {}, "helpcenter", "_HELPCENTER_COMPLETE").source())
