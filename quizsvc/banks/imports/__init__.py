"""Batches of questions out of files: preview, commit, report, undo."""
