"""Factor models: which items belong together, and whether they do so alike in every group.

What any kind of answers can use: `specification` (the model), `layout` (where its unknowns stand), `implied` (what it says
of covariances and means, and how that moves), `search` (the smallest sum of squares, proven), `robust` (errors and tests
whatever the weights), `indices`, `stepwise` (the walk of invariance), `comparing` (what may be compared, in words).
`continuous` is for scores and answers taken as numbers, `two_level` for people in groups; the rest is for ordinal answers.
"""
