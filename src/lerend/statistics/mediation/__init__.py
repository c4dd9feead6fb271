"""Mediation: how much of an effect goes with a path through something in between, for people and for teams."""
