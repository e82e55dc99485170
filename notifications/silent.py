"""Events that make no letter, each with the reason; ``catalogue.LETTERS`` has the others."""

from participation.events.kinds import Kind

SILENT = {
    Kind.ACTOR_REGISTERED: "The person gets the account letter; the office sees new actors in its list.",
    Kind.ACTOR_CONFIRMED: "The person has just clicked the link.",
    Kind.ACTOR_ERASED: "The address is gone with the account; the page said so before.",
    Kind.TERMS_ACCEPTED: "The person has just ticked the box.",
    Kind.ALLIANCE_CHANGED: "Seen on the pages.",
    Kind.MUNICIPALITY_CHANGED: "Seen on the pages.",
    Kind.FIELD_CHANGED: "Seen on the pages.",
    Kind.PARTNER_CHANGED: "Seen on the pages.",
    Kind.LEGAL_TEXT_PUBLISHED: "New terms are asked for on “my page”; the other texts are seen on the pages.",
    Kind.IDEA_WITHDRAWN: "The author has just done it, and nobody waits for an answer any more; the queue shows it.",
    Kind.IDEA_TOOK_IN: "Seen on the page of the idea; whoever is concerned hears of the idea that was merged.",
    Kind.IDEA_GAVE_BACK: "Seen on the page of the idea; whoever is concerned hears of the idea that was separated.",
    Kind.COMMENT_REMOVED: "Whoever wrote the comment has just done it; a line says so in its place.",
    Kind.OUTCOME_SCHEDULED: "The office has just set the time; its list of outcomes shows it.",
    Kind.OUTCOME_UNSCHEDULED: "The office has just done it; its list of outcomes shows it.",
    Kind.OUTCOME_WITHDRAWN: "Its page says so and why; whoever is concerned hears it of each idea it told of.",
    Kind.OUTCOME_LINKED: "Seen in the trail of the idea; whoever is concerned hears of the outcome itself.",
    Kind.NEWSLETTER_CONFIRMED: "The person has just pressed the button.",
    Kind.NEWSLETTER_ENDED: "Whoever ends the newsletter wants no more letters.",
    Kind.GROUP_CHANGED: "Seen on the page of the working group.",
    Kind.GROUP_ALIVE: "The coordination has just pressed the button; the office sees it in its list of working groups.",
    Kind.CASE_TAKEN: "Whoever took it has just clicked; the others see it in the queue.",
}
