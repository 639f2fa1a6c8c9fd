"""矛盾调解: the verbs of a mediation, from the first word to the archived dossier."""
