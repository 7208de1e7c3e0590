"""Reading lists of petitions that offices keep in CSV and spreadsheet files."""
