"""The only addresses of allauth's that exist. Their names are allauth's, which asks for them."""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from django.urls import path, re_path

from . import views
from . import views_second_factor as second_factor
from . import views_sessions as sessions

urlpatterns = [
    path("", views.start, name="account_start"),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", sessions.sign_out, name="account_logout"),
    path("session/", sessions.session, name="account_session"),
    path("sessions/end/", sessions.end, name="account_sessions_end"),
    path("practice/", views.practice, name="account_practice"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/reset/", views.reset_request, name="account_reset_password"),
    path("password/reset/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The second factor
    path("me/", second_factor.me, name="account_me"),
    path("set-up/", second_factor.set_up, name="account_set_up"),
    path("set-up/passkey/", second_factor.set_up_passkey, name="account_set_up_passkey"),
    path("second-factor/", second_factor.Prove.as_view(), name="mfa_authenticate"),
    path("second-factor/app/", second_factor.app, name="account_app"),
    path("second-factor/passkey/", second_factor.passkey, name="account_passkey"),
    path("second-factor/<int:pk>/remove/", second_factor.remove, name="account_remove_factor"),
    path(
        "second-factor/recovery-codes/", second_factor.recovery_codes, name="account_recovery_codes"
    ),
    # Once more before a change
    path("confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        second_factor.PasskeyAgain.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]
