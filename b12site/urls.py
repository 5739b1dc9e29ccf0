"""The site's addresses. /healthz is answered by b12site/health.py."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

admin.site.site_header = admin.site.site_title = _("B12 in general practice")
handler400 = "b12site.errors.bad_request"

urlpatterns = [
    path("", include("interpretation.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
