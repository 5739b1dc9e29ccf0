"""The same people in every test: who may, who may not, and who is from elsewhere."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from b12site.accounts.actor import Actor
from b12site.accounts.models import Membership, Practice, Role, User

HERE = "Fjordgløtt legekontor"
ELSEWHERE = "Nabobygda legekontor"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with one role in one practice, signed in with a browser of their own."""

    actor: Actor
    client: Client

    @property
    def user(self) -> User:
        return self.actor.user


@dataclass(frozen=True, slots=True)
class Cast:
    practice: Practice
    other_practice: Practice
    doctor: Member
    colleague: Member
    assistant: Member
    practice_admin: Member
    reviewer: Member
    stranger: Member
    """A doctor of the other practice."""
    signed_out: Client

    def others(self, *allowed: Role) -> tuple[Member, ...]:
        """Whoever in this practice has none of the roles: they get 403."""
        own = (self.doctor, self.assistant, self.practice_admin, self.reviewer)
        return tuple(member for member in own if not member.actor.has(*allowed))


def join(practice: Practice, role: Role, email: str, name: str) -> Member:
    """A new user with this role in the practice, signed in."""
    user = User.objects.create_user(email, name=name, is_staff=role == Role.PRACTICE_ADMIN)
    Membership.objects.create(user=user, practice=practice, role=role)
    client = Client()
    client.force_login(user)
    return Member(Actor(user, practice, frozenset({role})), client)


def code_for(user: User) -> str:
    """What the user types as the second step of a sign-in through the page: an unused recovery
    code, since a code of the app works once in half a minute. Who has no app yet gets one."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, generate_totp_secret())
    unused = RecoveryCodes.activate(user).get_unused_codes()
    if not unused:
        Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
        unused = RecoveryCodes.activate(user).get_unused_codes()
    return str(unused[0])


def make_cast() -> Cast:
    here = Practice.objects.create(name=HERE)
    elsewhere = Practice.objects.create(name=ELSEWHERE)
    return Cast(
        practice=here,
        other_practice=elsewhere,
        doctor=join(here, Role.DOCTOR, "lege@cast.example", "Ragna Prøvevik"),
        colleague=join(here, Role.DOCTOR, "kollega@cast.example", "Torolv Prøvehaug"),
        assistant=join(here, Role.ASSISTANT, "sekretaer@cast.example", "Unni Prøveli"),
        practice_admin=join(here, Role.PRACTICE_ADMIN, "admin@cast.example", "Vebjørn Prøvenes"),
        reviewer=join(here, Role.REVIEWER, "fagfelle@cast.example", "Yngvild Prøveberg"),
        stranger=join(elsewhere, Role.DOCTOR, "annen.lege@cast.example", "Oda Prøvedal"),
        signed_out=Client(),
    )
