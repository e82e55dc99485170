"""The addresses of the notifications."""

from django.urls import path

from .views import book, choosing, stopping

BOOK = "geschaeftsstelle/briefe/"

urlpatterns = [
    path("meine/benachrichtigungen/", choosing.letter_choices, name="letter_choices"),
    path("abmelden/<str:key>/", stopping.stop_letters, name="stop_letters"),
    path(BOOK, book.letters, name="office_letters"),
    path(f"{BOOK}<slug:name>/", book.letter, name="office_letter"),
    path(f"{BOOK}<slug:name>/html/", book.letter_html, name="office_letter_html"),
    path(f"{BOOK}<slug:name>/test/", book.send_test, name="send_test_letter"),
]
