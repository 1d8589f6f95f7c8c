"""Sealing: what was played becomes a numbered order with its SHA-256 that nobody changes any more."""
