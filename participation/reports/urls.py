"""Addresses of reports, of what is hidden or blocked, and of objections."""

from django.urls import path

from .views import office, public, restricting

urlpatterns = [
    path("melden/", public.report, name="report"),
    path("melden/eingang/<str:token>/", public.received, name="report_received"),
    path("melden/entscheidung/<str:token>/", public.statement, name="statement"),
    path("geschaeftsstelle/meldungen/", office.reports, name="office_reports"),
    path("geschaeftsstelle/meldungen/<slug:reference>/", office.report, name="office_report"),
    path("geschaeftsstelle/beschwerden/", office.objections, name="office_objections"),
    path("geschaeftsstelle/beschwerden/<slug:reference>/", office.objection, name="office_objection"),
    path("geschaeftsstelle/ausblenden/", restricting.hide, name="hide_content"),
    path("geschaeftsstelle/akteure/<int:pk>/sperren/", restricting.block, name="block_actor"),
]
