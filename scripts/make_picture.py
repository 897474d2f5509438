"""Code an article and draw its terminal view: docs/picture.svg of the readme.

python scripts/make_picture.py ARTICLE [--date 2023-02-19] [--out docs/picture.svg]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from detente import api
from detente.config import Settings
from detente.output.files import atomic_file
from detente.output.picture import export_svg
from detente.reading import parse_date
from detente.types import Coded

# A readme's column shows about this many characters at a legible size.
WIDTH = 100


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the terminal view of a coded article.")
    parser.add_argument("article", help="file, URL or -")
    parser.add_argument("--date", help="publication date, e.g. 2023-02-19")
    parser.add_argument("--out", type=Path, default=Path("docs/picture.svg"))
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--no-text", action="store_true", help="only the table of events")
    given = parser.parse_args()
    settings = Settings(date=parse_date(given.date) if given.date else None)
    coded = [item for item in api.code(given.article, settings=settings) if isinstance(item, Coded)]
    if not coded:
        raise SystemExit(f"{given.article} could not be coded")
    command = f"detente code {Path(given.article).name}"
    title = f"{command} --date {given.date}" if given.date else command
    picture = export_svg(coded, title=title, width=given.width, text=not given.no_text)
    with atomic_file(given.out) as stream:
        stream.write(picture.encode())
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
