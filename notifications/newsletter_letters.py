"""What letters of the newsletter say: whether somebody wants it, and the issues."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participation.core.web import absolute
from participation.newsroom.newsletter_models import Issue, Subscription
from participation.newsroom.newsletter_queries import confirm_path, end_path, items_of

from .event_letters import is_crowded
from .unwanted import Unwanted


def confirmation(delivery):
    """To the bare address: was it you? It repeats nothing: anybody may have typed the address."""
    row = Subscription.objects.filter(pk=delivery.event.facts["subscription"]).first()
    if row is None or not row.is_open:
        raise Unwanted(gettext_noop("the subscription is confirmed, ended or too old"))
    if is_crowded(delivery):
        raise Unwanted(gettext_noop("its mailbox had three letters within the hour"))
    return {
        "url": absolute(confirm_path(row)),
        "refuse_url": absolute(end_path(row)),
        "reason": _("You receive this letter because somebody asked for the newsletter with this address."),
    }


def issue(delivery):
    """To all readers: the issue."""
    return _issue(delivery)


def still_wanted(deliveries):
    """By address: why each reader gets it, and the link that ends the subscription; without those who ended it."""
    addresses = {row.address for row in deliveries}
    reason = _("You receive this letter because you asked for our newsletter.")
    return {
        row.email: {"reason": reason, "stop_url": absolute(end_path(row))}
        for row in Subscription.objects.confirmed().filter(email__in=addresses)
    }


def trial(delivery):
    """To whoever puts the issue together."""
    reason = _("You receive this letter because you are trying this issue out. Nobody else got it.")
    return {**_issue(delivery), "reason": reason}


def _issue(delivery):
    row = Issue.objects.filter(pk=delivery.event.facts["issue"]).first()
    if row is None:
        raise Unwanted(gettext_noop("the draft was thrown away"))
    items = items_of(row)
    for item in items:
        item.url = absolute(item.path)
    return {"issue": row, "items": items, "url": absolute(row.get_absolute_url())}
