"""The site's addresses. /healthz is answered by b12site/health.py."""

from allauth.account import views as allauth
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from b12site.accounts.views import administration
from patients.handout import handout

admin.site.site_header = admin.site.site_title = _("B12 in general practice")
handler400 = "b12site.errors.bad_request"

urlpatterns = [
    path("", include("interpretation.urls")),
    path("", include("patients.urls")),
    path("handout/", handout, name="handout"),
    path("account/", include("b12site.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    # One way in, one way out and one page for passwords, also for administrators.
    path("admin/login/", administration),
    path("admin/logout/", allauth.logout),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
]
