"""The example contests: their documents, and small tables of entries with the order that their rules ask for."""
