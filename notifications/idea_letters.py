"""What letters about ideas say; each asks the domain when it is sent and is unwanted once things have moved on."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from participation.core.web import absolute
from participation.discussion.models import Comment
from participation.ideas.coauthor_queries import wrote
from participation.ideas.models import Answer, Idea, Review
from participation.ideas.queries import last_review
from participation.ideas.states import IdeaState
from participation.promises.models import Extension, Promise

from .unwanted import Unwanted

# Where an answer leads the idea → the subject of the letter, and what it says first.
NEWS = {
    "": (gettext_lazy("%(reference)s: the office answers"), gettext_lazy("There is an official answer to the idea.")),
    IdeaState.UNDER_CONSIDERATION: (
        gettext_lazy("%(reference)s: the idea is under consideration"),
        gettext_lazy("The idea is now under consideration."),
    ),
    IdeaState.DEFERRED: (
        gettext_lazy("%(reference)s: the idea was deferred"),
        gettext_lazy("The idea was deferred. It is not lost, and may be taken up again."),
    ),
    IdeaState.ADOPTED: (
        gettext_lazy("%(reference)s: the idea was adopted"),
        gettext_lazy("The idea was adopted. Next comes the work on it."),
    ),
    IdeaState.NOT_ADOPTED: (
        gettext_lazy("%(reference)s: the idea was not adopted"),
        gettext_lazy("The idea was not adopted. The answer says why."),
    ),
    IdeaState.IN_PROGRESS: (
        gettext_lazy("%(reference)s: work on the idea has begun"),
        gettext_lazy("Work on the idea has begun."),
    ),
    IdeaState.REALISED: (
        gettext_lazy("%(reference)s: the idea has become real"),
        gettext_lazy("The idea has become real."),
    ),
    IdeaState.NOT_REALISED: (
        gettext_lazy("%(reference)s: the idea could not be realised"),
        gettext_lazy("The idea could not be realised. The answer says why."),
    ),
}


def receipt(delivery):
    """For the authors: it has arrived, and until when the office answers."""
    idea = _of_authors(delivery)
    if idea.state == IdeaState.WITHDRAWN:
        raise Unwanted(gettext_noop("the idea was withdrawn"))
    return {**_for_author(delivery, idea), "due_at": _promised(delivery, idea)}


def to_review(delivery):
    """For the office: what came, and until when an answer is owed."""
    idea = _idea(delivery)
    if not idea.is_in_review or idea.version != delivery.event.facts.get("version", 1):
        raise Unwanted(gettext_noop("the idea no longer waits for a review"))
    return {**_for_office(delivery, idea), "person": _named(idea.author), "due_at": _promised(delivery, idea)}


def question(delivery):
    """For the authors: what the office asks, and until when it waits."""
    idea = _of_authors(delivery)
    review = _review(delivery, idea, IdeaState.RETURNED)
    return {**_for_author(delivery, idea, "correct_idea"), "review": review}


def last_reminder(delivery):
    """For the author: the office still waits, and what it asked."""
    idea = _of_author(delivery)
    if not (idea.is_returned and idea.warned_at):
        raise Unwanted(gettext_noop("the question is no longer open"))
    return {**_for_author(delivery, idea, "correct_idea"), "review": last_review(idea)}


def published(delivery):
    """For the authors: everybody can read it, with the words of the office, if any."""
    idea = _of_authors(delivery)
    if not idea.is_public:
        raise Unwanted(gettext_noop("the idea is no longer public"))
    return {**_for_author(delivery, idea), "review": Review.objects.get(pk=delivery.event.facts["review"])}


def declined(delivery):
    """For the authors: why it is not published, and how to object."""
    idea = _of_authors(delivery)
    review = _review(delivery, idea, IdeaState.DECLINED)
    return {**_for_author(delivery, idea, "correct_idea" if idea.may_appeal else "idea"), "review": review}


def answer(delivery):
    """For the authors: the official answer."""
    idea = _of_authors(delivery)
    return {**_for_author(delivery, idea), **_answer(delivery, idea)}


def news(delivery):
    """For those who support or follow the idea: the official answer."""
    idea = _idea(delivery)
    url = absolute(reverse("idea", args=[idea.reference]))
    return {"idea": idea, "url": url, **_answer(delivery, idea)}


def extension(delivery):
    """For the authors: the office needs longer, why, and until when."""
    row = Extension.objects.select_related("promise").get(pk=delivery.event.facts["extension"])
    idea = _of_authors(delivery)
    if not row.promise.is_open or row.promise.due_at != row.due_at:
        raise Unwanted(gettext_noop("another day is promised, or the answer was given"))
    return {**_for_author(delivery, idea), "extension": row}


def handed_over(delivery):
    """For whoever looks after the idea from now on."""
    idea = _idea(delivery)
    if idea.moderator_id != delivery.recipient_id:
        raise Unwanted(gettext_noop("somebody else looks after the idea"))
    promise = Promise.objects.open().filter(case=idea.case_id).first()
    person = _named(delivery.event.by)
    return {**_for_office(delivery, idea), "person": person, "due_at": promise and promise.due_at}


def comment(delivery):
    """For the author of the idea: somebody said something about it."""
    idea = _of_author(delivery)
    return {**_for_author(delivery, idea), **_said(idea, _comment(delivery, idea))}


def reply(delivery):
    """For whoever wrote the comment: somebody replied."""
    idea = _idea(delivery)
    row = _comment(delivery, idea)
    if row.parent.author_id != delivery.recipient_id or row.parent.is_removed:
        raise Unwanted(gettext_noop("the comment that was replied to is gone"))
    reason = _("You receive this letter because you wrote the comment that was replied to.")
    return {**_about(delivery, idea), **_said(idea, row), "reason": reason}


def _idea(delivery):
    return Idea.objects.select_related("case", "author").get(case=delivery.event.case_id)


def _of_author(delivery):
    idea = _idea(delivery)
    if idea.author_id != delivery.recipient_id:
        raise Unwanted(gettext_noop("the idea no longer belongs to the recipient"))
    return idea


def _of_authors(delivery):
    """The idea, if the recipient is its author or a co-author."""
    idea = _idea(delivery)
    if not wrote(delivery.recipient, idea):
        raise Unwanted(gettext_noop("the idea no longer belongs to the recipient"))
    return idea


def _review(delivery, idea, state):
    """What the office decided, as long as it is its last word and the idea has not moved on."""
    review = last_review(idea)
    if idea.state != state or review.pk != delivery.event.facts["review"]:
        raise Unwanted(gettext_noop("the idea has moved on"))
    return review


def _answer(delivery, idea):
    if not idea.is_public:
        raise Unwanted(gettext_noop("the idea is no longer public"))
    row = Answer.objects.get(pk=delivery.event.facts["answer"])
    headline, first = NEWS[row.leads_to]
    return {"answer": row, "headline": headline % {"reference": idea.reference}, "first": first}


def _comment(delivery, idea):
    row = Comment.objects.select_related("author", "parent").get(pk=delivery.event.facts["comment"])
    if row.is_removed or row.is_hidden or not idea.is_public:
        raise Unwanted(gettext_noop("the comment was removed, or the idea is no longer public"))
    return row


def _said(idea, row):
    """A comment with who wrote it, and its place on the page."""
    place = absolute(reverse("idea", args=[idea.reference])) + f"#comment-{row.pk}"
    return {"comment": row, "person": row.author.public_name if row.author else _named(None), "url": place}


def _promised(delivery, idea):
    """Until when the office answers, as it was promised with this event, put off since or not."""
    made = Promise.objects.filter(case=idea.case_id, made_at__lte=delivery.event.at)
    return made.order_by("-made_at", "-pk").first().due_at


def _about(delivery, idea, page="idea"):
    url = absolute(reverse(page, args=[idea.reference]))
    return {"idea": idea, "name": _name(delivery), "url": url}


def _for_author(delivery, idea, page="idea"):
    """For the author, or for a co-author: those read, and leave the pen to the author."""
    if idea.author_id != delivery.recipient_id:
        return {**_about(delivery, idea), "coauthor": True, "reason": because_of_coauthor()}
    reason = _("You receive this letter because you submitted this idea.")
    return {**_about(delivery, idea, page), "reason": reason}


def because_of_coauthor():
    """Why a co-author gets a letter."""
    return _("You receive this letter because you are a co-author of this idea.")


def _for_office(delivery, idea):
    reason = _("You receive this letter because you hold a post of the office.")
    return {**_about(delivery, idea, "office_idea"), "reason": reason}


def _name(delivery):
    return delivery.recipient.display_name if delivery.recipient else ""


def _named(person):
    """How others are called; somebody whose account is gone has no name."""
    return str(person or _("Somebody"))
