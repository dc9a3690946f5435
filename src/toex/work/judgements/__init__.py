"""Rulings of named people on record pairs, and the queue of pairs that wait for one."""
