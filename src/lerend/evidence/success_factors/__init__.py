"""What goes with success over pilots: every set of factors weighed by how well it predicts, none chosen."""
