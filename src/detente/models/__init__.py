"""Trained components: small encoders in ONNX, with the card that says what they are."""

from detente.models.own_model import OwnModel, PairJudge
from detente.models.pair_encoder import (
    Judgement,
    PairEncoder,
    PairQuestion,
    likeliest,
    load_pair_encoder,
)

__all__ = [
    "Judgement",
    "OwnModel",
    "PairEncoder",
    "PairJudge",
    "PairQuestion",
    "likeliest",
    "load_pair_encoder",
]
