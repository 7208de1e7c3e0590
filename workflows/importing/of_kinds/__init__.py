"""Lists of cases of any kind: what the columns mean follows from the form of the kind's birth.

Petitions have more on top: repeats, old registers, updates (`workflows.importing.taking`).
"""
