"""What has come of the ideas of the demonstration, and its newsletter, told by the same operations that people use."""

from datetime import timedelta

from django.utils import timezone

from ..attachments.operations import prepare_waiting
from ..core.clock import travel_to
from ..events.models import Case
from ..newsroom.models import Outcome
from ..newsroom.newsletter_models import Issue, Subscription
from ..newsroom.newsletter_queries import proposed
from ..newsroom.operations.issuing import begin_issue, change_issue, send_issue
from ..newsroom.operations.publishing import publish_outcome, schedule_outcome
from ..newsroom.operations.subscribing import ask_for_newsletter, confirm_newsletter
from ..newsroom.operations.writing import begin_outcome, correct_outcome
from .demonstration import days_ago
from .demonstration_pictures import DRAWN
from .demonstration_story import INTERN, MODERATOR

# days ago, author, title, the idea, picture, what can be seen, text, and for one of them its correction:
# days ago, what was corrected, and the words that stand instead of others
OUTCOMES = [
    {
        "ago": 38, "author": MODERATOR, "title": "Elf leere Häuser suchen neues Leben",
        "idea": "Leerstandsbörse für alle Mitgliedsgemeinden", "picture": "houses",
        "alt": "Drei Häuser am Hang, eines davon mit dunklen Fenstern (Zeichnung)",
        "text": "Seit heute stehen elf leere Häuser aus der ganzen Allianz an einer Stelle im Netz, mit Bild, "
        "Grundriss "
        "und jemandem, der ans Telefon geht. Zwei sind schon verkauft.\n\n"
        "Angefangen hat es mit einer Idee aus Westerngrund: Eigentümer melden sich freiwillig, **eine Person kümmert "
        "sich für alle Gemeinden**. Die Steuerungsgruppe hat das angenommen, die Kosten teilen sich die Gemeinden.\n\n"
        "Was noch kommt:\n\n- im Frühjahr ein Rundgang durch drei Ortskerne\n"
        "- eine Sprechstunde zu Umbau und Förderung, jeden ersten Dienstag im Monat",
        "correction": (
            36, "Die Sprechstunde ist am ersten Donnerstag im Monat, nicht am Dienstag.",
            ("jeden ersten Dienstag im Monat", "jeden ersten Donnerstag im Monat"),
        ),
    },
    {
        "ago": 24, "author": INTERN, "title": "2.400 Liter Saft aus fast vergessenen Wiesen",
        "idea": "Streuobstwiesen pflegen und gemeinsam keltern", "picture": "orchard",
        "alt": "Obstbäume in drei Reihen vor den Hügeln des Kahlgrunds (Zeichnung)",
        "text": "An vier Samstagen haben mehr als sechzig Menschen Äpfel aufgelesen, gewaschen und gekeltert. "
        "Herausgekommen "
        "sind 2.400 Liter Saft, die im Bauhof und in zwei Dorfläden zu haben sind.\n\n"
        "Vom Erlös werden junge Bäume gekauft. Wer schneiden lernen will: Der nächste Kurs ist im Februar, "
        "Anmeldung bei der Geschäftsstelle.",
    },
    {
        "ago": 18, "author": MODERATOR, "title": "In Krombach steht ein Schrank voller Bücher",
        "idea": "Offener Bücherschrank", "picture": "bookcase",
        "alt": "Ein grüner Schrank mit bunten Büchern neben einer Bank (Zeichnung)",
        "text": "Der erste offene Bücherschrank der Allianz ist eröffnet. Er steht am Dorfplatz, ist Tag und "
        "Nacht offen, und "
        "jeder darf nehmen und bringen. Gebaut hat ihn die Schreinerei im Grund aus Eiche von hier.\n\n"
        "Der zweite folgt im Frühjahr in Mömbris. Wer dort mit auf ihn achtgeben möchte, meldet sich bei der "
        "Geschäftsstelle.",
    },
    {
        "ago": 1, "author": INTERN, "title": "Die ersten zwei Mitfahrbänke sind da",
        "idea": "Mitfahrbänke zwischen den Ortsteilen", "picture": "bench",
        "alt": "Eine Holzbank am Ortsrand, daneben ein gelbes Schild (Zeichnung)",
        "text": "In Krombach und in Geiselbach kann man sich jetzt hinsetzen und mitgenommen werden. Wer auf "
        "der Bank sitzt, "
        "klappt das Schild mit seinem Ziel aus; wer vorbeifährt, hält an.\n\n"
        "Vier weitere Bänke sind bestellt. Vorschläge für ihren Platz nimmt die Geschäftsstelle bis Jahresende an.",
        "ahead": 2,
    },
]  # fmt: skip


def play_news(person):
    """Make what is not there yet; ``person(mailbox)`` is the account of the demonstration."""
    known = set(Outcome.objects.values_list("title", flat=True))
    for row in OUTCOMES:
        if row["title"] not in known:
            _tell(row, person)
    while prepare_waiting():
        pass


def _tell(row, person):
    words = {"title": row["title"], "text": row["text"], "cases": Case.objects.filter(title=row["idea"])}
    with travel_to(days_ago(row["ago"])):
        outcome = begin_outcome(by=person(row["author"]), upload=DRAWN[row["picture"]](), alt=row["alt"], **words)
        if "ahead" in row:
            _schedule(outcome, row["ahead"], by=person(MODERATOR))
        else:
            publish_outcome(outcome, version=outcome.version, by=person(MODERATOR))
    if "correction" in row:
        ago, note, (before, after) = row["correction"]
        words["text"] = row["text"].replace(before, after)
        with travel_to(days_ago(ago)):
            correct_outcome(outcome, version=1, note=note, by=person(MODERATOR), alt=row["alt"], **words)


def _schedule(outcome, days, *, by):
    """In so many days at six in the evening."""
    evening = timezone.localtime(days_ago(0)).replace(hour=18) + timedelta(days=days)
    schedule_outcome(outcome, evening, version=outcome.version, by=by)


READERS = ["ada", "imkerei", "heimatverein", "ruhestand"]
SENT = 22  # days ago
INTRO = (
    "Zwei Ideen aus dem letzten Jahr sind Wirklichkeit geworden: elf leere Häuser haben eine gemeinsame Adresse, und "
    "aus fast vergessenen Wiesen kommt wieder Saft.\n\nWas wir auf andere Ideen geantwortet haben, steht darunter."
)


def play_newsletter(person):
    """A few readers, an issue that was sent, and one that is put together."""
    if Issue.objects.exists():
        return
    for number, mailbox in enumerate(READERS):
        with travel_to(days_ago(60 - number)):
            ask_for_newsletter(person(mailbox).email, language="de")
            confirm_newsletter(Subscription.objects.at(person(mailbox).email).get(), language="de")
    with travel_to(days_ago(SENT)):
        issue = begin_issue(by=person(INTERN), subject="Leere Häuser, volle Flaschen")
        words = {"subject": issue.subject, "intro": INTRO, "keys": [item.key for item in _worth_telling()]}
        issue = change_issue(issue, version=1, by=person(INTERN), **words)
        send_issue(issue, version=2, by=person(MODERATOR))
    with travel_to(days_ago(0)):
        begin_issue(by=person(INTERN), subject="Ein Schrank voller Bücher")


def _worth_telling():
    """The two outcomes of then, and the last three answers."""
    items = [item for item in proposed() if item.at <= days_ago(SENT)]
    return [item for item in items if item.is_outcome] + [item for item in items if not item.is_outcome][:3]
