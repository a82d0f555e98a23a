-- A value under the name by which its sum knows it. Holes: value, an expression; name.
SELECT {value} AS {name}
