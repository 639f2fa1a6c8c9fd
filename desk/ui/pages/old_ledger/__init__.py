"""The page 旧台账: open matters of a paper or Excel ledger kept before the desk came."""
