"""Is the log still what was written?

A chain shows what was changed, put in or taken out between two rows. That rows are missing at the
end, or that the whole chain was written anew, shows only against a head kept somewhere else.
"""

from b12site.audit.models import Entry


class BrokenChainError(Exception):
    """Names the first row that is not as it was written."""


def head() -> str:
    """The last row's number and seal, as ``verify`` takes them; "0:" for an empty log."""
    last = Entry.objects.order_by("-pk").values_list("pk", "seal").first()
    return "{}:{}".format(*last) if last else "0:"


def verify(kept: str = "") -> int:
    """How many rows there are. Raises ``BrokenChainError`` at the first one that does not follow
    the row before or is not what was sealed, or when a head that was kept is not in the log."""
    count, seal, heads = 0, "", {"", "0:"}
    entries = Entry.objects.order_by("pk").prefetch_related("subjects")
    for entry in entries.iterator(chunk_size=500):
        if entry.previous != seal:
            raise BrokenChainError(
                f"Row {entry.pk} does not follow the row before it: something between them was "
                "taken out or put in."
            )
        if entry.seal != entry.proper_seal(row.subject for row in entry.subjects.all()):
            raise BrokenChainError(f"Row {entry.pk} is not what was written: it has been changed.")
        count, seal = count + 1, entry.seal
        if kept == f"{entry.pk}:{seal}":
            heads.add(kept)
    if kept not in heads:
        raise BrokenChainError(
            f"The head {kept} is not in the log: rows were taken out at its end, or all was "
            "written anew."
        )
    return count
