"""Least squares, standard errors that allow for clusters, and the wild bootstrap.

fit = least_squares(y, X, names=("intercept", "treated"))
robust = cluster_robust(fit, team)  # CR2, Satterthwaite degrees of freedom
robust.interval("treated")
"""
