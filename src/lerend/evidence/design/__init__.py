"""How a pilot compares: which teams begin when, by whose choice or by lot, and what that can and cannot say."""
