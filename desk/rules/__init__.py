"""The law of the product as pure functions: no Qt, no SQL, no clock, no files."""
