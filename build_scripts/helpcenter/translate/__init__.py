"""Machine translation: providers behind one protocol, chosen by name.

Importing this package loads no network code; a provider's library is imported when the provider is made.
"""

from helpcenter.translate.batches import plan_batches
from helpcenter.translate.masks import MASK
from helpcenter.translate.pace import TokenBucket
from helpcenter.translate.provider import (
    ERROR_CODES,
    ErrorCode,
    Job,
    Limits,
    Provider,
    ProviderError,
    Request,
    Result,
    count_billed,
)
from helpcenter.translate.registry import (
    MissingCredentialError,
    OptionError,
    ProviderDescription,
    make_provider,
    providers,
)

__all__ = [
    "ERROR_CODES",
    "MASK",
    "ErrorCode",
    "Job",
    "Limits",
    "MissingCredentialError",
    "OptionError",
    "Provider",
    "ProviderDescription",
    "ProviderError",
    "Request",
    "Result",
    "TokenBucket",
    "count_billed",
    "make_provider",
    "plan_batches",
    "providers",
]
