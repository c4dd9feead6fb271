"""Pilots as fair tests, what they show together, and what to do next."""
