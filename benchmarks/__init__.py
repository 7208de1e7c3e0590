"""What Dondoc costs, beside the bare SQL floor of the same rows in the same run."""
