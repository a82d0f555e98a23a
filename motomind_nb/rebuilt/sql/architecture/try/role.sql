-- Becomes a role until the savepoint is rolled back. Parameters: {role}.
SET LOCAL ROLE {role};
