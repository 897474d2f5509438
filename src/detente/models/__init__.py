"""Trained components: small encoders in ONNX, with the card that says what they are."""

from detente.models.own_model import OwnModel, PairJudge
from detente.models.pair_encoder import (
    PairEncoder,
    PairJudgement,
    PairQuestion,
    likeliest,
    load_pair_encoder,
)

__all__ = [
    "OwnModel",
    "PairEncoder",
    "PairJudge",
    "PairJudgement",
    "PairQuestion",
    "likeliest",
    "load_pair_encoder",
]
