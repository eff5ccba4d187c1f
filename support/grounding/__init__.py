"""Reading what a customer typed against that customer's own records: orders, lines, variants, methods, addresses.

Pure functions of texts and records: no database, and no clock but what is passed in.
"""
