"""How alike two words are, as DuckDB counts it, in plain Python."""


def jaro_winkler(one: str, other: str) -> float:
    """Give the Jaro-Winkler similarity from 0 to 1: four letters of common start lift it where it is above 0.7."""
    plain = _jaro(one, other)
    start = 0
    for a, b in zip(one[:4], other[:4], strict=False):
        if a != b:
            break
        start += 1
    return plain + start * 0.1 * (1 - plain) if plain > 0.7 else plain


def _jaro(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    found = _matching(one, other)
    matched = len(found)
    if not matched:
        return 0.0
    kept = [one[i] for i, _ in found]
    moved = [other[j] for j in sorted(j for _, j in found)]
    half = sum(a != b for a, b in zip(kept, moved, strict=True)) // 2
    return (matched / len(one) + matched / len(other) + (matched - half) / matched) / 3


def _matching(one: str, other: str) -> list[tuple[int, int]]:
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    taken: set[int] = set()
    found: list[tuple[int, int]] = []
    for i, letter in enumerate(one):
        for j in range(max(0, i - reach), min(len(other), i + reach + 1)):
            if j not in taken and other[j] == letter:
                taken.add(j)
                found.append((i, j))
                break
    return found


def damerau_levenshtein(one: str, other: str) -> int:
    """Count the fewest insertions, deletions, changes and swaps of neighbours that turn one into the other."""
    last: dict[str, int] = {}
    far = len(one) + len(other)
    table = [[far] * (len(other) + 2) for _ in range(len(one) + 2)]
    for i in range(len(one) + 1):
        table[i + 1][1] = i
    for j in range(len(other) + 1):
        table[1][j + 1] = j
    for i, a in enumerate(one, start=1):
        met = 0
        for j, b in enumerate(other, start=1):
            back_i, back_j = last.get(b, 0), met
            met = j if a == b else met
            table[i + 1][j + 1] = min(
                table[i][j] + (a != b), table[i + 1][j] + 1, table[i][j + 1] + 1,
                table[back_i][back_j] + (i - back_i - 1) + 1 + (j - back_j - 1),
            )  # fmt: skip
        last[a] = i
    return table[-1][-1]
