"""Samples of letters about outcomes, of the newsletter, and of the portal's letter to itself."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.web import absolute
from participation.ideas.states import IdeaState
from participation.newsroom.models import Outcome, OutcomeVersion
from participation.newsroom.newsletter_models import Issue
from participation.newsroom.newsletter_queries import ANSWER, OUTCOME, Item

from ..canary_letters import CANARY
from .cast import NOBODY, YEAR, case, html, idea, in_days, other, page_of, reader

SLUG = "mitfahrbaenke"
NUMBER = 7


def to_release():
    """The release of an outcome is asked for, for the office."""
    outcome = _outcome()
    return {
        "name": reader(),
        "outcome": outcome,
        "person": other().display_name,
        "url": absolute(reverse("office_outcome", args=[outcome.pk])),
        "reason": _("You receive this letter because you hold a post of the office."),
    }


def published():
    """Something has come of an idea, for its author."""
    return {**_told(), "reason": _("You receive this letter because you wrote an idea that this is about.")}


def news():
    """The same for whoever supports the idea."""
    return {**_told(), "reason": _("You receive this letter because you support an idea that this is about.")}


def corrected():
    """What was told is corrected, for the author."""
    return {**published(), "version": _version()}


def corrected_news():
    """The same for whoever supports the idea."""
    return {**news(), "version": _version()}


def taken_back():
    """An outcome no longer tells of an idea, for its author."""
    return {**_taken_back(), "reason": _("You receive this letter because you submitted this idea.")}


def taken_back_news():
    """The same for whoever supports the idea."""
    return {**_taken_back(), "reason": _("You receive this letter because you support this idea.")}


def confirmation():
    """Somebody asked for the newsletter."""
    return {
        "url": absolute(reverse("newsletter")),
        "refuse_url": absolute(reverse("newsletter")),
        "reason": _("You receive this letter because somebody asked for the newsletter with this address."),
    }


def issue():
    """An issue of the newsletter."""
    address = absolute(reverse("newsletter"))
    reason = _("You receive this letter because you asked for our newsletter.")
    return {**_issue(), "reason": reason, "name": "", "stop_url": address}


def trial():
    """An issue that is tried out."""
    reason = _("You receive this letter because you are trying this issue out. Nobody else got it.")
    return {**_issue(), "reason": reason}


def canary():
    """The portal writes to itself."""
    return {
        "at": in_days(0),
        "url": absolute(reverse("outbox")),
        "reason": _("You receive this letter because this address is the portal's own mailbox (CANARY_ADDRESS)."),
    }


def _told():
    return {
        "name": reader(),
        "outcome": _outcome(slug=SLUG),
        "ideas": [idea(IdeaState.REALISED)],
        "url": absolute(reverse("outcome", args=[SLUG])),
    }


def _taken_back():
    one = idea(IdeaState.ADOPTED)
    outcome = Outcome(pk=NOBODY, slug=SLUG, title=_title(), case=case(f"E-{YEAR}-0007"))
    why = _("The benches are not put up yet; the building yards will do it in spring.")
    return {"name": reader(), "idea": one, "outcome": outcome, "why": why, "url": page_of(one)}


def _outcome(**fields):
    return Outcome(pk=NOBODY, title=_title(), text=_words(), html=html(_words()), **fields)


def _version():
    note = _("There are four benches, not five.")
    return OutcomeVersion(number=2, title=_title(), text=_words(), note=note, at=in_days(0))


def _issue():
    one = idea(IdeaState.ADOPTED)
    answer = html(_("The councils have agreed. A working group looks for the right places."))
    intro = _("Hello! This has come of your ideas since the last issue.")
    items = [
        Item(OUTCOME, OUTCOME, _title(), html(_words()), reverse("outcome", args=[SLUG]), in_days(-3)),
        Item(
            ANSWER, ANSWER, one.title, answer, page_of(one), in_days(-9), f"{YEAR}-0042",
            IdeaState.ADOPTED.label,
        ),
    ]  # fmt: skip
    for item in items:
        item.url = absolute(item.path) if item.is_outcome else item.path
    row = Issue(pk=NOBODY, number=NUMBER, subject=_("Benches, buses and a clean brook"), intro=intro, html=html(intro))
    return {"issue": row, "items": items, "url": absolute(reverse("issue", args=[NUMBER]))}


def _title():
    return _("The first four benches stand")


def _words():
    return _(
        "Since Saturday one can wait for a ride in Krombach and Blankenbach. The working group put the benches up "
        "together with the building yards."
    )


SAMPLES = {
    "outcome_to_release": to_release,
    "outcome_published": published,
    "outcome_news": news,
    "outcome_corrected": corrected,
    "outcome_corrected_news": corrected_news,
    "outcome_taken_back": taken_back,
    "outcome_taken_back_news": taken_back_news,
    "newsletter_confirmation": confirmation,
    "newsletter": issue,
    "newsletter_test": trial,
    CANARY: canary,
}
