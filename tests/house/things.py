"""What stands behind the rows of the permission table: things by name, and values that a form needs."""

from io import BytesIO

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from participation.accessibility.queries import RECEIPT
from participation.attachments import shelf
from participation.core.clock import now
from participation.core.hiding import hide
from participation.core.models import PendingDraft
from participation.ideas.coauthor_queries import INVITATION
from participation.ideas.operations.merging import merge_idea
from participation.newsroom.newsletter_models import Issue
from participation.newsroom.newsletter_queries import CONFIRM, END
from participation.region.models import LegalText
from participation.region.queries import the_alliance
from participation.reports.queries import RECEIPT as REPORT_RECEIPT
from participation.reports.queries import STATEMENT
from tests.coauthor_factories import CoAuthorFactory
from tests.factories import (
    ActorFactory,
    AnswerFactory,
    CommentFactory,
    IdeaFactory,
    MunicipalityFactory,
    PartnerFactory,
    TextBlockFactory,
)
from tests.files import AttachmentFactory
from tests.newsroom_factories import IssueFactory, OutcomeFactory, SubscriptionFactory
from tests.report_factories import ObjectionFactory, ReportFactory, StatementFactory

from .groups import GROUPS
from .letters import LETTERS
from .meetings import MEETINGS
from .passkeys import credential
from .talk import TALK


def actor_who_shows_skills(world, owner):
    return {"pk": world.other.pk}


def actor_who_shows_nothing(world, owner):
    return {"pk": ActorFactory(skills="Backen", visible_to="office").pk}


def hidden_partner_page(world, owner):
    return {"slug": PartnerFactory(active=False).slug}


def draft(world, owner):
    owner = owner or world.other
    row = PendingDraft.objects.create(actor=owner, path="/meine/profil/", fields={"skills": ["x"]}, created_at=now())
    return {"pk": row.pk}


def appointment(world, owner):
    return {"pk": world.appointment.pk}


def lonely_municipality(world, owner):
    return {"pk": MunicipalityFactory().pk}


def confirmation(world, owner):
    address = EmailAddress.objects.create(user=ActorFactory(confirmed=False), email="noch-offen@allianz.example")
    return {"key": EmailConfirmationHMAC.create(address).key}


def reset_key(world, owner):
    return {"uidb36": user_pk_to_url_str(world.other), "key": default_token_generator.make_token(world.other)}


def totp(world, owner):
    owner = owner or world.other
    if not Authenticator.objects.filter(user=owner, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(owner, generate_totp_secret())
    return {}


def recovery_codes(world, owner):
    totp(world, owner)
    RecoveryCodes.activate(owner or world.other)
    return {}


def passkey(world, owner):
    kind = Authenticator.Type.WEBAUTHN
    data = {"name": "Schlüssel", "credential": credential()}
    row = Authenticator.objects.create(user=owner or world.other, type=kind, data=data)
    return {"pk": row.pk}


def idea(state):
    """A thing: an idea in ``state``, by its reference; a draft by its number."""

    def make(world, owner):
        row = IdeaFactory(state=state, author=owner or world.other, field=world.field)
        return {"pk": row.pk} if row.is_draft else {"reference": row.reference}

    return make


def idea_to_merge(world, owner):
    IdeaFactory(author=world.other, field=world.field, case__reference="1998-0002")
    return idea("submitted")(world, owner)


def merged_idea(world, owner):
    source, target = (IdeaFactory(author=owner or world.other, field=world.field) for _ in range(2))
    merge_idea(source, target, version=1, by=ActorFactory(posts=["moderator"]))
    return {"reference": source.reference}


def attachment(state):
    """A thing: a picture of an idea in ``state``, with its file."""

    def make(world, owner):
        row = AttachmentFactory()
        shelf.ready(row.key).write_bytes(b"a picture")
        IdeaFactory(state=state, author=owner or world.other, field=world.field, folder=row.folder)
        return {"key": row.key, "name": row.name}

    return make


def invitation(world, owner):
    """An invitation for ``owner`` to a submitted idea of somebody else."""
    row = IdeaFactory(state="submitted", author=world.other, field=world.field)
    email = owner.email if owner else "nobody@post.example"
    return {"token": INVITATION.sign(CoAuthorFactory(idea=row, email=email).pk)}


def idea_with_coauthor(state):
    """A thing: an idea of somebody else whose co-author is the owner."""

    def make(world, owner):
        row = IdeaFactory(state=state, author=world.other, field=world.field)
        CoAuthorFactory(idea=row, state="accepted", actor=owner or ActorFactory())
        return {"pk": row.pk} if row.is_draft else {"reference": row.reference}

    return make


def hidden_picture(world, owner):
    """A picture of a public idea, by its owner or somebody else, that the office hid."""
    row = AttachmentFactory(owner=owner or world.other)
    shelf.ready(row.key).write_bytes(b"a picture")
    IdeaFactory(author=owner or world.other, field=world.field, folder=row.folder)
    hide(row, "rude")
    return {"key": row.key, "name": row.name}


def comment(world, owner):
    case = IdeaFactory(author=world.other, field=world.field).case
    return {"pk": CommentFactory(case=case, author=owner or world.other).pk}


def drafted_answer(world, owner):
    row = IdeaFactory(author=world.other, field=world.field)
    return {"pk": AnswerFactory(idea=row, drafted_by=world.other).pk}


def report(world, owner):
    return {
        "reference": ReportFactory(thing=IdeaFactory(author=owner or world.other, field=world.field)).case.reference
    }


def objection(world, owner):
    row = IdeaFactory(author=owner or world.other, field=world.field)
    hide(row, "rude")
    return {"reference": ObjectionFactory(statement=StatementFactory(thing=row)).case.reference}


def receipt_of_a_report(world, owner):
    thing = IdeaFactory(author=world.other, field=world.field)
    return {"token": REPORT_RECEIPT.sign(ReportFactory(thing=thing).pk)}


def statement(world, owner):
    row = IdeaFactory(author=world.other, field=world.field)
    hide(row, "rude")
    return {"token": STATEMENT.sign(StatementFactory(thing=row).pk)}


def decision(world, owner):
    row = IdeaFactory(author=owner or world.other, field=world.field)
    hide(row, "rude")
    return {"pk": StatementFactory(thing=row).pk}


def outcome(state):
    """A thing: an outcome in ``state``, by its number."""

    def make(world, owner):
        return {"pk": OutcomeFactory(state=state, author=world.other, title="Die Bank steht").pk}

    return make


def page_of_outcome(state):
    """A thing: the public page of an outcome in ``state``."""

    def make(world, owner):
        return {"slug": OutcomeFactory(state=state, author=world.other).slug}

    return make


def picture_of_outcome(state):
    """A thing: the picture of an outcome in ``state``, with its file."""

    def make(world, owner):
        row = AttachmentFactory()
        shelf.ready(row.key).write_bytes(b"a picture")
        OutcomeFactory(state=state, author=world.other, folder=row.folder)
        return {"key": row.key, "name": row.name}

    return make


def issue(state):
    """A thing: an issue of the newsletter in ``state``; there is one draft at most."""

    def make(world, owner):
        known = Issue.objects.filter(state="draft").first() if state == "draft" else None
        return {"pk": (known or IssueFactory(state=state, author=world.other)).pk}

    return make


def subscription(signer, state):
    """A thing: the signed address of a subscription in ``state``."""
    return lambda world, owner: {"token": signer.sign(SubscriptionFactory(state=state).pk)}


def idea_out_of_place(world, owner):
    """A public idea whose address stands in forms of the table."""
    IdeaFactory(author=world.other, field=world.field, case__reference="1999-9999")
    return {}


def hidden_idea(world, owner):
    row = IdeaFactory(author=owner or world.other, field=world.field)
    hide(row, "rude")
    return {"reference": row.reference}


def picture():
    """A small picture, as a browser would send it."""
    file = BytesIO()
    Image.new("RGB", (8, 8), "green").save(file, "PNG")
    return SimpleUploadedFile("bach.png", file.getvalue(), "image/png")


# Each is a function of (world, owner) that gives the arguments of the address, and may make rows.
THINGS = {
    **LETTERS,
    **GROUPS,
    **TALK,
    **MEETINGS,
    "": lambda world, owner: {},
    "nothing": lambda world, owner: {"pk": 999_999},
    "unknown page": lambda world, owner: {"slug": "nirgends"},
    "letter": lambda world, owner: {"name": "idea_received"},
    "unknown letter": lambda world, owner: {"name": "nothing"},
    "municipality page": lambda world, owner: {"slug": world.municipality.slug},
    "partner page": lambda world, owner: {"slug": world.partner.slug},
    "hidden partner page": hidden_partner_page,
    "actor who shows skills": actor_who_shows_skills,
    "actor who shows nothing": actor_who_shows_nothing,
    "actor in the admin": lambda world, owner: {"object_id": world.other.pk},
    "app": lambda world, owner: {"app_label": "participation"},
    "field in the interface": lambda world, owner: {"slug": world.field.slug},
    "field": lambda world, owner: {"pk": world.field.pk},
    "municipality": lambda world, owner: {"pk": world.municipality.pk},
    "lonely municipality": lonely_municipality,
    "partner": lambda world, owner: {"pk": world.partner.pk},
    "legal text": lambda world, owner: {"kind": LegalText.Kind.TERMS},
    "unknown legal text": lambda world, owner: {"kind": "cookies"},
    "accent": lambda world, owner: {"digest": the_alliance().accent_digest},
    "former accent": lambda world, owner: {"digest": "0" * 12},
    "unknown logo": lambda world, owner: {"name": "nichts.png"},
    "open report": lambda world, owner: {"pk": world.open_report.pk},
    "answered report": lambda world, owner: {"pk": world.answered_report.pk},
    "receipt": lambda world, owner: {"token": RECEIPT.sign(world.open_report.pk)},
    "forged receipt": lambda world, owner: {"token": f"{world.open_report.pk}:forged"},
    "idea draft": idea("draft"),
    "submitted idea": idea("submitted"),
    "returned idea": idea("returned"),
    "idea to merge": idea_to_merge,
    "merged idea": merged_idea,
    "public idea": idea("published"),
    "unknown idea": lambda world, owner: {"reference": "1998-0001"},
    "picture of a draft": attachment("draft"),
    "picture of a submitted idea": attachment("submitted"),
    "picture of a public idea": attachment("published"),
    "hidden picture": hidden_picture,
    "unknown picture": lambda world, owner: {"key": "0" * 32, "name": "Bank.jpg"},
    "invitation": invitation,
    "forged invitation": lambda world, owner: {"token": "1:forged"},
    "draft written together": idea_with_coauthor("draft"),
    "idea written together": idea_with_coauthor("submitted"),
    "comment": comment,
    "drafted answer": drafted_answer,
    "text block": lambda world, owner: {"pk": TextBlockFactory().pk},
    "report": lambda world, owner: report(world, None),
    "report about one's own": report,
    "objection": lambda world, owner: objection(world, None),
    "objection of one's own": objection,
    "receipt of a report": receipt_of_a_report,
    "forged receipt of a report": lambda world, owner: {"token": "1:forged"},
    "statement": statement,
    "decision": lambda world, owner: decision(world, None),
    "decision about one's own": decision,
    "forged statement": lambda world, owner: {"token": "1:forged"},
    "outcome page": page_of_outcome("published"),
    "withdrawn outcome page": page_of_outcome("withdrawn"),
    "picture of an outcome": picture_of_outcome("published"),
    "picture of a drafted outcome": picture_of_outcome("draft"),
    "picture of a withdrawn outcome": picture_of_outcome("withdrawn"),
    "drafted outcome": outcome("draft"),
    "scheduled outcome": outcome("scheduled"),
    "published outcome": outcome("published"),
    "withdrawn outcome": outcome("withdrawn"),
    "newsletter asked for": subscription(CONFIRM, "asked"),
    "newsletter confirmed": subscription(CONFIRM, "confirmed"),
    "newsletter to end": subscription(END, "confirmed"),
    "newsletter ended": subscription(END, "ended"),
    "forged subscription": lambda world, owner: {"token": "1:forged"},
    "issue in the archive": lambda world, owner: {"number": IssueFactory(state="sent", author=world.other).number},
    "unknown issue": lambda world, owner: {"number": 999},
    "drafted issue": issue("draft"),
    "sent issue": issue("sent"),
    "case of a barrier report": lambda world, owner: {"reference": world.open_report.case.reference},
    "somebody": lambda world, owner: {"pk": ActorFactory().pk},
    "oneself": lambda world, owner: {"pk": (owner or world.other).pk},
    "hidden idea": hidden_idea,
    "idea out of place": idea_out_of_place,
    "draft": draft,
    "appointment": appointment,
    "confirmation": confirmation,
    "unknown confirmation": lambda world, owner: {"key": "MQ:1abcde:forged"},
    "reset key": reset_key,
    "forged reset key": lambda world, owner: {"uidb36": user_pk_to_url_str(world.other), "key": "abc123-forged"},
    "totp": totp,
    "recovery codes": recovery_codes,
    "passkey": passkey,
}
