"""The last step of signing in for somebody who has no second factor yet: setting one up.

Until then nobody is signed in: the password alone opens no page. So pages need no check of their
own, and a new one cannot forget it.
"""

from typing import Any

from allauth.account.stages import LoginStage
from django.http import HttpResponse
from django.shortcuts import redirect

from b12site.accounts import second_factor


class SetUpStage(LoginStage):
    key = "set_up_second_factor"
    urlname = "account_set_up"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user: Any = self.login.user
        if second_factor.of(user).exists() or second_factor.is_excused(user):
            return None, True
        return redirect(self.urlname), True
