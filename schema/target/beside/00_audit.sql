-- Schema audit: what the migration itself writes down. Not exposed, no grants.
-- Executed on its own, before anything is staged; safe to execute again.

CREATE SCHEMA IF NOT EXISTS audit;

COMMENT ON SCHEMA audit IS
'Records of the migration: objects, findings, quarantine, erasures. No grants to API roles.';

-- The run that loaded this database, written at the end of the load. The run's folder holds the same
-- identity and fingerprint: a database that says otherwise is not the one that the run filled.
CREATE TABLE IF NOT EXISTS audit.run (
    id text NOT NULL PRIMARY KEY,
    identity uuid NOT NULL,
    fingerprint text NOT NULL
);

-- One row for each object of the source, written by the stage. rows and fingerprint are
-- NULL where the object is absent or cannot be evaluated (reason says why).
CREATE TABLE IF NOT EXISTS audit.source_object (
    object text NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    present boolean NOT NULL,
    rows bigint,
    fingerprint numeric,
    reason text
);

-- One row for each finding, in the order in which the stage reported it. It speaks of so many rows;
-- its digest changes with each of them.
CREATE TABLE IF NOT EXISTS audit.finding (
    run_id text NOT NULL,
    stage text NOT NULL,
    position integer NOT NULL,
    check_name text NOT NULL,
    subject text NOT NULL,
    expected text NOT NULL,
    found text NOT NULL,
    status text NOT NULL,
    detail text NOT NULL,
    rows bigint NOT NULL,
    digest text NOT NULL,
    accepted text,
    PRIMARY KEY (run_id, stage, position),
    CONSTRAINT finding_status_known CHECK (status IN ('ok', 'note', 'warn', 'fail'))
);

-- Rows of the source that a rule of the target refuses, complete, with the rule and a reason.
CREATE TABLE IF NOT EXISTS audit.quarantine (
    source_table text NOT NULL,
    source_id text NOT NULL,
    tenant_id uuid,
    rule text NOT NULL,
    reason text NOT NULL,
    source_row jsonb NOT NULL,
    PRIMARY KEY (source_table, source_id, rule)
);

CREATE INDEX IF NOT EXISTS quarantine_tenant ON audit.quarantine (tenant_id);

-- Readings that contradict the history of their vehicle; they are loaded as disputed. The reason is
-- the class that the reconstruction gives them, or that they decrease within their chain.
CREATE TABLE IF NOT EXISTS audit.disputed (
    source_table text NOT NULL,
    source_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (source_table, source_id)
);

-- Readings after a meter was replaced, set back or rolled over: the number of their chain, from 2.
CREATE TABLE IF NOT EXISTS audit.later_chain (
    source_table text NOT NULL,
    source_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    chain integer NOT NULL,
    PRIMARY KEY (source_table, source_id)
);

-- The reconstruction of every reading, side before or after.
CREATE TABLE IF NOT EXISTS audit.reading (
    run_id text NOT NULL,
    side text NOT NULL,
    position bigint NOT NULL,
    vehicle_id uuid,
    tenant_id uuid,
    source text NOT NULL,
    source_id text,
    date date,
    local_time time without time zone,
    miles integer,
    chain integer,
    on_chain boolean NOT NULL,
    class text NOT NULL,
    suggestion integer,
    PRIMARY KEY (run_id, side, position),
    CONSTRAINT reading_side_known CHECK (side IN ('before', 'after'))
);

CREATE INDEX IF NOT EXISTS reading_vehicle ON audit.reading (vehicle_id);

-- The log of erased tenants: who, when, why and how many rows, never a personal value.
CREATE TABLE IF NOT EXISTS audit.erasure (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    erased_at timestamp with time zone NOT NULL DEFAULT now(),
    operator text NOT NULL,
    reason text NOT NULL,
    tenant_id uuid NOT NULL,
    counts jsonb NOT NULL
);

-- The migration in place: one row for each time it was applied, what rollback must put back (before),
-- and what became of it.
CREATE TABLE IF NOT EXISTS audit.application (
    id text NOT NULL PRIMARY KEY,
    rehearsal text NOT NULL,
    identity text NOT NULL,
    token text NOT NULL,
    transaction_id xid8 NOT NULL,
    operator text NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now(),
    before jsonb NOT NULL,
    rolled_back_at timestamp with time zone,
    retired_at timestamp with time zone,
    retired_by text,
    retired_reason text
);

ALTER TABLE audit.run ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.source_object ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.later_chain ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.disputed ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.application ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON SCHEMA audit FROM PUBLIC, anon, authenticated, service_role;
REVOKE ALL ON ALL TABLES IN SCHEMA audit FROM PUBLIC, anon, authenticated, service_role;
