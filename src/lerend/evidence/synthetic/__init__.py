"""What would have been without the start, as a mixture of units that never began."""
