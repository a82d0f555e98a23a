-- The six mutable tables and the bookkeeping in schema private: columns and row rules only.
-- Keys, indexes, triggers, policies and grants come in later files, after the load.

CREATE TABLE {target}.tenants (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    name text NOT NULL,
    kind text NOT NULL DEFAULT 'solo',
    plan_name text DEFAULT 'solo',
    stripe_customer_id text,
    stripe_subscription_id text,
    subscription_status text DEFAULT 'active',
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at timestamp with time zone,
    CONSTRAINT tenants_name_not_blank CHECK (btrim(name) <> ''),
    CONSTRAINT tenants_kind_known CHECK (kind IN ('solo', 'org')),
    CONSTRAINT tenants_subscription_status_known CHECK (
        subscription_status IN ('active', 'past_due', 'canceled', 'unpaid')
    )
);

COMMENT ON TABLE {target}.tenants IS
'The owner of everything else. No created_by: the first tenant exists before any user.';

CREATE TABLE {target}.users (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at timestamp with time zone,
    created_by uuid,
    updated_by uuid,
    deleted_by uuid
);

COMMENT ON COLUMN {target}.users.tenant_id IS
'The tenant at home; further tenants of the same person are in private.memberships.';
COMMENT ON COLUMN {target}.users.created_by IS
'NULL for the first user of a tenant, whom nobody created.';

CREATE TABLE {target}.garages (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    address text,
    lat double precision,
    lng double precision,
    timezone text DEFAULT 'America/Los_Angeles',
    meta jsonb DEFAULT '{{}}',
    is_default boolean DEFAULT false,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    deleted_at timestamp with time zone,
    created_by uuid,
    updated_by uuid,
    deleted_by uuid,
    CONSTRAINT garages_name_not_blank CHECK (btrim(name) <> '')
);

CREATE TABLE {target}.vehicles (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    garage_id uuid,
    nickname text NOT NULL,
    make text,
    model text,
    vin text,
    year integer,
    manufacturer_mpg numeric(4, 1),
    manufacturer_service_interval_miles integer,
    notes text,
    enrichment jsonb DEFAULT '{{}}',
    service_intervals jsonb DEFAULT '{{}}',
    smart_defaults jsonb DEFAULT '{{}}',
    hero_image_url text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at timestamp with time zone,
    created_by uuid,
    updated_by uuid,
    deleted_by uuid,
    CONSTRAINT vehicles_nickname_not_blank CHECK (btrim(nickname) <> ''),
    CONSTRAINT vehicles_vin_format CHECK (vin ~ '^[A-HJ-NPR-Z0-9]{{17}}$'),
    CONSTRAINT vehicles_year_range CHECK (year BETWEEN 1900 AND 2030)
);

COMMENT ON COLUMN {target}.vehicles.manufacturer_mpg IS
'Miles per gallon as the manufacturer states them: the estimate until fuel events exist.';
COMMENT ON COLUMN {target}.vehicles.manufacturer_service_interval_miles IS
'Miles between services as the manufacturer states them.';

CREATE TABLE {target}.vehicle_images (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    storage_path text NOT NULL,
    public_url text NOT NULL,
    filename text NOT NULL,
    image_type text DEFAULT 'general',
    is_primary boolean DEFAULT false,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at timestamp with time zone,
    created_by uuid,
    updated_by uuid,
    deleted_by uuid
);

CREATE TABLE {target}.reminders (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    title text NOT NULL,
    description text,
    category text NOT NULL,
    priority text NOT NULL DEFAULT 'medium',
    due_date date,
    due_mileage integer,
    status text NOT NULL DEFAULT 'active',
    source text NOT NULL DEFAULT 'user',
    dedupe_key text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    deleted_at timestamp with time zone,
    created_by uuid,
    updated_by uuid,
    deleted_by uuid,
    CONSTRAINT reminders_category_known CHECK (
        category IN ('registration', 'inspection', 'emissions', 'maintenance', 'other')
    ),
    CONSTRAINT reminders_priority_known CHECK (priority IN ('low', 'medium', 'high')),
    CONSTRAINT reminders_status_known CHECK (
        status IN ('active', 'scheduled', 'completed', 'dismissed')
    ),
    CONSTRAINT reminders_source_known CHECK (source IN ('user')),
    -- The legacy rule compared a date with a timestamp and so depended on the session's zone.
    -- One day of grace covers every zone: no row that the legacy rule let in is refused.
    CONSTRAINT reminders_due_after_created CHECK (
        status = 'completed' OR due_date >= (created_at AT TIME ZONE 'UTC')::date - 1
    )
);

-- Who belongs to which tenant, in which role. A person may belong to several tenants.
CREATE TABLE private.memberships (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT memberships_role_known CHECK (role IN ('owner', 'manager', 'viewer'))
);

-- Where a loaded event came from: once and only once for each source row.
CREATE TABLE private.event_source (
    source_table text NOT NULL,
    source_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event_date date NOT NULL
);

-- One row for each vehicle that took a reading since the load. A writer updates it, so that
-- two writers of one vehicle wait for each other or, with an older snapshot, fail with 40001.
-- Corrections of the vehicle's events lie between two dates, both NULL while there are none.
CREATE TABLE private.vehicle_writer (
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    writes bigint NOT NULL DEFAULT 1,
    first_correction date,
    last_correction date
) WITH (fillfactor = 50);

-- Tenants being erased: a row lives only inside the transaction that erases.
CREATE TABLE private.erasing (
    tenant_id uuid NOT NULL,
    transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id()
);

-- Each run of a maintenance job, failed runs too. Durations are finished_at - started_at. A row
-- 'registered as job N' says since when pg_cron has the job that started_at stands beside.
CREATE TABLE private.job_log (
    id bigint GENERATED ALWAYS AS IDENTITY,
    job text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    succeeded boolean NOT NULL,
    message text NOT NULL
);
