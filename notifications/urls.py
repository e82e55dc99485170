"""The addresses of the notifications."""

from django.urls import path

from .views import choosing, stopping

urlpatterns = [
    path("meine/benachrichtigungen/", choosing.letter_choices, name="letter_choices"),
    path("abmelden/<str:key>/", stopping.stop_letters, name="stop_letters"),
]
