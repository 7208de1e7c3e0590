"""Tables, constraints, units of work and the only commit, read queries, migrations."""
