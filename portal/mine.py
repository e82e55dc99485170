"""My page: what waits for me, who I am here, and the keys to my account."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notifications.mailboxes import refusal_of
from participation.actors.queries import (
    OFFICE,
    account_of,
    appointments_of,
    second_factor_missing,
)
from participation.core.drafts import drafts_of
from participation.core.web import page_of
from participation.groups.queries import invitation_path as member_invitation_path
from participation.groups.queries import requests_for
from participation.groups.queries import together_with as groups_with
from participation.groups.task_queries import tasks_of
from participation.ideas.coauthor_queries import invitation_path, reading_path, together_with
from participation.ideas.listing import steps
from participation.ideas.models import Idea
from participation.ideas.queries import written_by
from participation.promises.models import Promise
from participation.promises.queries import promises_of
from participation.reports.queries import open_to_objection, statement_path

IDEAS_A_PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the person: what, why, and the way there (``post``: by a button that sends)."""

    title: str
    text: str
    url: str
    label: str
    post: bool = False


@dataclass(frozen=True)
class MyIdea:
    """One of the person's ideas, and the promise that the office still has to keep."""

    idea: Idea
    promise: Promise | None

    @property
    def steps(self):
        """Its way so far, for ``components/mini_way.html``."""
        return steps(self.idea.state)


@login_required
@require_safe
def my_page(request):
    """Show what waits, the profile in short, posts, safety and data."""
    actor = request.user
    posts = list(appointments_of(actor))
    ideas = list(written_by(actor))
    submitted = [idea for idea in ideas if not idea.is_draft]
    coauthored, invitations = together_with(actor)
    memberships, asked = groups_with(actor)
    has_factor, sessions, accepted = account_of(actor)
    waiting = [*_waiting(actor, posts, submitted, invitations, accepted=accepted), *_in_groups(memberships, asked)]
    page = page_of(submitted, request, size=IDEAS_A_PAGE)
    interests = list(actor.interests.order_by("position", "name"))
    context = {
        "waiting": waiting,
        "posts": posts,
        "drafts": [idea for idea in ideas if idea.is_draft],
        "page": page,
        "ideas": list(_with_promises(page.object_list)),
        "coauthored": [{"idea": row.idea, "url": reading_path(row.idea)} for row in coauthored],
        "groups": memberships,
        "tasks": list(tasks_of(actor)),
        "invite": not (waiting or posts or interests or actor.skills or actor.offers),
        "interests": interests,
        "refusal": refusal_of(actor),
        "has_second_factor": has_factor,
        "sessions": sessions,
    }
    return render(request, "my_page.html", context)


def _waiting(actor, posts, ideas, invitations, *, accepted):
    if not accepted:
        yield Waiting(
            _("Terms of use"), _("There is a new version. Please read it and say whether you agree."),
            reverse("accept_terms"), _("I agree"), post=True,
        )  # fmt: skip
    if any(row.post in OFFICE for row in posts) and second_factor_missing(actor):
        yield Waiting(
            _("Second factor"), _("Your post in the office rests until a second factor protects your account."),
            reverse("mfa_index"), _("Set up"),
        )  # fmt: skip
    for idea in filter(lambda idea: idea.is_returned, ideas):
        day = date_format(idea.reply_by, "DATE_FORMAT")
        yield Waiting(
            idea.title, _("The office has asked you something. Please answer by %(day)s.") % {"day": day},
            reverse("correct_idea", args=[idea.reference]), _("Read and answer"),
        )  # fmt: skip
    for row in invitations:
        yield Waiting(
            _("An invitation"),
            _("%(person)s asks you to be co-author of “%(title)s”.")
            % {"person": row.invited_by.public_name, "title": row.idea},
            invitation_path(row), _("Read and answer"),
        )  # fmt: skip
    for row in open_to_objection(actor):
        yield Waiting(
            _("A decision about something of yours"),
            _("The office has hidden something. You can read why, and object until %(day)s.")
            % {"day": date_format(localtime(row.objection_until), "DATE_FORMAT")},
            statement_path(row), _("Read the decision"),
        )  # fmt: skip
    for draft in drafts_of(actor):
        if _leads_somewhere(draft.path):
            yield Waiting(
                _("Unsent text"), _("Your session had ended when you sent a form. What you wrote is still here."),
                draft.path, _("Go on writing"),
            )  # fmt: skip


def _in_groups(memberships, invitations):
    """What waits for the person in working groups: invitations, and requests that others made."""
    for row in invitations:
        yield Waiting(
            _("An invitation"),
            _("%(person)s asks you to take part in the working group “%(title)s”.")
            % {"person": row.invited_by.public_name if row.invited_by else _("Somebody"), "title": row.group.title},
            member_invitation_path(row), _("Read and answer"),
        )  # fmt: skip
    for row in requests_for(memberships):
        yield Waiting(
            _("A request to join"),
            _("%(person)s wants to join “%(title)s”. Please answer by %(day)s.")
            % {
                "person": row.actor.public_name, "title": row.group.title,
                "day": date_format(localtime(row.answer_by), "DATE_FORMAT"),
            },
            reverse("group_members", args=[row.group.slug]), _("Read and answer"),
        )  # fmt: skip


def _with_promises(ideas):
    promises = promises_of([idea.case for idea in ideas])
    for idea in ideas:
        promise = promises.get(idea.case_id)
        yield MyIdea(idea, promise if promise and promise.is_open else None)


def _leads_somewhere(path):
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
