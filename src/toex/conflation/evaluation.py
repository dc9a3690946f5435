"""How right ties are, where the truth is known: pairs, clusters and B-cubed, at their standing and over thresholds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from toex.pole import Batch

Ints = npt.NDArray[np.int64]
_OPEN = ("", "below", "inside", "weak-together")  # reasons that leave a pair to its weight
THRESHOLDS = tuple(float(bits) for bits in range(-6, 25))


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each from 0 to 1; nothing found and nothing to find scores 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Give the harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Joined ties as pairs, the entities they make as pairs of records, B-cubed, and F1 over thresholds.

    `over` lists (weight in bits, cluster-pair F1) were every open tie of at least that weight joined; `best` is the
    best of them: what a threshold chosen with the truth could reach.
    """

    ties: Score
    clusters: Score
    b_cubed: Score
    over: Sequence[tuple[float, float]]
    best: tuple[float, float]
    records: int
    true_pairs: int


def evaluate(ties: Batch, truth: Mapping[str, object], *, thresholds: Sequence[float] = THRESHOLDS) -> Scores:
    """Score the ties of one table against the truth: for each record id what it truly is.

    Records that the truth does not name are left out; those without a tie count as entities of their own.
    """
    number = {record: n for n, record in enumerate(sorted(truth))}
    kinds: dict[object, int] = {}
    true = np.array([kinds.setdefault(truth[record], len(kinds)) for record in number], np.int64)
    low, high, weight, joined, open_ = _columns(ties, number)
    true_pairs = _pairs_within(true)
    entity = _components(low[joined], high[joined], len(number))
    right = int((true[low[joined]] == true[high[joined]]).sum())
    over = [
        (t, pair_score(_components(low[m], high[m], len(number)), true).f1)
        for t in thresholds
        for m in [open_ & (weight >= t)]
    ]
    return Scores(
        ties=_score(right, int(joined.sum()), true_pairs),
        clusters=pair_score(entity, true),
        b_cubed=b_cubed(entity, true),
        over=over,
        best=max(over, key=lambda point: point[1]),
        records=len(number),
        true_pairs=true_pairs,
    )


def _columns(
    ties: Batch, number: Mapping[str, int]
) -> tuple[Ints, Ints, npt.NDArray[np.float64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    names = ("record_id", "other_id", "weight", "standing", "reason")
    rows = [
        row
        for row in zip(*(ties.column(name).to_pylist() for name in names), strict=True)
        if row[0] in number and row[1] in number
    ]
    return (
        np.array([number[row[0]] for row in rows], np.int64),
        np.array([number[row[1]] for row in rows], np.int64),
        np.array([row[2] for row in rows], np.float64),
        np.array([row[3] == "joined" for row in rows], np.bool_),
        np.array([row[4] in _OPEN for row in rows], np.bool_),
    )


def pair_score(entity: Ints, true: Ints) -> Score:
    """Score a clustering by the pairs of records that it puts together, from the table of both memberships."""
    together = Counter(zip(entity.tolist(), true.tolist(), strict=True))
    right = sum(n * (n - 1) // 2 for n in together.values())
    return _score(right, _pairs_within(entity), _pairs_within(true))


def pair_score_by_pairs(entity: Ints, true: Ints) -> Score:
    """Score the same by listing every pair: slow, the second formulation that `pair_score` must agree with."""
    found = _listed(entity)
    wanted = _listed(true)
    return _score(len(found & wanted), len(found), len(wanted))


def b_cubed(entity: Ints, true: Ints) -> Score:
    """Score a clustering by what each record finds itself with, on the average over records."""
    together = Counter(zip(entity.tolist(), true.tolist(), strict=True))
    sizes, kinds = Counter(entity.tolist()), Counter(true.tolist())
    precision = sum(n * n / sizes[e] for (e, _), n in together.items())
    recall = sum(n * n / kinds[t] for (_, t), n in together.items())
    return Score(precision / max(len(true), 1), recall / max(len(true), 1))


def _listed(entity: Ints) -> set[tuple[int, int]]:
    codes = entity.tolist()
    return {(a, b) for a in range(len(codes)) for b in range(a + 1, len(codes)) if codes[a] == codes[b]}


def _score(right: int, found: int, wanted: int) -> Score:
    return Score(right / found if found else 1.0, right / wanted if wanted else 1.0)


def _pairs_within(entity: Ints) -> int:
    counts: Iterable[int] = Counter(entity.tolist()).values()
    return sum(n * (n - 1) // 2 for n in counts)


def _components(low: Ints, high: Ints, size: int) -> Ints:
    graph = coo_array((np.ones(len(low), np.int8), (low, high)), (size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
