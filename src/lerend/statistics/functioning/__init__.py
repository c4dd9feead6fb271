"""Whether an item works alike in groups: people of the same score should answer it alike, whatever their group."""
