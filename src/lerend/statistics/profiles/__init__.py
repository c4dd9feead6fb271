"""Whether people fall into kinds (latent profiles), or differ by degree only, which is an answer too."""
