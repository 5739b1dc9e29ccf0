import pytest

from patients.review.small import Group, pooled, spans


def test_small_groups_are_put_together_at_the_end() -> None:
    groups = {"a": (3, 1), "b": (5, 2), "c": (2, 0), "d": (9, 0)}
    assert pooled(groups) == [
        Group(("d",), (9, 0)),
        Group(("b",), (5, 2)),
        Group(("a", "c"), (5, 1)),
    ]


def test_a_small_one_alone_takes_the_next_larger_one_in() -> None:
    """Else it would be the total less the rest."""
    assert pooled({"a": (1,), "b": (8,), "c": (6,)}) == [
        Group(("b",), (8,)),
        Group(("c", "a"), (7,)),
    ]


def test_five_are_not_small_and_four_are() -> None:
    assert pooled({"a": (5,), "b": (5,)}) == [Group(("a",), (5,)), Group(("b",), (5,))]
    assert pooled({"a": (5,), "b": (4,)}) == [Group(("a", "b"), (9,))]


def test_where_all_are_few_together_the_one_group_is_small() -> None:
    (only,) = pooled({"a": (1, 0), "b": (0, 2)})
    assert (only.size, only.is_small) == (3, True)


def test_a_group_of_nobody_is_no_group() -> None:
    assert pooled({"a": (0, 0), "b": (5, 1)}) == [Group(("b",), (5, 1))]
    assert pooled({}) == []


@pytest.mark.parametrize(
    ("sizes", "joined"),
    [
        ([5, 6], ["1", "2"]),
        ([2, 2, 2, 7], ["123", "4"]),
        ([6, 2], ["12"]),
        ([2, 5, 1, 1], ["1234"]),
        ([1, 1], ["12"]),
        ([], []),
    ],
)
def test_neighbours_in_time_are_joined_until_none_is_small(
    sizes: list[int], joined: list[str]
) -> None:
    found = spans([(str(n), (size,)) for n, size in enumerate(sizes, start=1)])
    assert ["".join(group.keys) for group in found] == joined
    assert sum(group.size for group in found) == sum(sizes)
