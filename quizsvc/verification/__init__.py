"""Recomputing every derived figure from the stored answers, by a plain path of its own."""
