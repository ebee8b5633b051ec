"""Review: which translations customers see, who vouches for them, and how far each locale is."""

from helpcenter.review.approval import Approval, approve
from helpcenter.review.publication import PageText, Shown, judge_page, publish_page
from helpcenter.review.status import LocaleStatus, status_of
from helpcenter.review.strings import publish_strings

__all__ = [
    "Approval",
    "LocaleStatus",
    "PageText",
    "Shown",
    "approve",
    "judge_page",
    "publish_page",
    "publish_strings",
    "status_of",
]
