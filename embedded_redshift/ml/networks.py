"""Linear learners and multi-layer perceptrons: trained by scikit-learn, kept as plain weights, run by NumPy."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

HIDDEN = (64, 32)
SEED = 1


@dataclass(frozen=True)
class Network:
    """Layers of weights (inputs, outputs) and biases, with ReLU between them; no hidden layer makes it linear.

    Inputs are first filled (NaN becomes the training mean) and scaled. classes: 0 for a regression.
    """

    means: np.ndarray
    deviations: np.ndarray
    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    classes: int

    def values(self, rows: np.ndarray) -> np.ndarray:
        """Predictions (rows,) of a regression, probabilities (rows, classes) of a classification."""
        layer = _scaled(rows, self.means, self.deviations)
        for weights, biases in zip(self.weights[:-1], self.biases[:-1], strict=True):
            layer = np.maximum(layer @ weights + biases, 0)
        out = layer @ self.weights[-1] + self.biases[-1]
        if self.classes == 0:
            return out[:, 0]
        if out.shape[1] == 1:
            positive = 1 / (1 + np.exp(-np.clip(out, -500, 500)))
            return np.hstack([1 - positive, positive])
        powers = np.exp(out - out.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    def arrays(self) -> dict[str, np.ndarray]:
        """Everything as named arrays; the opposite of :func:`network`."""
        layers = {f"weights{i}": w for i, w in enumerate(self.weights)} | {
            f"biases{i}": b for i, b in enumerate(self.biases)
        }
        return {"means": self.means, "deviations": self.deviations, "classes": np.array(self.classes), **layers}


def network(arrays: dict[str, np.ndarray]) -> Network:
    """The network that :meth:`Network.arrays` gave."""
    layers = sum(name.startswith("weights") for name in arrays)
    return Network(
        arrays["means"],
        arrays["deviations"],
        tuple(arrays[f"weights{i}"] for i in range(layers)),
        tuple(arrays[f"biases{i}"] for i in range(layers)),
        int(arrays["classes"]),
    )


def _scaled(rows: np.ndarray, means: np.ndarray, deviations: np.ndarray) -> np.ndarray:
    return (np.where(np.isnan(rows), means, rows) - means) / deviations


def fit(kind: str, rows: np.ndarray, targets: np.ndarray, classes: int) -> Network:
    """Trains a "linear_learner" or an "mlp". targets: class numbers, or values if ``classes`` is 0."""
    known = ~np.isnan(rows)
    means = np.where(known, rows, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    spread = np.where(known, rows - means, 0).std(axis=0)
    deviations = np.where(spread > 0, spread, 1.0)
    inputs = _scaled(rows, means, deviations)
    # Regression targets of any size are learned as well as targets around 0; the last layer undoes it.
    shift, scale = (float(targets.mean()), float(targets.std()) or 1.0) if classes == 0 else (0.0, 1.0)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*(iteration|converge).*")
        weights, biases = _fitted(kind, inputs, (targets - shift) / scale if classes == 0 else targets, classes)
    if classes == 0:
        weights, biases = [*weights[:-1], weights[-1] * scale], [*biases[:-1], biases[-1] * scale + shift]
    return Network(means, deviations, tuple(weights), tuple(biases), classes)


def _fitted(
    kind: str, inputs: np.ndarray, targets: np.ndarray, classes: int
) -> tuple[Sequence[np.ndarray], Sequence[np.ndarray]]:
    # Imported here: prediction uses this module too, and these take seconds to import.
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    if kind == "linear_learner":
        model = LogisticRegression(max_iter=300) if classes else Ridge()
        model.fit(inputs, targets)
        return [np.atleast_2d(model.coef_).T], [np.atleast_1d(model.intercept_)]
    options = {"hidden_layer_sizes": HIDDEN, "early_stopping": True, "max_iter": 100, "random_state": SEED}
    perceptron = MLPClassifier(**options) if classes else MLPRegressor(**options)
    perceptron.fit(inputs, targets)
    return perceptron.coefs_, perceptron.intercepts_
