"""Cumulative models of ordinal answers: proportional odds and ordinal probit, from tables of counts."""
