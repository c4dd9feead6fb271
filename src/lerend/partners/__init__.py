"""Learning partners: a company that is strong on a factor beside one that has room there, over a whole group at once."""
