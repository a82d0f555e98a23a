-- Purpose: the API in front of the database, where there is one, reads the schema again after the commit.
NOTIFY pgrst, 'reload schema'
