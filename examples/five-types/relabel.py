"""Pairs labelled with PLOVER's types in, the same with the five types out.

python scripts/derive_pairs.py data/labelled --split dev --out pairs.jsonl
python examples/five-types/relabel.py < pairs.jsonl > five.jsonl
"""

import json
import sys

FIVE = {
    "TALK": "AGREE CONSULT SUPPORT CONCEDE",
    "HELP": "COOPERATE AID RETREAT",
    "OPPOSE": "REQUEST ACCUSE REJECT THREATEN",
    "PRESS": "PROTEST SANCTION MOBILIZE COERCE",
    "FIGHT": "ASSAULT",
    "NONE": "NONE",
}
NEW = {old: new for new, olds in FIVE.items() for old in olds.split()}

for line in sys.stdin:
    row = json.loads(line)
    kept = {name: row[name] for name in ("id", "text", "source", "target")}
    print(json.dumps(kept | {"type": NEW[row["type"]]}, ensure_ascii=False))
