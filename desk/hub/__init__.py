"""The county's server: takes ops in, settles them once for all, gives revisions out."""
