"""What runs in the reading process alone: it unpacks one file under limits and imports nothing else of Dondoc."""
