"""Let ``python -m helpcenter`` do what the command ``helpcenter`` does."""

from helpcenter.cli import main

main()
