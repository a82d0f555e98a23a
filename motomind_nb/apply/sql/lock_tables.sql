-- Purpose: lock tables against writers, or against everybody. Holes: tables (a list), mode.
LOCK TABLE {tables} IN {mode} MODE
