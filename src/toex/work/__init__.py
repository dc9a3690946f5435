"""What people decide: who may do what, for which work, with every step kept. Rooms lean one way, in house.md's order."""
