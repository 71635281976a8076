"""What an admin may choose for a training, within Redshift's ranges. All is checked before anything is sent."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from jobrec_ui.errors import InputError
from jobrec_ui.features import catalogue

MODEL_TYPES = {
    "xgboost": "XGBoost",
    "linear_learner": "Linear learner",
    "mlp": "Neural network (MLP)",
    "auto": "AUTO: the warehouse tries several and keeps the best",
}
TREE_METHODS = ("auto", "exact", "approx", "hist")
MAX_CUTOFFS = 7
MAX_NEGATIVES = 100
MAX_NOTE_BYTES = 1000
MIN_FEATURES = 2


@dataclass(frozen=True)
class Hyperparameter:
    """A number that steers XGBoost: its range in Redshift (both ends included), this app's default, what it does."""

    low: float
    high: float
    default: float
    sentence: str
    whole: bool = False

    def checked(self, name: str, value: object) -> float:
        """``value`` as a number. Raises InputError that names the range."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise InputError(f"{name} must be a number, not {value!r}.")
        if not self.low <= value <= self.high:
            raise InputError(f"{name} must be between {self.low:g} and {self.high:g}, not {value:g}.")
        if self.whole and value != int(value):
            raise InputError(f"{name} must be a whole number, not {value:g}.")
        return int(value) if self.whole else float(value)


HYPERPARAMETERS: Mapping[str, Hyperparameter] = MappingProxyType(
    {
        "num_round": Hyperparameter(1, 2000, 100, "How many trees, one after the other.", whole=True),
        "max_depth": Hyperparameter(0, 10, 6, "How many questions a tree asks in a row; 0: no limit.", whole=True),
        "eta": Hyperparameter(0.1, 0.5, 0.1, "How much each tree counts. Smaller needs more trees."),
        "min_child_weight": Hyperparameter(0, 120, 20, "How many examples a leaf must hold, roughly."),
        "subsample": Hyperparameter(0.5, 1, 0.7, "Share of the examples that each tree sees."),
        "colsample_bytree": Hyperparameter(0.5, 1, 1, "Share of the features that each tree may use."),
        "colsample_bylevel": Hyperparameter(0.1, 1, 1, "Share of them that each level of a tree may use."),
        "colsample_bynode": Hyperparameter(0.1, 1, 0.3, "Share of them that each question of a tree may use."),
        "gamma": Hyperparameter(0, 5, 0, "How much a question must gain to be asked."),
        "alpha": Hyperparameter(0, 1000, 0, "Pulls what leaves say to zero (L1)."),
        "lambda": Hyperparameter(0, 1000, 50, "Pulls what leaves say towards zero (L2)."),
        "max_delta_step": Hyperparameter(0, 10, 0, "How far one tree may move a score; 0: no limit."),
    }
)


@dataclass(frozen=True)
class TrainingChoices:
    """How to train. Raises InputError for what is unknown or out of range.

    model_type              one of MODEL_TYPES; all but XGBoost go through AUTO ON, as a regression on the label
    hyperparameters         of XGBoost, by name; what is not named has this app's default
    tree_method             of XGBoost, one of TREE_METHODS
    cutoffs                 from how many dates in the past postings are learnt from, a quarter apart (1 to 7)
    negatives_per_positive  how many others are drawn for each candidate who did well; 0: 60 for each posting
    left_out                features that the model does not see
    note                    what the training is for
    """

    model_type: str = "xgboost"
    hyperparameters: Mapping[str, float] = field(default_factory=dict)
    tree_method: str = "auto"
    cutoffs: int = 5
    negatives_per_positive: int = 0
    left_out: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.model_type not in MODEL_TYPES:
            raise InputError(f"There is no model type {self.model_type!r}. Known are {', '.join(MODEL_TYPES)}.")
        if (self.hyperparameters or self.tree_method != "auto") and self.model_type != "xgboost":
            raise InputError(f"Hyperparameters are for xgboost; {self.model_type} finds its own.")
        if self.tree_method not in TREE_METHODS:
            raise InputError(f"tree_method must be one of {', '.join(TREE_METHODS)}, not {self.tree_method!r}.")
        given = {}
        for name, value in self.hyperparameters.items():
            if name not in HYPERPARAMETERS:
                raise InputError(f"There is no hyperparameter {name!r}. Known are {', '.join(HYPERPARAMETERS)}.")
            given[name] = HYPERPARAMETERS[name].checked(name, value)
        object.__setattr__(self, "hyperparameters", given)
        self._check_together()
        _check_whole("The number of dates to look back from", self.cutoffs, 1, MAX_CUTOFFS)
        _check_whole("The number of negatives per positive", self.negatives_per_positive, 0, MAX_NEGATIVES)
        self._check_features()
        if len(self.note.encode()) > MAX_NOTE_BYTES:
            raise InputError(f"The note is too long: at most {MAX_NOTE_BYTES} bytes.")

    def _check_together(self) -> None:
        """What XGBoost cannot do together, though each of it is in its range."""
        values = self.all_hyperparameters
        if self.tree_method == "exact" and float(values["colsample_bynode"]) < 1:
            raise InputError(
                f"tree_method exact takes no colsample_bynode below 1, and it is {values['colsample_bynode']:g}"
                f"{'' if 'colsample_bynode' in self.hyperparameters else ' unless another is set'}: "
                "set colsample_bynode to 1, or choose the tree_method hist."
            )
        if self.tree_method == "exact" and values["max_depth"] == 0:
            raise InputError("tree_method exact needs a limit of depth: set max_depth from 1 to 10, or choose hist.")

    def _check_features(self) -> None:
        known = catalogue.names()
        object.__setattr__(self, "left_out", tuple(dict.fromkeys(self.left_out)))
        if unknown := [name for name in self.left_out if name not in known]:
            raise InputError(
                f"There is no feature {unknown[0]!r} to leave out. `jobrec_ui/features/features.csv` lists them."
            )
        if len(known) - len(self.left_out) < MIN_FEATURES:
            raise InputError(f"At least {MIN_FEATURES} features must be left to learn from.")

    @property
    def features(self) -> tuple[str, ...]:
        """What the model sees, in the order in which it takes them."""
        return tuple(name for name in catalogue.names() if name not in self.left_out)

    @property
    def all_hyperparameters(self) -> dict[str, float | str]:
        """Every hyperparameter of XGBoost with the value it gets."""
        numbers = {name: self.hyperparameters.get(name, known.default) for name, known in HYPERPARAMETERS.items()}
        return {**numbers, "tree_method": self.tree_method}

    def to_json(self) -> str:
        """For the warehouse; without the note, which has a column of its own."""
        return json.dumps(
            {
                "model_type": self.model_type,
                "hyperparameters": dict(self.hyperparameters),
                "tree_method": self.tree_method,
                "cutoffs": self.cutoffs,
                "negatives_per_positive": self.negatives_per_positive,
                "left_out": list(self.left_out),
            }
        )

    @classmethod
    def from_json(cls, text: str, note: str = "") -> "TrainingChoices":
        """What :meth:`to_json` wrote. Features that exist no more are forgotten.

        Raises InputError for anything else, as may come from a scheduled query.
        """
        try:
            found = json.loads(text)
            found["left_out"] = tuple(name for name in found["left_out"] if name in catalogue.names())
            return cls(**found, note=note)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError(
                f"The choices of a training are JSON of a certain form (docs/retrain.md), not {text[:80]!r}."
            ) from error

    def in_words(self) -> list[str]:
        """What differs from the defaults, a line each; empty if nothing does."""
        default = TrainingChoices()
        lines = []
        if self.model_type != default.model_type:
            lines.append(f"model type {self.model_type}")
        lines += [
            f"{name} {value:g}"
            for name, value in self.hyperparameters.items()
            if value != HYPERPARAMETERS[name].default
        ]
        if self.tree_method != default.tree_method:
            lines.append(f"tree_method {self.tree_method}")
        if self.cutoffs != default.cutoffs:
            lines.append(f"{self.cutoffs} dates to look back from")
        if self.negatives_per_positive != default.negatives_per_positive:
            lines.append(f"{self.negatives_per_positive} negatives per positive")
        if self.left_out:
            lines.append(f"without {some_of(self.left_out)}")
        return lines


def some_of(names: Sequence[str], most: int = 5) -> str:
    """The names as a list; of many the first few, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _check_whole(what: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InputError(f"{what} must be a whole number between {low} and {high}, not {value!r}.")
