"""Addresses of the region; its pages that gather other slices too stand in ``portal/urls.py``."""

from django.urls import path, register_converter

from .models import LegalText
from .views import office, public, texts


class Digest:
    """Twelve signs that name a generated stylesheet."""

    regex = "[0-9a-f]{1,64}"

    def to_python(self, value):
        """As it stands."""
        return value

    def to_url(self, value):
        """As it stands."""
        return value


register_converter(Digest, "digest")

urlpatterns = [
    path("partner/", public.partner_list, name="partners"),
    path("partner/<slug:slug>/", public.partner_page, name="partner"),
    path("impressum/", public.legal_page, {"kind": LegalText.Kind.IMPRINT}, name="imprint"),
    path("datenschutz/", public.legal_page, {"kind": LegalText.Kind.PRIVACY}, name="privacy"),
    path("nutzungsbedingungen/", public.legal_page, {"kind": LegalText.Kind.TERMS}, name="terms"),
    path("barrierefreiheit/", public.legal_page, {"kind": LegalText.Kind.ACCESSIBILITY}, name="accessibility"),
    path("farben-<digest:digest>.css", public.accent, name="accent"),
    path("logo/<str:name>", public.logo, name="logo"),
    path("geschaeftsstelle/allianz/", office.edit_alliance, name="edit_alliance"),
    path("geschaeftsstelle/allianz/logo/", office.edit_logo, name="edit_logo"),
    path("geschaeftsstelle/gemeinden/", office.office_municipalities, name="office_municipalities"),
    path("geschaeftsstelle/gemeinden/neu/", office.add_municipality, name="add_municipality"),
    path("geschaeftsstelle/gemeinden/<int:pk>/", office.edit_municipality, name="edit_municipality"),
    path("geschaeftsstelle/gemeinden/<int:pk>/entfernen/", office.remove_municipality, name="remove_municipality"),
    path("geschaeftsstelle/handlungsfelder/", office.office_fields, name="office_fields"),
    path("geschaeftsstelle/handlungsfelder/neu/", office.add_field, name="add_field"),
    path("geschaeftsstelle/handlungsfelder/<int:pk>/", office.edit_field, name="edit_field"),
    path("geschaeftsstelle/partner/", office.office_partners, name="office_partners"),
    path("geschaeftsstelle/partner/neu/", office.add_partner, name="add_partner"),
    path("geschaeftsstelle/partner/<int:pk>/", office.edit_partner, name="edit_partner"),
    path("geschaeftsstelle/partner/<int:pk>/entfernen/", office.remove_partner, name="remove_partner"),
    path("geschaeftsstelle/texte/", texts.office_texts, name="office_texts"),
    path("geschaeftsstelle/texte/<slug:kind>/", texts.edit_text, name="edit_text"),
]
