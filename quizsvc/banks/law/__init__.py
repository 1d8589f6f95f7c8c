"""Law behind questions: citations read from Vietnamese text, and whether what they name still stands."""
