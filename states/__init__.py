"""Lifecycles, guards, permissions, milestones and the engine: pure, no I/O, no clock."""
