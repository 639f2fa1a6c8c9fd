"""The page 代表值班: the deputies, who is on duty, and the import of a roster."""
