"""What every domain stands on; no domain noun is allowed here."""
