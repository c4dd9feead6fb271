"""Configurations: which combinations of conditions go with an outcome over a few tens of cases (QCA).

Noise gives paths too, oftener than not: nothing of this is shown without its permutation p and all tied models.
"""
