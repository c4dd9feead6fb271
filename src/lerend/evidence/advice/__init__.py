"""What to do next: an existing solution, the same as a pilot, or something new; and which three steps to choose from."""
