"""Addresses of the register of risks and of concerns.

The page of one risk, and the scheme with its adoption, join what meetings know: `meetings.urls` puts them beside these.
"""

from django.urls import include, path

from risks.views import (
    acting,
    concerns,
    entering,
    escalations,
    escalations_acting,
    escalations_report,
    escalations_sitting,
    page,
    register,
    schemes,
)

concern_urls = [
    path("", concerns.concerns, name="list"),
    path("new/", concerns.new, name="new"),
    path("<int:pk>/", concerns.concern, name="concern"),
    path("<int:pk>/aside/", concerns.aside, name="aside"),
    path("<int:pk>/history/", concerns.history, name="history"),
]
escalation_urls = [
    path("", escalations.cases, name="list"),
    path("new/", escalations_acting.open_case, name="open"),
    path("settings/", escalations_sitting.settings, name="settings"),
    path("report/", escalations_report.show, name="report"),
    path("report.csv", escalations_report.as_csv, name="report_csv"),
    path("sittings/begin/", escalations_sitting.begin, name="begin"),
    path("sittings/<int:pk>/", escalations_sitting.sitting, name="sitting"),
    path("sittings/<int:pk>/wait/<int:case_pk>/", escalations_sitting.wait, name="wait"),
    path("sittings/<int:pk>/end/", escalations_sitting.end, name="end"),
    path("<int:pk>/", escalations.case, name="case"),
    path("<int:pk>/aside/", escalations_acting.aside, name="aside"),
    path("<int:pk>/unreachable/", escalations_acting.unreachable, name="unreachable"),
    path("<int:pk>/substitute/", escalations_acting.substitute, name="substitute"),
    path("<int:pk>/to-the-allies/", escalations_acting.take_on, name="take_on"),
    path("<int:pk>/propose/", escalations_acting.put, name="propose"),
    path("<int:pk>/answer/", escalations_acting.answer, name="answer"),
    path("<int:pk>/answer/close/", escalations_acting.close_answers, name="close_answers"),
    path("<int:pk>/university/", escalations_acting.tell, name="tell"),
    path("<int:pk>/university/answer/", escalations_acting.told_answer, name="told_answer"),
    path("<int:pk>/university/decision/", escalations_acting.told_decision, name="told_decision"),
    path("<int:pk>/actions/", escalations_acting.actions, name="actions"),
]
risk_urls = [
    path("", register.register, name="list"),
    path("export.csv", register.export_csv, name="export_csv"),
    path("export.xlsx", register.export_xlsx, name="export_xlsx"),
    path("new/", entering.new, name="new"),
    path("scheme/propose/", schemes.propose, name="propose_scheme"),
    path("scheme/<int:pk>/withdraw/", schemes.withdraw, name="withdraw_scheme"),
    path("<int:pk>/edit/", entering.edit, name="edit"),
    path("<int:pk>/score/", acting.score, name="score"),
    path("<int:pk>/stands/", acting.still_stands, name="stands"),
    path("<int:pk>/watch/", acting.set_watched, name="watch"),
    path("<int:pk>/close/", acting.close, name="close"),
    path("<int:pk>/reopen/", acting.reopen, name="reopen"),
    path("<int:pk>/treatments/new/", acting.add_treatment, name="treat"),
    path("<int:pk>/treatments/<int:treatment_pk>/remove/", acting.remove_treatment, name="untreat"),
    path("<int:pk>/history/", page.history, name="history"),
]

urlpatterns = [
    path("concerns/", include((concern_urls, "concerns"))),
    path("escalations/", include((escalation_urls, "escalations"))),
]
