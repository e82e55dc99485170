"""The addresses of the notifications."""

from django.urls import path

from .views import book, choosing, ledger, operating, reading, stopping

BOOK = "geschaeftsstelle/briefe/"

urlpatterns = [
    path("meine/benachrichtigungen/", choosing.letter_choices, name="letter_choices"),
    path("meine/benachrichtigungen/vorgang/<slug:reference>/", choosing.mute_case, name="mute_case"),
    path("meine/benachrichtigungen/postfach/", choosing.try_mailbox, name="try_mailbox"),
    path("meine/nachrichten/", reading.inbox, name="inbox"),
    path("meine/nachrichten/<int:pk>/gelesen/", reading.read_message, name="read_message"),
    path("meine/nachrichten/gelesen/", reading.read_messages, name="read_messages"),
    path("meine/nachrichten/zahl/", reading.unread_messages, name="unread_messages"),
    path("geschaeftsstelle/vorgaenge/<slug:reference>/briefe/", ledger.case_letters, name="case_letters"),
    path("geschaeftsstelle/briefe/<int:pk>/nochmal/", ledger.send_letter_again, name="send_letter_again"),
    path("geschaeftsstelle/postausgang/", operating.outbox, name="outbox"),
    path("geschaeftsstelle/postausgang/<int:pk>/nochmal/", operating.write_letters_again, name="write_letters_again"),
    path("abmelden/<str:key>/", stopping.stop_letters, name="stop_letters"),
    path(BOOK, book.letters, name="office_letters"),
    path(f"{BOOK}<slug:name>/", book.letter, name="office_letter"),
    path(f"{BOOK}<slug:name>/html/", book.letter_html, name="office_letter_html"),
    path(f"{BOOK}<slug:name>/test/", book.send_test, name="send_test_letter"),
]
