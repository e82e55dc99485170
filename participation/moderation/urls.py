"""Addresses of the office's work on ideas."""

from django.urls import path

from .views import answers, blocks, cases, merging
from .views.acts import ACTS

IDEA = "geschaeftsstelle/ideen/<slug:reference>/"
BLOCKS = "geschaeftsstelle/textbausteine/"
ANSWER = "geschaeftsstelle/antworten/<int:pk>/"

urlpatterns = [
    path("geschaeftsstelle/ideen/", cases.queue, name="office_ideas"),
    path(IDEA, cases.case, name="office_idea"),
    *[path(f"{IDEA}{act.path}/", cases.act, {"name": name}, name=act.url) for name, act in ACTS.items()],
    path(f"{IDEA}zusammenfuehren/", merging.merge, name="merge_idea"),
    path(f"{IDEA}trennen/", merging.undo, name="undo_merge"),
    path(f"{IDEA}antwort/", answers.draft, name="draft_answer"),
    path(ANSWER, answers.edit, name="edit_answer"),
    path(f"{ANSWER}veroeffentlichen/", answers.publish, name="publish_answer"),
    path(f"{ANSWER}verwerfen/", answers.discard, name="discard_answer"),
    path(BLOCKS, blocks.blocks, name="office_blocks"),
    path(f"{BLOCKS}neu/", blocks.add, name="add_block"),
    path(f"{BLOCKS}<int:pk>/", blocks.edit, name="edit_block"),
    path(f"{BLOCKS}<int:pk>/entfernen/", blocks.remove, name="remove_block"),
]
