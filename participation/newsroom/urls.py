"""Addresses of outcomes and of the newsletter."""

from django.urls import path

from .views import issues, newsletter, office, public, releasing

OFFICE = "geschaeftsstelle/ergebnisse/"
ONE = f"{OFFICE}<int:pk>/"
LETTERS = "geschaeftsstelle/newsletter/"
ISSUE = f"{LETTERS}<int:pk>/"

urlpatterns = [
    path("ergebnisse/", public.outcomes, name="outcomes"),
    path("ergebnisse/atom.xml", public.atom, name="outcomes_atom"),
    path("ergebnisse/feed.json", public.json_feed, name="outcomes_json"),
    path("ergebnisse/bild/<slug:key>/<str:name>", public.picture, name="outcome_picture"),
    path("ergebnisse/<slug:slug>/", public.outcome, name="outcome"),
    path(OFFICE, office.outcomes, name="office_outcomes"),
    path(f"{OFFICE}neu/", office.new, name="new_outcome"),
    path(ONE, office.outcome, name="office_outcome"),
    path(f"{ONE}bearbeiten/", office.edit, name="edit_outcome"),
    path(f"{ONE}berichtigen/", office.correct, name="correct_outcome"),
    path(f"{ONE}freigabe/", releasing.offer, name="offer_outcome"),
    path(f"{ONE}veroeffentlichen/", releasing.publish, name="publish_outcome"),
    path(f"{ONE}zeitpunkt/", releasing.schedule, name="schedule_outcome"),
    path(f"{ONE}zurueckstellen/", releasing.unschedule, name="unschedule_outcome"),
    path(f"{ONE}zurueckziehen/", releasing.withdraw, name="withdraw_outcome"),
    path(f"{ONE}verwerfen/", releasing.discard, name="discard_outcome"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/angefragt/", newsletter.asked, name="newsletter_asked"),
    path("newsletter/bestaetigen/<str:token>/", newsletter.confirm, name="confirm_newsletter"),
    path("newsletter/abmelden/<str:token>/", newsletter.end, name="end_newsletter"),
    path("newsletter/<int:number>/", newsletter.issue, name="issue"),
    path(LETTERS, issues.issues, name="office_newsletter"),
    path(ISSUE, issues.edit, name="edit_issue"),
    path(f"{ISSUE}vorschau/", issues.preview, name="preview_issue"),
    path(f"{ISSUE}vorschau.html", issues.letter, name="issue_letter"),
    path(f"{ISSUE}probe/", issues.try_out, name="try_issue"),
    path(f"{ISSUE}senden/", issues.send, name="send_issue"),
    path(f"{ISSUE}verwerfen/", issues.discard, name="discard_issue"),
]
