"""Necessary conditions: what is not seen together with a high outcome, and whether that is more than a correlation.

A description, never a proof: the empty corner of two things that go together is empty too.
"""
