"""Commands that touch several domains, or the process itself."""
