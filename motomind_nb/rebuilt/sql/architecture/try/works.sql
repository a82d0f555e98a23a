-- What try/all found. Columns: works (text, a letter for each command: t worked, f did not).
SELECT current_setting('motomind.works') AS works
