"""Who is calling: tokens, sessions and guards."""
