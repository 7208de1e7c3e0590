"""What travels over HTTP: requests, queries, problems and examples. Answers are the view objects of workflows."""
