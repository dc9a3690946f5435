"""Which visible records are shown as one: the connected parts of the visible pairs that are ruled same."""

import duckdb
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def make_faces(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the table `face` (record_id, entity) from the ties that `con` shows as joined.

    It holds tied records only; the entity is named by the smallest record id of its visible part, so a hidden member
    can be seen neither in it nor through it.
    """
    con.execute(
        """CREATE OR REPLACE TEMP TABLE joined_node AS
        SELECT record_id, (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS n FROM (
            SELECT record_id FROM tie WHERE standing = 'joined'
            UNION SELECT other_id FROM tie WHERE standing = 'joined')"""
    )
    pairs = con.execute(
        """SELECT a.n AS a, b.n AS b FROM tie
        JOIN joined_node a ON a.record_id = tie.record_id JOIN joined_node b ON b.record_id = tie.other_id
        WHERE standing = 'joined'"""
    ).fetchnumpy()
    size = con.execute("SELECT count(*) FROM joined_node").fetchall()[0][0]
    label = _components(np.asarray(pairs["a"]), np.asarray(pairs["b"]), size)
    con.register("component", {"n": np.arange(size, dtype=np.int32), "label": label})
    con.execute(
        """CREATE OR REPLACE TEMP TABLE face AS
        SELECT record_id, min(record_id) OVER (PARTITION BY label) AS entity
        FROM joined_node JOIN component USING (n) ORDER BY record_id"""
    )
    con.unregister("component")
    con.execute("DROP TABLE joined_node")


def _components(a: np.ndarray, b: np.ndarray, size: int) -> np.ndarray:
    if not size:
        return np.zeros(0, dtype=np.int32)
    graph = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)
