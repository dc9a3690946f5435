"""Pages of the operations room: operations and compartments."""
