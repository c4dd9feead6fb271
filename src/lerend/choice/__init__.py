"""Choosing together in a meeting: ratings by people in roles, what may be revealed of them, and how firm a choice is.

Nothing here knows who somebody is: a sheet has a role and marks, and what is revealed has groups of at least three.
"""
