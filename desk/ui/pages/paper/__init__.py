"""The page of one paper: what it will look like, and its way out."""
