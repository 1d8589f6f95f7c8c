"""The database schema's history: numbered migrations with a single head."""
