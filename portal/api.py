"""The public read interface, version 1. A new part is a ``Reading`` in its slice's ``api.py`` and one line here."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.routers import APIRootView, DefaultRouter

from participation.core.api import Checked
from participation.ideas import api as ideas
from participation.newsroom import api as newsroom
from participation.region import api as region

app_name = "api"


@extend_schema(exclude=True)
class Root(Checked, APIRootView):
    """The lists that can be read."""


router = DefaultRouter()
router.APIRootView = Root
router.include_format_suffixes = False
router.register("ideas", ideas.IdeaViewSet, basename="idea")
router.register("comments", ideas.CommentViewSet, basename="comment")
router.register("outcomes", newsroom.OutcomeViewSet, basename="outcome")
router.register("municipalities", region.MunicipalityViewSet, basename="municipality")
router.register("fields-of-action", region.FieldOfActionViewSet, basename="field-of-action")
router.register("partners", region.PartnerViewSet, basename="partner")
router.register("legal-texts", region.LegalTextViewSet, basename="legal-text")

urlpatterns = [
    path("ideas/<str:reference>/trail/", ideas.TrailView.as_view(), name="idea-trail"),
    *router.urls,
]
