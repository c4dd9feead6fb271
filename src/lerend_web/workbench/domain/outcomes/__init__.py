"""The outcome of a closed round, drawn from its release and from nothing else."""
