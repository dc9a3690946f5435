"""The adopted work: operations, who staffs them, and compartments with the readers they name."""
