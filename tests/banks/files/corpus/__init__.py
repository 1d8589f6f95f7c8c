"""Question files as other people make them, each with the reading that a person would give it."""
