"""Labelled pairs -> a model of the user's own: a small head on the shipped encoder, in numpy."""

from detente.training.training import TrainedModel, TrainingWatch, train_model

__all__ = ["TrainedModel", "TrainingWatch", "train_model"]
