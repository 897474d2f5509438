"""Trained components: small encoders in ONNX, with the card that says what they are."""

from detente.models.pair_encoder import Judgement, MarkedPair, PairEncoder, load_pair_encoder

__all__ = ["Judgement", "MarkedPair", "PairEncoder", "load_pair_encoder"]
