-- The original design, as far as its faults need it: tables, in a schema that is rolled back.
-- Miles and miles per gallon are whole numbers, keys carry no tenant, references cascade.
CREATE SCHEMA original_design;

CREATE TABLE original_design.tenants (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE TABLE original_design.users (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES original_design.tenants (id),
    email text NOT NULL UNIQUE,
    name text NOT NULL,
    created_by uuid REFERENCES original_design.users (id),
    deleted_at timestamp with time zone
);

CREATE TABLE original_design.garages (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES original_design.tenants (id),
    name text NOT NULL,
    lat numeric(10, 8),
    lng numeric(11, 8),
    created_by uuid REFERENCES original_design.users (id)
);

CREATE TABLE original_design.vehicles (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES original_design.tenants (id) ON DELETE CASCADE,
    garage_id uuid REFERENCES original_design.garages (id),
    nickname text,
    vin text,
    year integer,
    manufacturer_mpg integer,
    deleted_at timestamp with time zone,
    created_by uuid REFERENCES original_design.users (id),
    updated_by uuid REFERENCES original_design.users (id)
);

CREATE TABLE original_design.reminders (
    id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES original_design.tenants (id),
    vehicle_id uuid NOT NULL REFERENCES original_design.vehicles (id),
    title text NOT NULL,
    category text,
    dedupe_key text,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'completed', 'dismissed'))
);

CREATE TABLE original_design.vehicle_events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES original_design.tenants (id),
    vehicle_id uuid NOT NULL REFERENCES original_design.vehicles (id) ON DELETE CASCADE,
    type text NOT NULL,
    date date NOT NULL,
    miles integer,
    payload jsonb NOT NULL DEFAULT '{}',
    created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (id, date)
) PARTITION BY RANGE (date);

CREATE TABLE original_design.vehicle_events_2024 PARTITION OF original_design.vehicle_events
FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE original_design.vehicle_events_2025 PARTITION OF original_design.vehicle_events
FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE original_design.vehicle_events_2026 PARTITION OF original_design.vehicle_events
FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE original_design.vehicle_events_2027 PARTITION OF original_design.vehicle_events
FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
