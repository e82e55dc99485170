"""The addresses of the notifications."""

from django.urls import path

from .views import choosing, ledger, operating, stopping

urlpatterns = [
    path("meine/benachrichtigungen/", choosing.letter_choices, name="letter_choices"),
    path("geschaeftsstelle/vorgaenge/<slug:reference>/briefe/", ledger.case_letters, name="case_letters"),
    path("geschaeftsstelle/briefe/<int:pk>/nochmal/", ledger.send_letter_again, name="send_letter_again"),
    path("geschaeftsstelle/postausgang/", operating.outbox, name="outbox"),
    path("geschaeftsstelle/postausgang/<int:pk>/nochmal/", operating.write_letters_again, name="write_letters_again"),
    path("abmelden/<str:key>/", stopping.stop_letters, name="stop_letters"),
]
