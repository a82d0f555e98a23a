-- Whether a relation exists. {table}: its qualified name. Column: boolean.
SELECT to_regclass('{table}') IS NOT NULL
