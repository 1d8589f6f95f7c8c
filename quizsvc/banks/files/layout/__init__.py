"""Questions typed by hand, understood: numbers, choices and keys in all the ways in which people write them."""

from quizsvc.banks.files.layout.service import understand

__all__ = ["understand"]
