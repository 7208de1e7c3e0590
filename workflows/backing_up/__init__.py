"""Backups: made while others write, restored only when everything in them was found right. See docs/backup.md.

`making.back_up` and `restoring.restore` are the two doors; `marking` is light, because every command looks there first.
"""
