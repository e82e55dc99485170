"""The public read interface, version 1."""

from rest_framework.routers import DefaultRouter

from participation.region import api as region

app_name = "api"

router = DefaultRouter()
router.include_format_suffixes = False
router.register("municipalities", region.MunicipalityViewSet, basename="municipality")
router.register("fields-of-action", region.FieldOfActionViewSet, basename="field-of-action")
router.register("partners", region.PartnerViewSet, basename="partner")
router.register("legal-texts", region.LegalTextViewSet, basename="legal-text")

urlpatterns = router.urls
