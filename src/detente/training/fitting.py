"""Fits the small head in numpy: one hidden layer, Adam, dropout, stopped where it gets no better.

Several heads are fitted from different seeds; their mean is surer than any of them. What they share
is scaling of the inputs, which is folded into their weights at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy

from detente.models.own_model import HeadWeights, gelu, gelu_slope
from detente.models.pair_encoder import softmax
from detente.training.parts import Parts

# More heads gain less than they cost; one alone varies with its seed.
HEADS = 3
# Chosen on pairs of data/labelled, part dev, under five types and under statuses as labels. Half or
# twice of each changes macro-F1 by less than 0.02.
HIDDEN, DROPOUT, INPUT_DROPOUT = 64, 0.5, 0.4
RATE, DECAY, BATCH = 5e-4, 1e-2, 128
# The states are many and say much of single sentences: large, they are learnt by heart.
STATE_SCALE = 0.1
# An end for data that never stops getting better; mostly patience ends it.
MOST_EPOCHS, PATIENCE = 60, 6
# Moments of Adam, and what keeps it from dividing by nothing; as in the paper.
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8
# An input that hardly varies is not blown up.
_LEAST_SPREAD = 1e-2
# Smaller gains of the tuning loss are chance.
_GAIN = 1e-4
# Rows are turned to float32 in slices, so that a large file fits into memory.
_SLICE = 4096
# Where temperatures are looked for: from much too shy to much too sure.
_TEMPERATURES = numpy.geomspace(0.25, 8.0, 101)


@dataclass(frozen=True, slots=True)
class FittedHead:
    """Heads and the temperature of their mean; ``epochs`` is where each was at its best."""

    weights: HeadWeights
    temperature: float
    epochs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Scaling:
    """What is taken from the inputs and what they are divided by: float32 of I."""

    centre: Any
    spread: Any

    def folded(self, into: Any, bias: Any) -> tuple[Any, Any]:  # noqa: ANN401 - arrays
        """Weights for unscaled inputs that give the same."""
        scaled = into / self.spread[:, None]
        return scaled, bias - self.centre @ scaled


@dataclass(frozen=True, slots=True)
class _Taught:
    """Scaled rows and their labels: float32 N x I, int64 N."""

    inputs: Any
    labels: Any


class HeadFitter:
    """Fits heads to the states of labelled rows.

    Args: states: float16, N x I. gold: numbers of labels, int64 of N. labels: how many there are.
        loose: how many inputs, the first ones, are states of the encoder.
    """

    def __init__(
        self,
        states: Any,  # noqa: ANN401 - an array
        gold: Any,  # noqa: ANN401 - an array
        labels: int,
        loose: int,
    ) -> None:
        self._states, self._gold, self._labels, self._loose = states, gold, labels, loose

    def fit(self, parts: Parts, step: Callable[[int, int], None]) -> FittedHead:
        """Learn from one part of the rows, stop and set the temperature by another.

        Args: step: called after each epoch: how many there were, how many there may be.
        """
        scaling = self._scaling(parts.learn)
        learn = self._taught(parts.learn, scaling)
        tune = self._taught(parts.tune, scaling)
        made, epochs = [], []
        for seed in range(HEADS):
            net = _Net(learn.inputs.shape[1], self._labels, seed)
            for epoch, better in _epochs(net, learn, tune):
                step(seed * MOST_EPOCHS + epoch, HEADS * MOST_EPOCHS)
                if better:
                    best, at = net.copied(), epoch
            into, bias, out, out_bias = best
            made.append((*scaling.folded(into, bias), out, out_bias))
            epochs.append(at)
        step(HEADS * MOST_EPOCHS, HEADS * MOST_EPOCHS)
        weights = HeadWeights(*(numpy.stack(arrays) for arrays in zip(*made, strict=True)))
        logits = head_logits(weights, self._states, parts.tune)
        return FittedHead(weights, best_temperature(logits, tune.labels), tuple(epochs))

    def _scaling(self, rows: Any) -> _Scaling:  # noqa: ANN401 - an array
        total = numpy.zeros(self._states.shape[1])
        squares = numpy.zeros(self._states.shape[1])
        for part in _slices(rows):
            values = self._states[part].astype(numpy.float64)
            total += values.sum(axis=0)
            squares += (values**2).sum(axis=0)
        centre = total / len(rows)
        spread = numpy.sqrt(numpy.maximum(squares / len(rows) - centre**2, 0)) + _LEAST_SPREAD
        spread[: self._loose] /= STATE_SCALE
        return _Scaling(centre.astype(numpy.float32), spread.astype(numpy.float32))

    def _taught(self, rows: Any, scaling: _Scaling) -> _Taught:  # noqa: ANN401 - an array
        inputs = numpy.empty((len(rows), self._states.shape[1]), numpy.float32)
        at = 0
        for part in _slices(rows):
            inputs[at : at + len(part)] = self._states[part]
            at += len(part)
        inputs -= scaling.centre
        inputs /= scaling.spread
        return _Taught(inputs, self._gold[rows])


def head_logits(weights: HeadWeights, states: Any, rows: Any) -> Any:  # noqa: ANN401 - arrays
    """The logits of some rows, by their numbers: float32, N x labels."""
    made = [weights.logits(states[part].astype(numpy.float32)) for part in _slices(rows)]
    return numpy.concatenate(made) if made else numpy.zeros((0, weights.out.shape[2]), "f4")


def best_temperature(logits: Any, gold: Any) -> float:  # noqa: ANN401 - arrays
    """The divisor of logits under which their shares say best how often they are right.

    Source: Guo et al. 2017, On calibration of modern neural networks; searched over a grid.
    """
    return float(min(_TEMPERATURES, key=lambda divisor: mean_loss(logits / divisor, gold)))


def mean_loss(logits: Any, gold: Any) -> float:  # noqa: ANN401 - arrays
    """Mean negative logarithm of what the right label was given."""
    top = logits.max(axis=1)
    spread = numpy.log(numpy.exp(logits - top[:, None]).sum(axis=1)) + top
    return float((spread - logits[numpy.arange(len(gold)), gold]).mean())


class _Net:
    """One head while it is fitted: weights and the moments of Adam."""

    def __init__(self, inputs: int, labels: int, seed: int) -> None:
        self.chance = numpy.random.default_rng(seed)
        shapes = ((inputs, HIDDEN), (HIDDEN,), (HIDDEN, labels), (labels,))
        self._weights = [
            # Biases begin at nothing; weights so that sums keep the size of what goes in.
            self.chance.normal(0, shape[0] ** -0.5, shape).astype(numpy.float32)
            if len(shape) > 1
            else numpy.zeros(shape, numpy.float32)
            for shape in shapes
        ]
        self._means = [numpy.zeros_like(each) for each in self._weights]
        self._squares = [numpy.zeros_like(each) for each in self._weights]
        self._steps = 0

    def copied(self) -> list[Any]:
        return [each.copy() for each in self._weights]

    def logits(self, inputs: Any) -> Any:  # noqa: ANN401 - arrays
        into, bias, out, out_bias = self._weights
        return gelu(inputs @ into + bias) @ out + out_bias

    def learn(self, inputs: Any, gold: Any) -> None:  # noqa: ANN401 - arrays
        """One step on a batch."""
        into, bias, out, out_bias = self._weights
        inputs = inputs * self._kept(inputs.shape, INPUT_DROPOUT)
        before = inputs @ into + bias
        kept = self._kept(before.shape, DROPOUT)
        hidden = gelu(before) * kept
        wrong = softmax(hidden @ out + out_bias)
        wrong[numpy.arange(len(gold)), gold] -= 1
        wrong /= len(gold)
        back = wrong @ out.T * kept * gelu_slope(before)
        self._adam([inputs.T @ back, back.sum(axis=0), hidden.T @ wrong, wrong.sum(axis=0)])

    def _kept(self, shape: tuple[int, ...], dropout: float) -> Any:  # noqa: ANN401 - an array
        kept = self.chance.random(shape, dtype=numpy.float32) >= dropout
        return kept * numpy.float32(1 / (1 - dropout))

    def _adam(self, slopes: list[Any]) -> None:
        self._steps += 1
        rate = RATE * (1 - _SECOND**self._steps) ** 0.5 / (1 - _FIRST**self._steps)
        for weights, mean, square, slope in zip(
            self._weights, self._means, self._squares, slopes, strict=True
        ):
            mean += (1 - _FIRST) * (slope - mean)
            square += (1 - _SECOND) * (slope**2 - square)
            if weights.ndim > 1:
                weights *= 1 - RATE * DECAY
            weights -= rate * mean / (numpy.sqrt(square) + _TINY)


def _epochs(net: _Net, learn: _Taught, tune: _Taught) -> Iterator[tuple[int, bool]]:
    """Teach until the tuning rows get no better; gives each epoch and whether it was the best."""
    best, since = float("inf"), 0
    for epoch in range(1, MOST_EPOCHS + 1):
        order = net.chance.permutation(len(learn.labels))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            net.learn(learn.inputs[batch], learn.labels[batch])
        loss = mean_loss(net.logits(tune.inputs), tune.labels)
        better = loss < best - _GAIN or epoch == 1
        best, since = (loss, 0) if better else (best, since + 1)
        yield epoch, better
        if since >= PATIENCE:
            return


def _slices(rows: Any) -> Iterator[Any]:  # noqa: ANN401 - arrays
    for at in range(0, len(rows), _SLICE):
        yield rows[at : at + _SLICE]
