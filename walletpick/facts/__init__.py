"""What there is: records, words, places, money. Imports nothing of ours."""
