"""Questions about comments."""

from django.db.models import Count, Prefetch
from django.db.models.functions import Coalesce, Greatest

from .models import Comment


def talk_about(case, *, newest_first=False):
    """The comments on ``case`` that are no replies, each with its ``replies`` (oldest first) and people; 2 queries."""
    replies = Comment.objects.select_related("author").order_by("posted_at", "pk")
    order = ("-posted_at", "-pk") if newest_first else ("posted_at", "pk")
    rows = Comment.objects.filter(case=case, parent=None).select_related("author")
    return rows.prefetch_related(Prefetch("replies", queryset=replies)).order_by(*order)


def comment_counts(cases):
    """Case number → how many comments stand there, removed and hidden ones aside; one query."""
    rows = Comment.objects.filter(case__in=[case.pk for case in cases], removed_at=None, hidden_at=None)
    return dict(rows.order_by().values_list("case").annotate(Count("pk")))


def comments_on(cases):
    """All comments on ``cases`` (a query) with case and author, each with ``changed_at``: when it changed last."""
    moments = [Coalesce(moment, "posted_at") for moment in ("edited_at", "removed_at", "hidden_at")]
    rows = Comment.objects.filter(case__in=cases).select_related("case", "author")
    return rows.annotate(changed_at=Greatest("posted_at", *moments))
