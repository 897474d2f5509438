"""Reading: bytes -> ``Document`` or ``Rejection``.

sources (path, folder, URL, "-")
  -> fetching, addresses        a URL's bytes, from public addresses only
  -> records | html | plain     JSON lines, pages, text  (decoding, normalising)
  -> documents                  headline, furniture, dateline, language -> Document
"""

from detente.reading.dates import parse_date
from detente.reading.sources import read

__all__ = ["parse_date", "read"]
