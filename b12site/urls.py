"""The site's addresses. /healthz is answered by b12site/health.py."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from django_tasks_db.models import DBTaskResult

from b12site.accounts.views import administration
from b12site.accounts.views_sessions import sign_out
from patients.handout import handout

admin.site.site_header = admin.site.site_title = _("B12 in general practice")
# What a task failed at stands in the server's log; its rows are inner workings.
admin.site.unregister(DBTaskResult)
admin.site.enable_nav_sidebar = False  # its front page is one click away, and lists are wide
handler400 = "b12site.errors.bad_request"

urlpatterns = [
    path("", include("interpretation.urls")),
    path("", include("patients.urls")),
    path("handout/", handout, name="handout"),
    path("account/", include("b12site.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    # One way in, one way out and one page for passwords, also for administrators.
    path("admin/login/", administration),
    path("admin/logout/", sign_out),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
]
