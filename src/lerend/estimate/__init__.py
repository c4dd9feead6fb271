"""Every estimator by its name, on a file: what it asks for, its one function, and its result as data.

Nothing is imported here, so that nothing is paid for that is not used.
"""
