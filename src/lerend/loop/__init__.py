"""The worth of the loop: whole programmes over five years with a known truth, run by today's practice and by this library."""
