"""How each question works while a round runs: how hard it is, whether it tells players apart, what looks wrong with it."""
