"""The command that begins a help center."""

from __future__ import annotations

import click


@click.command()
def init() -> None:
    """Begin a help center in this folder."""
