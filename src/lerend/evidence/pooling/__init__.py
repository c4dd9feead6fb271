"""Effects of several pilots or studies taken together: classical and Bayesian, flat and nested, each with its doubt."""
