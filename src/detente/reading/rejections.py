"""Why input was not coded: every rejection code of the reading stage, in one table.

    R301  empty             no bytes, or nothing but white space
    R302  binary            NUL or control characters, a known binary format, no known encoding
    R303  too large         more than ``max_bytes`` of text, page or record
    R304  not prose         no sentence end for 20,000 characters, or hardly a letter
    R310  broken line       a JSON line that is not one JSON object in UTF-8
    R311  missing text      a record without ``text``
    R312  wrong type        a record's key holds the wrong kind of value
    R313  bad date          a record's ``date`` is not a day that can be read without guessing
    R320  page without text no article text in an HTML page
    R330  unsupported file  a kind of file in a folder that is not read
    R331  unreadable        a file or folder inside a folder that cannot be opened or read
    R332  broken archive    gzip data that is damaged or cut short
    R340  language          confidently not English

A source that cannot be opened at all is no rejection but a ``ReadingError`` (D3xx). Both lists
are explained for users in docs/errors.md.
"""

from __future__ import annotations

from detente.types import Rejection

STAGE = "reading"


def reject(code: str, reason: str, where: str, *, line: int | None = None) -> Rejection:
    """Make a rejection of this stage.

    Args:
        code: one of the table above.
        reason: what is wrong, in words a user understands.
        where: file, URL or "<stdin>".
        line: 1-based line inside a JSONL file.
    """
    return Rejection(stage=STAGE, code=code, reason=reason, where=where, line=line)
