"""Content: pages, their segments, and putting translations back.

A page is cut by character offset and put back by replacing slices; Markdown is never written anew.
"""

from helpcenter.content.assembly import assemble
from helpcenter.content.expressions import Expression, find_expressions
from helpcenter.content.frontmatter import FrontMatter
from helpcenter.content.inline import has_words
from helpcenter.content.links import Link
from helpcenter.content.mending import mend
from helpcenter.content.names import check_names
from helpcenter.content.outlines import Outline, load_outlines
from helpcenter.content.pages import Page, load_pages, parse_page
from helpcenter.content.rendering import MarkdownConfig, Rendered, Renderer
from helpcenter.content.renderings import Forgetful, Remembering, Renderings, Results
from helpcenter.content.sealing import Sealed, SealError, placeholders, seal, unseal
from helpcenter.content.segments import Segment
from helpcenter.content.skeletons import Skeleton, skeleton, skeleton_difference
from helpcenter.content.snippets import Snippets, load_snippets

__all__ = [
    "Expression",
    "Forgetful",
    "FrontMatter",
    "Link",
    "MarkdownConfig",
    "Outline",
    "Page",
    "Remembering",
    "Rendered",
    "Renderer",
    "Renderings",
    "Results",
    "SealError",
    "Sealed",
    "Segment",
    "Skeleton",
    "Snippets",
    "assemble",
    "check_names",
    "find_expressions",
    "has_words",
    "load_outlines",
    "load_pages",
    "load_snippets",
    "mend",
    "parse_page",
    "placeholders",
    "seal",
    "skeleton",
    "skeleton_difference",
    "unseal",
]
