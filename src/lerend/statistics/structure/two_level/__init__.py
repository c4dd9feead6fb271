"""Factor models of people in groups: what goes together between groups, and within them."""
