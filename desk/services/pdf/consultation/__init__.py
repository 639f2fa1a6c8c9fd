"""Papers of a legal consultation: F-40."""
