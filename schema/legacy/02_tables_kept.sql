-- The seven tables that the rebuild keeps.

CREATE TABLE tenants (
    id uuid NOT NULL DEFAULT extensions.uuid_generate_v4(),
    name text NOT NULL,
    kind text NOT NULL,
    plan_name text DEFAULT 'solo',
    stripe_customer_id text,
    stripe_subscription_id text,
    subscription_status text DEFAULT 'active',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenants_pkey PRIMARY KEY (id),
    CONSTRAINT tenant_kind_enum CHECK (kind IN ('solo', 'org')),
    CONSTRAINT tenant_name_not_empty CHECK (length(trim(BOTH FROM name)) > 0),
    CONSTRAINT tenants_kind_check CHECK (kind IN ('solo', 'org')),
    CONSTRAINT tenants_subscription_status_check
    CHECK (subscription_status IN ('active', 'past_due', 'canceled', 'unpaid'))
);

CREATE TABLE users (
    id uuid NOT NULL DEFAULT extensions.uuid_generate_v4(),
    email text NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email)
);

CREATE TABLE garages (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    address text,
    lat double precision,
    lng double precision,
    timezone text DEFAULT 'America/Los_Angeles',
    meta jsonb DEFAULT '{}',
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    is_default boolean DEFAULT false,
    deleted_at timestamptz,
    CONSTRAINT garages_pkey PRIMARY KEY (id),
    CONSTRAINT garages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT chk_garages_name_not_empty CHECK (length(trim(BOTH FROM name)) > 0)
);

CREATE TABLE vehicles (
    id uuid NOT NULL DEFAULT extensions.uuid_generate_v4(),
    tenant_id uuid NOT NULL,
    make text,
    model text,
    vin text,
    baseline_fuel_mpg numeric(4, 1),
    baseline_service_interval_miles integer DEFAULT 5000,
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    garage_id uuid,
    enrichment jsonb DEFAULT '{}',
    service_intervals jsonb DEFAULT '{}',
    smart_defaults jsonb DEFAULT '{}',
    deleted_at timestamptz,
    hero_image_url text,
    display_name text NOT NULL,
    year integer,
    CONSTRAINT vehicles_pkey PRIMARY KEY (id),
    CONSTRAINT vehicles_garage_id_fkey FOREIGN KEY (garage_id) REFERENCES garages (id),
    CONSTRAINT vehicles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT chk_vehicles_display_name_not_empty CHECK (length(trim(BOTH FROM display_name)) > 0),
    CONSTRAINT chk_vehicles_vin_format CHECK ((vin ~ '^[A-HJ-NPR-Z0-9]{17}$') AND (length(vin) = 17)),
    CONSTRAINT chk_vehicles_year CHECK (year IS NULL OR (year >= 1900 AND year <= 2030))
);

CREATE TABLE vehicle_events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    vehicle_id uuid NOT NULL,
    type text NOT NULL,
    date date NOT NULL,
    miles integer,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT vehicle_events_pkey PRIMARY KEY (id),
    CONSTRAINT vehicle_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT vehicle_events_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT chk_vehicle_events_miles_positive CHECK (miles IS NULL OR miles >= 0),
    CONSTRAINT chk_vehicle_events_positive_miles
    CHECK (type <> 'odometer' OR (miles IS NOT NULL AND miles >= 0)),
    CONSTRAINT chk_vehicle_events_reasonable_date
    CHECK (date >= '1900-01-01' AND date <= CURRENT_DATE + INTERVAL '30 days'),
    CONSTRAINT vehicle_events_type_check CHECK (type IN ('odometer', 'maintenance', 'fuel', 'document'))
);

CREATE TABLE vehicle_images (
    id uuid NOT NULL DEFAULT extensions.uuid_generate_v4(),
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    storage_path text NOT NULL,
    public_url text NOT NULL,
    filename text NOT NULL,
    image_type text DEFAULT 'general',
    is_primary boolean DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT vehicle_images_pkey PRIMARY KEY (id),
    CONSTRAINT fk_vehicle_images_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT fk_vehicle_images_vehicle
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE
);

CREATE TABLE reminders (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    vehicle_id uuid NOT NULL,
    title text NOT NULL,
    description text,
    category text NOT NULL,
    priority text NOT NULL DEFAULT 'medium',
    due_date date,
    due_miles integer,
    status text NOT NULL DEFAULT 'open',
    source text NOT NULL DEFAULT 'user',
    dedupe_key text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    tenant_id uuid NOT NULL,
    CONSTRAINT reminders_pkey PRIMARY KEY (id),
    CONSTRAINT reminders_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT reminders_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT chk_reminders_future_due_date CHECK (status = 'done' OR due_date >= created_at),
    CONSTRAINT chk_reminders_status CHECK (status IN ('open', 'scheduled', 'done', 'dismissed')),
    CONSTRAINT reminders_category_check
    CHECK (category IN ('registration', 'inspection', 'emissions', 'maintenance', 'other')),
    CONSTRAINT reminders_priority_check CHECK (priority IN ('low', 'medium', 'high')),
    CONSTRAINT reminders_source_check CHECK (source = 'user'),
    CONSTRAINT reminders_status_check CHECK (status IN ('open', 'scheduled', 'done', 'dismissed'))
);
