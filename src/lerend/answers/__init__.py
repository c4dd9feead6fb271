"""Files of answers in, batches of people out.

The door is `lerend.answers.reading.open_answers`; `lerend.answers.table` has the values that come out of it, and
`lerend.answers.mapping.read_mapping` reads a mapping file. Nothing is imported here, so that nothing is paid for that is
not used.
"""
