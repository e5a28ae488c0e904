"""Every address of the site. A page lives with its noun; those that join many live in `meetings`."""

from django.urls import include, path

from allies.views import account, demo, sign_in

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
    path("", include("actions.urls")),
    path("", include("meetings.urls")),
]
