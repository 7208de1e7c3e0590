"""The edge for programs: HTTP, the command line, the composition root."""
