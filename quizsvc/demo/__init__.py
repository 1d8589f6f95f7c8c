"""A whole contest with synthetic citizens over real HTTP, on a database that is thrown away afterwards."""
