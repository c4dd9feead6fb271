"""The made-up world of the loop: companies, approaches with true effects, time passing, and people answering."""
