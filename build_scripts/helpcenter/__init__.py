"""helpcenter: multilingual self-service help centers for online shops.

The packages stand in layers; each imports only what stands below it::

    cli → site | adoption → checks → review | regions | search | translate → catalog → content → project → diagnostics
"""

__version__ = "0.1.0"
