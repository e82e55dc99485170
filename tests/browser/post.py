"""What lies in the mailboxes: letters that passed a real mail server, with the links in them."""

import email
import re
from email.policy import default

from django.conf import settings as portal_settings
from django.urls import reverse

from notifications.digests import gather_due
from participation.tasks import prepare_attachments
from tests.letters import deliver_all, fan_out_all

LINK = re.compile(r"https?://[^\s<>\"]+")


class Letter:
    """One letter: ``to``, ``subject`` and ``path``, to which its one link leads.

    Besides there are links to the portal itself and, where people may choose, to hearing less.
    """

    def __init__(self, content):
        message = email.message_from_bytes(content, policy=default)
        self.to = message["To"]
        self.subject = message["Subject"].strip().replace("\N{NO-BREAK SPACE}", " ")
        plain, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
        self.links = set(LINK.findall(plain))
        assert set(re.findall(r'href="(http[^"]+)"', html)) == self.links, "both sides of a letter say the same"
        paths = {link.removeprefix(portal_settings.SITE_URL) for link in self.links} - {""}
        (self.path,) = {path for path in paths if not path.startswith(_about_letters())}


class Post:
    """Empties the mail server, gives each person the letters, and lets each open the links at once.

    ``readers`` maps an address to the browser of whoever lives there.
    """

    def __init__(self, sink, readers):
        self.sink = sink
        self.readers = readers
        self.letters = []
        self.news = []

    def comes(self):
        """Who gets a letter now, in alphabetical order; worker and beat have done all that waited."""
        prepare_attachments()
        fan_out_all()
        gather_due()
        deliver_all()
        self.news = [Letter(envelope.content) for envelope in self.sink.letters]
        self.sink.letters.clear()
        self.letters += self.news
        for letter in self.news:
            self.opens(letter)
        return sorted(letter.to for letter in self.news)

    def opens(self, letter):
        """Each link in a letter leads its recipient to a page."""
        for link in letter.links:
            answer = self.readers[letter.to].request.get(link)
            assert answer.status == 200, f"{link} in “{letter.subject}” answers {answer.status} to {letter.to}"

    def path(self, address):
        """Where the one letter of this round to ``address`` leads."""
        (letter,) = [it for it in self.news if it.to == address]
        return letter.path

    def differences(self, expected):
        """What came instead of ``expected``, all rounds together: address → (subject, path pattern), in order."""
        came = {it.to: [] for it in self.letters}
        for letter in self.letters:
            came[letter.to].append(letter)
        return {
            address: [(it.subject, it.path) for it in came.get(address, [])]
            for address in came.keys() | expected.keys()
            if not _same(came.get(address, []), expected.get(address, []))
        }


def _about_letters():
    """Where all pages begin on which people choose what they hear of."""
    return reverse("letter_choices"), reverse("stop_letters", args=["-"]).removesuffix("-/")


def _same(letters, expected):
    return len(letters) == len(expected) and all(
        letter.subject == subject and re.fullmatch(pattern, letter.path)
        for letter, (subject, pattern) in zip(letters, expected, strict=True)
    )
