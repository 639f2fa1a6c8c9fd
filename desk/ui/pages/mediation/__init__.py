"""矛盾调解: the list of disputes, the small oral case on one page, and the seven tabs of a hard one."""
