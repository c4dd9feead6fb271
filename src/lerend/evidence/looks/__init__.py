"""Looking before the end without fooling oneself: bounds for planned waves, and methods that hold however often one looks."""
