"""Pages of the tasking room: requests from the form to the terms of reference, and immediate risks."""
