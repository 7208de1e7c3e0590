"""What a paper does to the cases in its annex: previewed, then done in one transaction."""
