"""Django's sessions in the database; ``manage.py clearsessions`` also removes what is known of
whose browser they were in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session


class SessionStore(DatabaseStore):
    @classmethod
    def clear_expired(cls) -> None:
        super().clear_expired()
        left = Session.objects.values("session_key")
        UserSession.objects.exclude(session_key__in=left).delete()
