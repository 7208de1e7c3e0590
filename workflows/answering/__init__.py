"""Taking in answer reports: one table of the people's committee becomes one paper that answers many cases."""
