"""The command line: every use case of the office from a terminal, in Vietnamese or English."""
