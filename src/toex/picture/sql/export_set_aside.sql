-- Every row that was not loaded, and why: for the owning force to mend.
SELECT dataset, receipt, sheet, "row", "column", reason FROM set_aside ORDER BY dataset, sheet, "row"
