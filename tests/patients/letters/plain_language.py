"""How hard a Norwegian text is to read: LIX, mean words in a sentence + per cent of long words.

Björnsson 1968: a word is long from seven letters on; below 30 is very easy, 40 ordinary prose. A
cell of a table, a heading and a point each count as a sentence.
"""

import re
from collections.abc import Iterator

from patients.letters.context import Letter

_END = re.compile(r"[.!?:](?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONG = 7


def blocks(letter: Letter) -> Iterator[str]:
    """What is read, without the names above and below."""
    yield letter.heading
    for section in letter.sections:
        yield section.heading
        yield from section.paragraphs
        yield from section.points
        if section.table:
            yield section.table.caption
            yield from section.table.columns
            for row in section.table.rows:
                yield from row
        yield section.note
    yield letter.footnote


def lix(texts: Iterator[str] | list[str]) -> float:
    sentences = [_WORD.findall(part) for text in texts for part in _END.split(text)]
    sentences = [words for words in sentences if words]
    words = [word for sentence in sentences for word in sentence]
    long = sum(len(word) >= _LONG for word in words)
    return len(words) / len(sentences) + 100 * long / len(words)
