"""Taking part: supporting an idea, following it, talking about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ...core.authority import may
from ...core.drafts import content_form, form_data
from ...core.errors import Outdated, Refusal
from ...core.limits import within_limit
from ...discussion.models import Comment
from ...discussion.operations import Gone, TooLate, edit_comment, withdraw_comment
from ...discussion.queries import comment_counts, talk_about
from ...promises.models import Follow
from ...promises.operations import follow as follow_case
from ...promises.operations import unfollow as unfollow_case
from ..coauthor_queries import wrote
from ..models import Support
from ..operations.taking_part import Closed, comment_on, end_support, support_idea
from ..queries import has_published, ideas_for
from ..talk_forms import CommentForm, EditForm

SHOWN = 200
COMMENTS_AN_HOUR = 20
ORDER = "kommentare"
NEWEST = "neueste"
REPLY = "antwort"


def talk_context(request, idea):
    """What ``ideas/_support.html`` and ``ideas/_talk.html`` need about ``idea`` and the person who reads it."""
    actor = request.user
    newest_first = request.GET.get(ORDER) == NEWEST
    in_office = may(actor, "participation.moderate_content")
    talk = list(talk_about(idea.case, newest_first=newest_first)[: SHOWN + 1])
    talk, is_cut = talk[:SHOWN], len(talk) > SHOWN
    comments = [comment for top in talk for comment in (top, *top.replies.all())]
    for comment in comments:
        comment.acts = _acts(comment, idea, actor, in_office=in_office)
        comment.is_veiled = comment.is_hidden and not (in_office or _wrote(actor, comment))
    return {
        **_stance(actor, idea),
        "may_support": idea.is_open and may(actor, "participation.support_idea", idea),
        "is_own": wrote(actor, idea),
        "may_comment": _may_comment(actor, idea),
        "talk": talk,
        "talk_is_cut": is_cut,
        "newest_first": newest_first,
        "comment_count": _count(idea, comments, is_cut=is_cut),
        "comment_form": CommentForm(speaks_for_office=in_office),
        "comment_url": reverse("comment_idea", args=[idea.reference]),
    }


def with_stance(rows, actor):
    """The ideas ``rows``, each with whether ``actor`` supports and follows it."""
    if not actor.is_authenticated:
        return rows
    supports = Support.objects.filter(idea=OuterRef("pk"), actor=actor)
    follows = Follow.objects.filter(case=OuterRef("case"), actor=actor)
    return rows.annotate(supported=Exists(supports), followed=Exists(follows))


def _stance(actor, idea):
    """Whether ``actor`` supports and follows ``idea``, which came ``with_stance``."""
    if not actor.is_authenticated:
        return {"supported": False, "followed": False}
    return {"supported": idea.supported, "followed": idea.followed}


def _may_comment(actor, idea):
    return idea.is_open and may(actor, "participation.comment_idea", idea)


def _acts(comment, idea, actor, *, in_office):
    """What ``actor`` may do with ``comment``, asked of nothing but what is loaded."""
    stands = not (comment.is_removed or comment.is_hidden)
    is_author = _wrote(actor, comment)
    return {
        "reply": stands and _may_comment(actor, idea),
        "edit": is_author and stands and comment.is_fresh,
        "withdraw": is_author and not comment.is_removed,
        "report": stands and not is_author,
        "hide": stands and in_office and not is_author,
    }


def _wrote(actor, comment):
    return actor.is_authenticated and comment.author_id == actor.pk


def _count(idea, comments, *, is_cut):
    if is_cut:
        return comment_counts([idea.case]).get(idea.case_id, 0)
    return sum(not (comment.is_removed or comment.is_hidden) for comment in comments)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def support(request, reference):
    """Stand behind an idea (``want=1``), or no more (``want=0``); who comes here from signing in sees the idea."""
    idea = _idea(request, reference)
    step = {"1": support_idea, "0": end_support}.get(request.POST.get("want"))
    thanks = {support_idea: _("You support this idea."), end_support: _("You no longer support this idea.")}
    if step:
        try:
            step(idea, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, thanks[step])
    return redirect(idea)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request, reference):
    """Hear what becomes of an idea (``want=1``), or no more (``want=0``)."""
    idea = _idea(request, reference)
    want = request.POST.get("want")
    if want == "1":
        follow_case(idea.case, request.user)
        messages.success(request, _("You follow this idea. We write to you when something happens."))
    elif want == "0":
        unfollow_case(idea.case, request.user)
        messages.success(request, _("You no longer follow this idea."))
    return redirect(idea)


@content_form
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request, reference):
    """Say something about an idea, or reply to what somebody said (``?antwort=``, field ``parent``)."""
    idea = _idea(request, reference)
    data = form_data(request)
    form = CommentForm(data, speaks_for_office=may(request.user, "participation.moderate_content"))
    asked = request.GET.get(REPLY, "") if data is None else data.get("parent", "")
    parent = _parent(idea, asked)
    if request.method != "POST":
        if not form.is_bound and not idea.is_open:
            messages.error(request, str(Closed()))
            return redirect(idea)
        return _page(request, "comment", idea, form, parent=parent)
    if not form.is_valid():
        return _page(request, "comment", idea, form, parent=parent)
    if not within_limit("comment", str(request.user.pk), most=COMMENTS_AN_HOUR, seconds=3600):
        form.add_error(None, _("You wrote many comments within an hour. Please try again in an hour."))
        return _page(request, "comment", idea, form, parent=parent, status=429)
    return _say(request, idea, form, parent=parent, is_reply=bool(asked))


def _say(request, idea, form, *, parent, is_reply):
    try:
        if is_reply and parent is None:
            raise Gone(_("What you reply to was removed. You can send your text as a comment of its own."))
        said = comment_on(
            idea, form.cleaned_data["text"], by=request.user, parent=parent, in_office=form.as_office
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, "comment", idea, form, parent=parent, status=409)
    return redirect(_place(idea, said))


@content_form
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Find other words for one's comment, within a quarter of an hour."""
    comment, idea = _comment(request, pk)
    if not may(request.user, "participation.edit_comment", comment):
        raise Http404
    form = EditForm(form_data(request), initial={"text": comment.text, "version": comment.version})
    if request.method == "POST" and form.is_valid():
        return _change(request, idea, comment, form)
    if not form.is_bound and not comment.is_fresh:
        messages.error(request, str(Gone() if comment.is_removed else TooLate()))
        return redirect(idea)
    return _page(request, "edit_comment", idea, form, comment=comment)


def _change(request, idea, comment, form):
    text = form.cleaned_data["text"]
    comment.version = form.cleaned_data["version"]
    try:
        edit_comment(comment, text, by=request.user, links=has_published(request.user))
    except Refusal as refusal:
        comment.refresh_from_db()
        if comment.is_removed or comment.text != text:  # a double click has said the same twice
            form.add_error(None, str(refusal))
            form.see(comment.version)
            now_reads = comment.text if isinstance(refusal, Outdated) else ""
            return _page(request, "edit_comment", idea, form, comment=comment, now_reads=now_reads, status=409)
    return redirect(_place(idea, comment))


@content_form
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, pk):
    """Ask, and remove a comment of one's own; a line stays."""
    comment, idea = _comment(request, pk)
    if not may(request.user, "participation.withdraw_comment", comment):
        raise Http404
    if request.method != "POST" and not comment.is_removed:
        return _page(request, "remove_comment", idea, None, comment=comment)
    try:
        withdraw_comment(comment, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The comment was removed."))
    return redirect(_place(idea, comment))


def _page(request, name, idea, form, *, comment=None, status=200, **more):
    crumbs = [{"label": _("Ideas"), "url": reverse("ideas")}, {"label": idea.title, "url": idea.get_absolute_url()}]
    back = _place(idea, comment) if comment else idea.get_absolute_url()
    context = {"idea": idea, "form": form, "comment": comment, "back": back, "crumbs": crumbs, **more}
    return render(request, f"ideas/{name}.html", context, status=status)


def _idea(request, reference):
    return get_object_or_404(ideas_for(request.user), case__reference=reference)


def _comment(request, pk):
    """The comment and its idea, for a person who may see the idea."""
    comment = get_object_or_404(Comment.objects.select_related("case", "author"), pk=pk)
    return comment, get_object_or_404(ideas_for(request.user), case=comment.case_id)


def _parent(idea, number):
    """The standing comment on ``idea`` that somebody replies to, or None."""
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    rows = Comment.objects.filter(case=idea.case_id, removed_at=None, hidden_at=None).select_related("author", "parent")
    return rows.filter(pk=int(number)).first()


def _place(idea, comment):
    return f"{idea.get_absolute_url()}#comment-{comment.pk}"
