"""For whom an approach works: simple rules of who should begin, and what they would be worth on others."""
