"""The shop's records in and out as a folder of CSV files, one a table; docs/import.md tells the format."""
