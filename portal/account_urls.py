"""allauth's addresses below ``/konto/``."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("", include("allauth.mfa.urls")),
    path("", include("allauth.usersessions.urls")),
]
