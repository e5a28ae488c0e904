"""The whole record for the outside: JSON by the contract of DESIGN §8, spreadsheets, Popolo."""
