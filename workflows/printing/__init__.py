"""Papers out of the office: Word from templates that the office can edit.

A kind of print is a line of `registry`; its closed list of fields is the frozen view that `fields` reads. `layout`
builds the template that ships, `checking` says at upload what is wrong with an edited one, `filling` prints.
"""
