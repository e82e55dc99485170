"""Who hears of outcomes, and who gets the newsletter."""

from django.db.models import Q

from participation.actors.models import Actor
from participation.events.models import CaseLink
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.models import Idea, Support
from participation.newsroom.newsletter_models import Subscription
from participation.newsroom.newsletter_queries import readers
from participation.promises.models import Follow

from .audiences import Crowd, Recipient, _present, crowd_of


def outcome_authors(event):
    """Whoever wrote an idea that the outcome tells of, co-authors too, each once."""
    return _present(_wrote(_ideas(event)))


def outcome_friends(event):
    """Whoever supports or follows such an idea, each once; authors hear as authors, whoever publishes it knows."""
    ideas = _ideas(event)
    supports = Q(pk__in=Support.objects.filter(idea__in=ideas, actor__isnull=False).values("actor_id"))
    follows = Q(pk__in=Follow.objects.filter(case__in=ideas.values("case_id")).values("actor_id"))
    friends = Actor.objects.filter(supports | follows).exclude(pk__in=_wrote(ideas).values("pk"))
    return crowd_of(friends.exclude(pk=event.by_id))


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


def _wrote(ideas):
    """The authors and co-authors of ``ideas``."""
    authors = Q(pk__in=ideas.filter(author__isnull=False).values("author_id"))
    together = CoAuthor.objects.accepted().filter(idea__in=ideas, actor__isnull=False)
    return Actor.objects.filter(authors | Q(pk__in=together.values("actor_id")))
