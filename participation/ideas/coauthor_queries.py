"""Questions about co-authors and invitations."""

from django.core.signing import Signer
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import pgettext

from ..actors.queries import name_for
from ..core.memo import once
from .coauthor_models import CoAuthor

INVITATION = Signer(salt="participation.coauthor")


def invitation_path(row):
    """The signed address at which the invited person answers."""
    return reverse("coauthor_invitation", args=[INVITATION.sign(row.pk)])


def coauthors_path(idea):
    """The page on which the author of ``idea`` invites, and a co-author leaves."""
    if idea.is_draft:
        return reverse("draft_coauthors", args=[idea.pk])
    return reverse("coauthors", args=[idea.reference])


def reading_path(idea):
    """Where a co-author reads ``idea``; a draft as well."""
    return reverse("read_draft", args=[idea.pk]) if idea.is_draft else idea.get_absolute_url()


def coauthors_of(idea):
    """The co-authors of ``idea`` with their actors, the first one first; asked once a page."""
    if idea.case_id:
        return coauthors_in(idea.case_id)
    return once(("coauthors of draft", idea.pk), lambda: _listed(CoAuthor.objects.filter(idea=idea)))


def coauthors_in(case_id):
    """The co-authors of the idea whose case has this number, as ``coauthors_of`` gives them."""
    return once(("coauthors", case_id), lambda: _listed(CoAuthor.objects.filter(idea__case=case_id)))


def _listed(rows):
    return list(rows.accepted().select_related("actor").order_by("answered_at", "pk"))


def is_coauthor(actor, idea):
    """Whether ``actor`` is co-author of ``idea`` now."""
    return actor.is_authenticated and _is_among(actor, coauthors_of(idea))


def is_coauthor_in(actor, case_id):
    """Whether ``actor`` is co-author of the idea whose case has this number."""
    return actor.is_authenticated and _is_among(actor, coauthors_in(case_id))


def _is_among(actor, rows):
    return any(row.actor_id == actor.pk for row in rows)


def wrote(actor, idea):
    """Whether ``actor`` is the author or a co-author of ``idea``."""
    return actor.is_authenticated and (idea.author_id == actor.pk or is_coauthor(actor, idea))


def byline(author, coauthors, *, reader):
    """Who wrote it, as ``reader`` reads it: “Ada, Olga and Paul”; see ``name_for``."""
    return get_text_list(names_of(author, coauthors, reader=reader), pgettext("between the last two names", "and"))


def names_of(author, coauthors, *, reader):
    """The same as a list of names."""
    return [name_for(person, reader) for person in (author, *(row.actor for row in coauthors))]


def coauthors_of_all(idea, others):
    """Number of ``idea`` and of each of ``others`` → its co-authors, the first one first; one query, which serves
    ``coauthors_of(idea)`` as well.
    """
    found = {one.pk: [] for one in (idea, *others)}
    for row in _listed(CoAuthor.objects.filter(idea__in=list(found))):
        found[row.idea_id].append(row)
    once(("coauthors", idea.case_id), lambda: found[idea.pk])
    return found


def together_with(actor):
    """Two lists of rows, each with its idea: what ``actor`` is co-author of, the last first; invitations to answer."""
    open_to = CoAuthor.objects.open().filter(email=actor.email.lower(), idea__hidden_at=None)
    rows = (CoAuthor.objects.of(actor) | open_to).select_related("idea__case", "idea__author", "invited_by")
    rows = list(rows.defer("idea__text", "idea__html").order_by("-answered_at", "-pk"))
    invitations = [row for row in rows if row.is_for(actor) and not row.idea.is_ended]
    return [row for row in rows if row.is_accepted], [row for row in invitations if row.idea.author_id != actor.pk]


def numbers_coauthored_by(actor):
    """The numbers of the ideas that ``actor`` is co-author of."""
    return set(CoAuthor.objects.of(actor).values_list("idea_id", flat=True))


def open_invitations(idea):
    """The invitations to ``idea`` that wait for an answer, the first one first."""
    return CoAuthor.objects.open().filter(idea=idea).order_by("invited_at", "pk")
