"""Tell how far two labellings of the same documents agree.

    python scripts/agreement.py FIRST SECOND

FIRST and SECOND are folders of sets; what counts are the documents that are in both.
``detente.labelling.agreement`` says what is compared.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import labelled
from detente.labelling.agreement import compare, kappa, shared_events, summary

__all__ = ["compare", "kappa", "main", "shared_events"]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("first", type=Path, metavar="FIRST")
    parser.add_argument("second", type=Path, metavar="SECOND")
    options = parser.parse_args()
    first_docs, first = labelled.load_folder(options.first)
    second_docs, second = labelled.load_folder(options.second)
    sentences = {doc.id: doc.sents for doc in second_docs}
    both = [doc for doc in first_docs if doc.id in sentences]
    for doc in both:
        if doc.sents != sentences[doc.id]:
            print(f"{doc.id}: the sentences differ; not compared", file=sys.stderr)
    both = [doc for doc in both if doc.sents == sentences[doc.id]]
    found = compare(both, first, second)
    print("\n".join(summary(found)))
    return 0 if both else 1


if __name__ == "__main__":
    sys.exit(main())
