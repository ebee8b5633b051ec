"""The command line: parses, calls one function of a lower layer, and prints what it gives.

Data goes to standard output, talk to standard error.  Exit codes: 0 clean, 1 findings, 2 wrong usage.
"""

from helpcenter.cli.app import main

__all__ = ["main"]
