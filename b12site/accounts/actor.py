"""Who is acting: a user, in one practice, in the roles that the user has there."""

from dataclasses import dataclass

from b12site.accounts.models import Practice, Role, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Every query for a patient and every write asks for one."""

    user: User
    practice: Practice
    roles: frozenset[Role]
    beyond: frozenset[int] = frozenset()
    """Patients of other practices whose records are open to the user for the time being, by their
    record numbers; to read only."""
    ground: str = ""
    """Why these are open, as the log says it."""
    only_looks: bool = False
    """What was sent is to be shown again: whatever the roles allow, nothing is changed."""

    def has(self, *roles: Role) -> bool:
        """Has the user at least one of the roles here?"""
        return not self.roles.isdisjoint(roles)
