"""The only SQL of the project: tables, the database handle, and one module of queries per subject."""
