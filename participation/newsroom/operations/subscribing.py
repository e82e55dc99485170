"""The newsletter is asked for, confirmed and ended, by whoever reads the mail of an address; each step is proven."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ...core.clock import now
from ...core.errors import Outdated, Refusal
from ...events.kinds import Kind
from ...events.record import record
from ..newsletter_models import QUIET, VALID, NewsletterConsent, Subscription
from ..states import SUBSCRIPTION_LIFECYCLE as LIFECYCLE
from ..states import SubscriptionState
from ..wordings import ASKING, CONFIRMING, ENDING, VERSION, in_full

AGAIN = timedelta(minutes=10)  # a second letter to one address is not written sooner
A_WEEK, MOST_A_WEEK = timedelta(days=7), 3  # letters to an address that anybody may have typed
PROVEN = timedelta(days=3 * 365)  # so long an ended subscription can be proven (§§ 195, 199 BGB)
BATCH = 500


class Expired(Refusal):
    """The link is too old."""

    message = _("This link is no longer valid. Please ask for the newsletter once more; you get a new letter at once.")


def ask_for_newsletter(email, *, language):
    """Somebody wants the newsletter at ``email``; a letter asks there whether that is so.

    Whoever asks learns nothing: not whether the address has it, nor whether a letter was written. None is written
    soon after another one, after three within a week, or to somebody who said no a short while ago.
    """
    try:
        with transaction.atomic():
            _ask(email.lower(), language)
    except (IntegrityError, Outdated):  # the second of two clicks: the first has done it
        return


def _ask(email, language):
    row = Subscription.objects.at(email).first()
    if row is None:
        row = Subscription.objects.create(email=email, language=language, asked_at=now())
    elif row.is_refused or _was_asked_often(row):
        return
    elif row.is_ended:
        LIFECYCLE.advance(
            row, SubscriptionState.ASKED, language=language, asked_at=now(), confirmed_at=None, ended_at=None
        )
    elif row.is_confirmed or not _asks_anew(row):
        return
    _prove(row, NewsletterConsent.Deed.ASKED, ASKING, language)
    record(Kind.NEWSLETTER_ASKED, subscription=row.pk)


def _was_asked_often(row):
    rows = NewsletterConsent.objects.filter(subscription=row, deed=NewsletterConsent.Deed.ASKED)
    return rows.filter(at__gt=now() - A_WEEK).count() >= MOST_A_WEEK


def _asks_anew(row):
    """Whether another letter is due: not a minute after the last one."""
    rows = Subscription.objects.filter(pk=row.pk, state=SubscriptionState.ASKED, asked_at__lt=now() - AGAIN)
    return rows.update(asked_at=now())


@transaction.atomic
def confirm_newsletter(subscription, *, language):
    """The address is right and the newsletter wanted. Twice is once. Raises Expired."""
    if subscription.is_confirmed:
        return
    if not subscription.is_open:
        raise Expired
    LIFECYCLE.advance(subscription, SubscriptionState.CONFIRMED, confirmed_at=now(), language=language)
    _prove(subscription, NewsletterConsent.Deed.CONFIRMED, CONFIRMING, language)
    record(Kind.NEWSLETTER_CONFIRMED, subscription=subscription.pk)


@transaction.atomic
def end_newsletter(subscription, *, language):
    """No more newsletter to this address. Twice is once."""
    if subscription.state == SubscriptionState.ENDED:
        return
    LIFECYCLE.advance(subscription, SubscriptionState.ENDED, ended_at=now())
    _prove(subscription, NewsletterConsent.Deed.ENDED, ENDING, language)
    record(Kind.NEWSLETTER_ENDED, subscription=subscription.pk)


def _prove(subscription, deed, wording, language):
    words = in_full(wording, language)
    NewsletterConsent.objects.create(subscription=subscription, deed=deed, wording=words, version=VERSION, at=now())


def purge_subscriptions(*, limit=BATCH):
    """Remove what nobody confirmed in time, what was refused, and the addresses that need no proof any more.

    Returns how many rows.
    """
    late = Subscription.objects.filter(state=SubscriptionState.ASKED, asked_at__lte=now() - VALID)
    late |= Subscription.objects.refused_before(now() - QUIET)
    gone = Subscription.objects.filter(pk__in=list(late.order_by("pk").values_list("pk", flat=True)[:limit]))
    count = gone.count()
    gone.delete()
    old = Subscription.objects.filter(state=SubscriptionState.ENDED, ended_at__lte=now() - PROVEN)
    return count + old.exclude(email="").update(email="")
