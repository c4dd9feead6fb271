"""One file a family of methods; each has a tuple `METHODS`. A new file here is found by itself."""
