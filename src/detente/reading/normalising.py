"""One form of white space and invisible characters, before any offset is taken.

Offsets point into the normalised text, which is what the ``Document`` carries. Typographic quotes
and dashes stay: later stages read them. JSON records are not normalised (see ``records``).
"""

from __future__ import annotations

import re
import unicodedata

# Wide and narrow spaces that pages use for layout.
_SPACES = (
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
# Soft hyphen, zero-width characters, direction marks, byte order mark inside text.
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
_BREAKS = "\v\f\x85\u2028\u2029"
_OTHER_CONTROLS = "".join(
    chr(code) for code in [*range(32), *range(127, 160)] if chr(code) not in "\t\n\v\f\r\x85"
)
_TABLE = {
    **{ord(char): " " for char in _SPACES},
    **{ord(char): "\n" for char in _BREAKS},
    **{ord(char): None for char in _INVISIBLE + _OTHER_CONTROLS},
}
_RETURNS = re.compile(r"\r\n?")


def normalise(text: str) -> str:
    """Normalise line ends, spaces and invisible characters, and compose accents (NFC).

    Returns: text whose only control characters are tab and newline.
    """
    return unicodedata.normalize("NFC", _RETURNS.sub("\n", text).translate(_TABLE))
