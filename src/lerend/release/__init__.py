"""What the gate let through, as one frozen value that every page and every file is drawn from."""
