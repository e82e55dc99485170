"""Addresses of people's pages."""

from django.urls import path

from .views import mine, office, register

urlpatterns = [
    path("akteure/", register.register, name="actors"),
    path("akteure/<int:pk>/", register.actor, name="actor"),
    path("meine/profil/", mine.profile, name="profile"),
    path("meine/daten/", mine.my_data, name="my_data"),
    path("meine/loeschen/", mine.delete_account, name="delete_account"),
    path("meine/bedingungen/", mine.terms, name="accept_terms"),
    path("meine/entwurf/<int:pk>/verwerfen/", mine.discard_draft, name="discard_draft"),
    path("geschaeftsstelle/akteure/", office.office_actors, name="office_actors"),
    path("geschaeftsstelle/aemter/", office.office_posts, name="office_posts"),
    path("geschaeftsstelle/aemter/<int:pk>/beenden/", office.end, name="end_appointment"),
]
