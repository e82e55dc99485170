"""Which personal fields of letters are kept, scrubbed and exported."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.core.personal import register

from .models import Delivery, Habits, InboxItem, Mute, Preference, Refusal, Resending


def letters_of(actor):
    """The letters to ``actor``: to the account, or to its address (once it is proven) before there was one."""
    theirs = Q(recipient_id=actor.pk)
    if actor.email and actor.confirmed_at:
        theirs |= Q(address__iexact=actor.email)
    return Delivery.objects.filter(theirs)


register(
    Delivery,
    rows=letters_of,
    title=_("Letters to you"),
    scrub={"address": "", "facts": {}},
    keep={
        "letter": _("That a letter was sent stays known, without your address."),
        "recipient": _("It points to the account without a name that remains."),
        "language": _("It names no person."),
        "rhythm": _("It names no person."),
    },
    export=("letter", "address", "language", "state", "created_at", "finished_at"),
)
register(
    InboxItem,
    rows=lambda actor: InboxItem.objects.filter(recipient=actor),
    title=_("Your inbox"),
    delete=True,
    export=("letter", "case__reference", "created_at", "read_at"),
)
register(
    Preference,
    rows=lambda actor: Preference.objects.filter(actor=actor),
    title=_("What you chose to hear of"),
    delete=True,
    export=("topic", "channel", "rhythm", "since"),
)
register(
    Habits,
    rows=lambda actor: Habits.objects.filter(actor=actor),
    title=_("When you want to hear"),
    delete=True,
    export=("hour", "weekday", "zone", "paused_until"),
)
register(
    Mute,
    rows=lambda actor: Mute.objects.filter(actor=actor),
    title=_("What you want to hear nothing more of"),
    delete=True,
    export=("case__reference", "since"),
)
register(
    Refusal,
    rows=lambda actor: Refusal.objects.filter(address=actor.email.lower()),
    title=_("That your mailbox refused our letters"),
    delete=True,
    export=("address", "since", "reason"),
)
register(
    Resending,
    rows=lambda actor: Resending.objects.filter(by_id=actor.pk),
    title=_("Letters that you sent again in your post"),
    scrub={"by": None},
    keep=dict.fromkeys(
        ("id", "delivery", "at", "former_state", "former_reason", "former_finished_at"),
        _("That a letter was sent again stays known; it no longer names you."),
    ),
    export=("at", "former_state"),
)
