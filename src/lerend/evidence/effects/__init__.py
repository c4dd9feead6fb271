"""What a pilot did: one number with its interval, from the means of teams by wave and the design that was frozen before."""
