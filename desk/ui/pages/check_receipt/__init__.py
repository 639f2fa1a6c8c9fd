"""The page on which a receipt is told true from false."""
