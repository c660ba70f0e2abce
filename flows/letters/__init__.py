"""Letters: what a night reports and whom it reminds, by e-mail and webhook, sent once."""
