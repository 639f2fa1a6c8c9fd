"""The roster of deputies: read a messy table, understand it row by row, import it and take it back."""
