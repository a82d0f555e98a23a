-- Purpose: a new database from a template.
-- Identifiers: name, template.
CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy
