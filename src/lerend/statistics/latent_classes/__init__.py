"""Whether people fall into classes by what they answered, or differ by degree only, which is an answer too."""
