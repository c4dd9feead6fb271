"""What single items say about one latent trait, and how precisely a scale measures along it (item response theory)."""
