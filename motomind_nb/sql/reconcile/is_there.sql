-- Whether a relation exists. %(name)s: its qualified name. Column: boolean.
SELECT to_regclass(%(name)s) IS NOT NULL
