"""Organizers: in whose name they act, what they may do, and the log of what they did."""
