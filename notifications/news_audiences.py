"""Who hears of outcomes, and who gets the newsletter."""

from django.db.models import Exists, OuterRef, Q

from participation.actors.models import Actor
from participation.events.kinds import Kind
from participation.events.models import CaseLink, Event
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Idea, Support
from participation.newsroom.newsletter_models import Subscription
from participation.newsroom.newsletter_queries import readers
from participation.promises.models import Follow

from .audiences import Crowd, Recipient, _present, crowd_of, office


def outcome_authors(event):
    """Whoever wrote an idea that the outcome tells of, co-authors too, each once; not who was told of it before."""
    return _present(_wrote(_told_now(event)).exclude(pk__in=_wrote(_told_before(event)).values("pk")))


def outcome_friends(event):
    """Whoever supports or follows such an idea, each once; authors hear as authors, whoever publishes it knows."""
    friends = _stand_by(_told_now(event)).exclude(pk__in=_stand_by(_told_before(event)).values("pk"))
    return _without_authors(friends, event)


def corrected_authors(event):
    """Whoever wrote an idea that the outcome told of before it was corrected, and still does."""
    return _present(_wrote(_told_before(event)))


def corrected_friends(event):
    """Whoever supports or follows such an idea, each once; authors hear as authors, whoever corrects it knows."""
    return _without_authors(_stand_by(_told_before(event)), event)


def release_office(event):
    """Managers and moderators in office today, except whoever asked for the release."""
    return (one for one in office(event) if one.actor_id != event.by_id)


def newsletter_asker(event):
    """Whoever asked for the newsletter, at the bare address."""
    rows = Subscription.objects.filter(pk=event.facts["subscription"])
    return [Recipient(language, None, email) for email, language in rows.values_list("email", "language") if email]


def newsletter_trier(event):
    """Whoever tries an issue out."""
    return _present([event.by_id])


def newsletter_readers(event):
    """All who want the newsletter, at their bare addresses."""
    return Crowd(readers().filter(confirmed_at__lte=event.at).only("pk", "email", "language"), _as_reader)


def _as_reader(row):
    return Recipient(row.language, None, row.email)


def _ideas(event):
    """The ideas that the outcome of ``event`` tells of."""
    links = CaseLink.objects.filter(target=event.case_id, kind=CaseLink.Kind.CONTRIBUTES_TO)
    return Idea.objects.filter(case__in=links.values("source_id"))


def _told_now(event):
    """Those of them that the outcome tells of since ``event``."""
    return _ideas(event).filter(_linked_with(event))


def _told_before(event):
    """Those of them that it told of before ``event`` already."""
    return _ideas(event).exclude(_linked_with(event))


def _linked_with(event):
    """Whether the version of ``event`` is the one that brought an idea in."""
    version = event.facts.get("version", 1)
    rows = Event.objects.filter(kind=Kind.OUTCOME_LINKED, case=OuterRef("case"))
    return Exists(rows.filter(facts__outcome=event.facts["outcome"], facts__version=version))


def _stand_by(ideas):
    """Whoever supports or follows one of ``ideas``."""
    supports = Q(pk__in=Support.objects.filter(idea__in=ideas, actor__isnull=False).values("actor_id"))
    follows = Q(pk__in=Follow.objects.filter(case__in=ideas.values("case_id")).values("actor_id"))
    return Actor.objects.filter(supports | follows)


def _without_authors(friends, event):
    friends = friends.exclude(pk__in=_wrote(_ideas(event)).values("pk"))
    return crowd_of(friends.exclude(pk=event.by_id))


def _wrote(ideas):
    """The authors and co-authors of ``ideas``."""
    authors = Q(pk__in=ideas.filter(author__isnull=False).values("author_id"))
    together = CoAuthor.objects.accepted().filter(idea__in=ideas, actor__isnull=False)
    return Actor.objects.filter(authors | Q(pk__in=together.values("actor_id")))
