from b12site.accounts.models import Role
from tests.cast import Cast


def test_everybody_has_one_role_in_one_practice(cast: Cast) -> None:
    members = (cast.doctor, cast.colleague, cast.assistant, cast.practice_admin, cast.reviewer)
    assert [member.user.memberships.get().role for member in members] == [
        "doctor",
        "doctor",
        "assistant",
        "practice_admin",
        "reviewer",
    ]
    assert {member.user.memberships.get().practice for member in members} == {cast.practice}
    assert cast.stranger.user.memberships.get().practice == cast.other_practice


def test_the_others_are_those_who_may_not(cast: Cast) -> None:
    assert cast.others(Role.DOCTOR, Role.ASSISTANT) == (cast.practice_admin, cast.reviewer)
