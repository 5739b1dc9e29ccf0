from django.apps import AppConfig
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "b12site.accounts"
    label = "accounts"
    verbose_name = capfirst(_("practices and users"))

    def ready(self) -> None:
        from b12site.accounts import sessions  # noqa: F401  (listens to who signs in and out)
