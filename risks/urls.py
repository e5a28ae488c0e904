"""Addresses of the register of risks and of concerns.

The page of one risk, and the scheme with its adoption, join what meetings know: `meetings.urls` puts them beside these.
"""

from django.urls import include, path

from risks.views import acting, concerns, entering, page, register, schemes

concern_urls = [
    path("", concerns.concerns, name="list"),
    path("new/", concerns.new, name="new"),
    path("<int:pk>/", concerns.concern, name="concern"),
    path("<int:pk>/aside/", concerns.aside, name="aside"),
    path("<int:pk>/history/", concerns.history, name="history"),
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
]
