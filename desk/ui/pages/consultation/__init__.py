"""法律咨询: one consultation on a page, and the list of all of them."""
