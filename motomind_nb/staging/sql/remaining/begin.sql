-- Purpose: how the file is run: all or nothing, names without a schema are of this one.
BEGIN;
SET LOCAL search_path = {schema};
SET LOCAL check_function_bodies = off
