"""Comments of people: what a moderator should look at twice, and under which factor a comment belongs.

Nothing here changes a comment, judges its mood or says anything about a person. Sorting is looking words up in lists
that a programme can read and edit; hints are marks for a human, who decides.
"""
