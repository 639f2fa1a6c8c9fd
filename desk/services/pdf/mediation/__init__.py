"""Papers of a mediation: F-01 to F-13, one file each."""
