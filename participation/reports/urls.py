"""Addresses of reports, of what is hidden or blocked, and of objections."""

from django.urls import path

from .views import lifting, office, public, restricting

REPORT = "geschaeftsstelle/meldungen/<slug:reference>/"
OBJECTION = "geschaeftsstelle/beschwerden/<slug:reference>/"

urlpatterns = [
    path("melden/", public.report, name="report"),
    path("melden/eingang/<str:token>/", public.received, name="report_received"),
    path("melden/entscheidung/<str:token>/", public.statement, name="statement"),
    path("geschaeftsstelle/meldungen/", office.reports, name="office_reports"),
    path(REPORT, office.report, name="office_report"),
    path(f"{REPORT}stattgeben/", office.decide, {"name": "uphold_report"}, name="uphold_report"),
    path(f"{REPORT}ablehnen/", office.decide, {"name": "reject_report"}, name="reject_report"),
    path("geschaeftsstelle/beschwerden/", office.objections, name="office_objections"),
    path(OBJECTION, office.objection, name="office_objection"),
    path(f"{OBJECTION}stattgeben/", office.decide, {"name": "uphold_objection"}, name="uphold_objection"),
    path(f"{OBJECTION}ablehnen/", office.decide, {"name": "reject_objection"}, name="reject_objection"),
    path("geschaeftsstelle/verborgenes/", lifting.statements, name="office_statements"),
    path("geschaeftsstelle/verborgenes/<int:pk>/", lifting.lift, name="lift_statement"),
    path("geschaeftsstelle/ausblenden/", restricting.hide, name="hide_content"),
    path("geschaeftsstelle/akteure/<int:pk>/sperren/", restricting.block, name="block_actor"),
]
