"""Interventions: the catalogue of existing solutions, which of them fit a bottleneck, and where none is.

Nothing here sees more than a release does; what a release hides is answered with "we cannot tell".
"""
