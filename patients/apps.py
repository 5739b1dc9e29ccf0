from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatientsConfig(AppConfig):
    name = "patients"
    verbose_name = _("The record")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out

        from b12site.audit.words import know

        from .emergency_ends import at_sign_out
        from .presenters.log_words import ADMINISTERED, CHANGED, SHOWN

        user_logged_out.connect(at_sign_out)
        for words in (SHOWN, CHANGED, ADMINISTERED):
            know(words)
