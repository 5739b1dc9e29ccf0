"""Many letters as one file for the printer. pikepdf is imported by whoever needs it first."""

from collections.abc import Iterable
from io import BytesIO

A4 = (595, 842)
"""In points."""


def merged(letters: Iterable[bytes], *, title: str, two_sided: bool) -> bytes:
    """The letters in their order. ``two_sided`` adds empty pages, so that no letter begins on the
    back of another one. The marks for screen readers stay in the single letters: this file is for
    paper."""
    import pikepdf

    whole, sources = pikepdf.new(), []
    for letter in letters:
        source = pikepdf.open(BytesIO(letter))
        sources.append(source)  # its pages are copied when the whole is saved
        for page in source.pages:
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
            whole.pages.append(page)
        if two_sided and len(source.pages) % 2:
            whole.add_blank_page(page_size=A4)
    whole.docinfo["/Title"] = title
    file = BytesIO()
    whole.save(file, deterministic_id=True)
    return file.getvalue()
