"""The catalogue that learns: what a finished pilot does to the expected effect and the grade of its intervention."""
