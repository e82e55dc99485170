"""Samples of letters about ideas, co-authors and comments, and of the digest."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participation.core.clock import today
from participation.core.web import absolute
from participation.discussion.models import Comment
from participation.events.kinds import Kind
from participation.ideas.coauthor_models import CoAuthor
from participation.ideas.coauthor_queries import coauthors_path, invitation_path
from participation.ideas.models import Answer, Review
from participation.ideas.states import IdeaState
from participation.promises.models import Extension

from ..coauthor_letters import ANSWERS
from ..digest_letters import Group, Line
from ..headlines import headline_of, next_step_of
from ..idea_letters import NEWS
from ..stopping import DIGEST
from .cast import NOBODY, YEAR, html, idea, in_days, other, other_idea, page_of, reader


def received():
    """An idea has arrived."""
    return {**_for_author(idea(IdeaState.SUBMITTED)), "due_at": in_days(14)}


def to_review():
    """An idea waits for the office."""
    return {**_for_office(idea(IdeaState.SUBMITTED)), "person": other().display_name, "due_at": in_days(14)}


def returned():
    """The office asks something."""
    return _asked(idea(IdeaState.RETURNED, reply_by=in_days(60).date()))


def warned():
    """The office still waits."""
    return _asked(idea(IdeaState.RETURNED, reply_by=in_days(7).date(), warned_at=in_days(0)))


def published():
    """An idea is published."""
    words = _("Thank you for this idea. We look forward to the discussion.")
    return {**_for_author(idea()), "review": Review(outcome=Review.Outcome.PUBLISHED, text=words)}


def declined():
    """An idea is not published."""
    words = _("Timetables of trains are decided by the Free State. We gladly pass your letter on, if you wish.")
    review = Review(outcome=Review.Outcome.DECLINED, reason=Review.Reason.NOT_HERE, text=words)
    return {**_for_author(idea(IdeaState.DECLINED), "correct_idea"), "review": review}


def answered():
    """An official answer, for the author."""
    return {**_for_author(idea(IdeaState.ADOPTED)), **_answer()}


def news():
    """An official answer, for whoever supports the idea."""
    one = idea(IdeaState.ADOPTED)
    return {"idea": one, "name": reader(), "url": page_of(one), "reason": _because_of_support(), **_answer()}


def extended():
    """The office needs longer."""
    words = _("The municipal council of Krombach talks about it in its next session only.")
    extension = Extension(former_due_at=in_days(1), due_at=in_days(15), reason=words)
    return {**_for_author(idea(IdeaState.SUBMITTED)), "extension": extension}


def overdue():
    """Promised answers are late."""
    return {**_promised(), "reason": _("You receive this letter because you manage the alliance.")}


def due():
    """Promised answers are due soon."""
    return {**_promised(), "reason": _("You receive this letter because you hold a post of the office.")}


def handed_over():
    """A case changes hands within the office."""
    return {**_for_office(idea(IdeaState.SUBMITTED)), "person": other().display_name, "due_at": in_days(9)}


def commented():
    """Somebody said something about one's idea."""
    return {**_for_author(idea()), **_said()}


def replied():
    """Somebody replied to one's comment."""
    reason = _("You receive this letter because you wrote the comment that was replied to.")
    one = idea()
    return {"idea": one, "name": reader(), **_said(), "reason": reason}


def merged():
    """One's idea was merged."""
    words = _("Both want people without a car to get from village to village.")
    review = Review(outcome=Review.Outcome.MERGED, text=words)
    one = {**_for_author(idea(IdeaState.MERGED)), "into": other_idea()}
    return {**one, "url": page_of(other_idea()), "review": review}


def merged_news():
    """An idea that one supports was merged."""
    return {**_for_friend(idea(IdeaState.MERGED)), "url": page_of(other_idea())}


def unmerged():
    """One's idea stands on its own again."""
    return {**_for_author(idea()), "into": other_idea(), "due_at": in_days(5)}


def unmerged_news():
    """An idea that one supports stands on its own again."""
    return _for_friend(idea())


def invited():
    """Somebody asks for a co-author."""
    one = idea(IdeaState.SUBMITTED)
    row = CoAuthor(pk=NOBODY, idea=one, invited_at=in_days(0))
    return {
        "idea": one,
        "name": "",
        "person": other().display_name,
        "until": row.until,
        "url": absolute(invitation_path(row)),
        "reason": _("You receive this letter because somebody typed this address in to invite you."),
    }


def joined():
    """A co-author has said yes."""
    headline, first = ANSWERS[Kind.COAUTHOR_ACCEPTED]
    one = idea()
    return {
        "name": reader(),
        "headline": headline,
        "reference": one.reference,
        "first": first % {"person": other().display_name, "title": str(one)},
        "url": absolute(coauthors_path(one)),
        "reason": _("You receive this letter because you wrote this idea."),
    }


def digest():
    """News of two ideas together, the newest first."""
    one, another = idea(IdeaState.ADOPTED), other_idea()
    groups = [
        _group(one, [("idea_news", Kind.IDEA_ADOPTED, -0.1), ("comment_replied", Kind.COMMENT_WRITTEN, -0.4)]),
        _group(another, [("idea_commented", Kind.COMMENT_WRITTEN, -0.7)]),
    ]
    return {
        "name": reader(),
        "groups": groups,
        "count": 3,
        "reason": _(
            "You receive this letter because such news comes together, once a day or once a week. You can change that."
        ),
    }


def _group(one, items):
    return Group(
        reference=one.reference,
        title=one.title,
        state=one.get_state_display(),
        next_step=str(next_step_of(items[0][0])),
        lines=[Line(in_days(days), str(headline_of(letter, kind)), page_of(one)) for letter, kind, days in items],
    )


def _asked(one):
    words = _("Where exactly should the benches stand? Please name two or three places for each village.")
    return {**_for_author(one, "correct_idea"), "review": Review(outcome=Review.Outcome.RETURNED, text=words)}


def _answer():
    words = _(
        "The councils of Blankenbach and Krombach have agreed: the first four benches will be put up in spring. "
        "A working group looks for the right places. Whoever wants to help is welcome."
    )
    headline, first = NEWS[IdeaState.ADOPTED]
    answer = Answer(
        text=words, html=html(words), leads_to=IdeaState.ADOPTED, body=Answer.Body.COUNCIL, decided_on=today()
    )
    return {"answer": answer, "headline": headline % {"reference": f"{YEAR}-0042"}, "first": first}


def _promised():
    late, soon = _listed(idea(IdeaState.SUBMITTED), -3), _listed(other_idea(), 2)
    return {"name": reader(), "late": late, "soon": soon, "url": absolute(reverse("office_ideas"))}


def _listed(one, days):
    url = page_of(one, "office_idea")
    promise = {"reference": one.reference, "title": one.title, "due_at": in_days(days), "url": url}
    return {"promises": [promise], "count": 1, "more": 0}


def _said():
    words = _("A good idea. At the sports ground in Schöllkrippen many would get in, above all after training.")
    comment = Comment(pk=NOBODY, text=words, html=html(words), posted_at=in_days(0))
    return {"comment": comment, "person": other().display_name, "url": f"{page_of(idea())}#comment-{NOBODY}"}


def _for_author(one, page="idea"):
    reason = _("You receive this letter because you submitted this idea.")
    return {"idea": one, "name": reader(), "url": page_of(one, page), "reason": reason}


def _for_office(one):
    reason = _("You receive this letter because you hold a post of the office.")
    return {"idea": one, "name": reader(), "url": page_of(one, "office_idea"), "reason": reason}


def _for_friend(one):
    name, reason = reader(), _because_of_support()
    return {"idea": one, "into": other_idea(), "name": name, "url": page_of(one), "reason": reason}


def _because_of_support():
    return _("You receive this letter because you support this idea.")


SAMPLES = {
    "idea_received": received,
    "idea_received_again": received,
    "idea_to_review": to_review,
    "idea_to_review_again": to_review,
    "idea_returned": returned,
    "idea_warned": warned,
    "idea_published": published,
    "idea_declined": declined,
    "idea_answered": answered,
    "idea_news": news,
    "promise_extended": extended,
    "promises_overdue": overdue,
    "promises_due": due,
    "idea_handed_over": handed_over,
    "idea_commented": commented,
    "comment_replied": replied,
    "idea_merged": merged,
    "idea_merged_news": merged_news,
    "idea_unmerged": unmerged,
    "idea_unmerged_news": unmerged_news,
    "coauthor_invited": invited,
    "coauthor_answered": joined,
    DIGEST: digest,
}
