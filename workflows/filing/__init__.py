"""Files that belong to papers: what they are, whether they are safe, where they lie, who may bring and read them."""
