"""What we expect of the workbooks: vocabulary, rules, their evaluation and their wording."""
