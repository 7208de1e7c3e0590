"""The routes of /api/v1: each makes one workflow call and one translation."""
