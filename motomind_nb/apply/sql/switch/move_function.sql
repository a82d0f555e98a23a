-- Purpose: move a function. Holes: function (qualified), arguments, schema (where to).
ALTER FUNCTION {function}({arguments}) SET SCHEMA {schema}
