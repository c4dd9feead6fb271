"""Factor models of scores and of answers that are taken as numbers: by maximum likelihood, also with answers missing."""
