"""Addresses of ideas and of what is said about them."""

from django.urls import path

from .views import coauthors, files, public, talk, writing

urlpatterns = [
    path("ideen/", public.ideas, name="ideas"),
    path("ideen/neu/", writing.new, name="new_idea"),
    path("ideen/aehnlich/", writing.similar, name="similar_ideas"),
    path("ideen/entwurf/<int:pk>/", writing.draft, name="edit_draft"),
    path("ideen/entwurf/<int:pk>/verwerfen/", writing.discard, name="discard_idea_draft"),
    path("ideen/entwurf/<int:pk>/lesen/", coauthors.read_draft, name="read_draft"),
    path("ideen/entwurf/<int:pk>/mitautoren/", coauthors.draft_coauthors, name="draft_coauthors"),
    path("ideen/einladung/<str:token>/", coauthors.invitation, name="coauthor_invitation"),
    path("ideen/<slug:reference>/", public.idea, name="idea"),
    path("ideen/<slug:reference>/versionen/", public.versions, name="idea_versions"),
    path("ideen/<slug:reference>/ueberarbeiten/", writing.correct, name="correct_idea"),
    path("ideen/<slug:reference>/zurueckziehen/", writing.withdraw, name="withdraw_idea"),
    path("ideen/<slug:reference>/mitautoren/", coauthors.coauthors, name="coauthors"),
    path("ideen/<slug:reference>/unterstuetzen/", talk.support, name="support_idea"),
    path("ideen/<slug:reference>/folgen/", talk.follow, name="follow_idea"),
    path("ideen/<slug:reference>/kommentieren/", talk.comment, name="comment_idea"),
    path("anhang/<slug:key>/<str:name>", files.attachment, name="attachment"),
    path("kommentar/<int:pk>/", talk.edit, name="edit_comment"),
    path("kommentar/<int:pk>/entfernen/", talk.remove, name="remove_comment"),
]
