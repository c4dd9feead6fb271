"""Linear mixed models from sums per group: effects that differ between teams and companies, fitted by ML or REML."""
