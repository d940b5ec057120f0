"""Names, references and misspellings: from what people write to the record they mean."""
