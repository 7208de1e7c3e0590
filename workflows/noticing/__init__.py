"""The notice of a meeting's result: its lines read out of the text, and entered as tasks and orientations."""
