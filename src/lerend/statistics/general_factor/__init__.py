"""How much of a scale is one general factor, and how much its parts."""
