"""Attackers who try to learn from releases what fewer than k people said. They know no code of the gate, only its file."""
