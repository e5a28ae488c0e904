"""Every address of the site. A page lives with its noun; those that join many live in `meetings`."""

from django.urls import include, path

from allies.views import (
    account,
    appointments,
    bodies,
    demo,
    interests,
    people,
    public,
    public_register,
    sign_in,
    withholding,
)

people_urls = [
    path("", people.people, name="list"),
    path("new/", people.new, name="new"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/edit/", people.edit, name="edit"),
    path("<int:pk>/details/", people.details, name="details"),
    path("<int:pk>/history/", people.history, name="history"),
    path("<int:pk>/places/new/", appointments.new, name="appoint"),
    path("<int:pk>/places/<int:appointment_pk>/", appointments.edit, name="appointment"),
    path("<int:pk>/places/<int:appointment_pk>/end/", appointments.end, name="end_appointment"),
    path("<int:pk>/invite/", appointments.invite_person, name="invite"),
    path("<int:pk>/close-account/", appointments.close, name="close_account"),
]
body_urls = [
    path("", bodies.bodies, name="list"),
    path("new/", bodies.new, name="new"),
    path("<slug:slug>/", bodies.body, name="body"),
    path("<slug:slug>/edit/", bodies.edit, name="edit"),
    path("<slug:slug>/history/", bodies.history, name="history"),
]
interest_urls = [
    path("", interests.register, name="list"),
    path("new/", interests.new, name="new"),
    path("answer/", interests.answer, name="answer"),
    path("answers/<int:pk>/withdraw/", interests.withdraw_answer_page, name="withdraw_answer"),
    path("<int:pk>/", interests.interest, name="interest"),
    path("<int:pk>/edit/", interests.edit, name="edit"),
    path("<int:pk>/end/", interests.end, name="end"),
    path("<int:pk>/words/", interests.words, name="words"),
    path("public/<slug:slug>/", public_register.publication, name="publication"),
    path("<int:pk>/withdraw/", interests.withdraw, name="withdraw"),
    path("<int:pk>/history/", interests.history, name="history"),
]

withheld_urls = [
    path("", withholding.withholdings, name="list"),
    path("new/", withholding.new, name="new"),
    path("<int:pk>/release/", withholding.release_one, name="release"),
    path("<int:pk>/history/", withholding.history, name="history"),
]

urlpatterns = [
    # The names are allauth's: it finds our pages by them.
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/", sign_in.sign_in, name="account_request_login_code"),
    path("sign-in/code/", sign_in.enter_code, name="account_confirm_login_code"),
    path("sign-in/closed/", sign_in.closed_account, name="account_inactive"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/", account.account, name="account"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("demo/sign-in/", demo.sign_in, name="demo_sign_in"),
    path("healthz", public.healthz, name="healthz"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("register-of-interests/", public_register.public_register, name="public_register"),
    path("people/", include((people_urls, "people"))),
    path("bodies/", include((body_urls, "bodies"))),
    path("interests/", include((interest_urls, "interests"))),
    path("withheld/", include((withheld_urls, "withheld"))),
    path("", include("actions.urls")),
    path("", include("risks.urls")),
    path("", include("meetings.urls")),
]
