"""Review: which translations customers see, who vouches for them, how far locales are, which machine leaves least to do."""

from helpcenter.review.approval import Approval, approve
from helpcenter.review.providers import ProviderTally, Verdict, judge_providers, tally_providers
from helpcenter.review.publication import PageText, Shown, publish_page
from helpcenter.review.scores import Scores, score_locale, sort_by_need
from helpcenter.review.status import LocaleStatus, Tally, status_of
from helpcenter.review.strings import publish_strings

__all__ = [
    "Approval",
    "LocaleStatus",
    "PageText",
    "ProviderTally",
    "Scores",
    "Shown",
    "Tally",
    "Verdict",
    "approve",
    "judge_providers",
    "publish_page",
    "publish_strings",
    "score_locale",
    "sort_by_need",
    "status_of",
    "tally_providers",
]
