"""Corrections after the fact: each previews its effect, applies in one transaction, leaves an audit row, may be undone."""
