-- The fifteen tables that the rebuild drops.

CREATE TABLE memberships (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT memberships_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT memberships_role_check CHECK (role IN ('owner', 'manager', 'viewer')),
    CONSTRAINT memberships_role_valid CHECK (role IN ('owner', 'manager', 'viewer'))
);

CREATE TABLE plan_limits (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    plan_name text NOT NULL,
    max_vehicles integer NOT NULL,
    max_explanations_per_month integer NOT NULL,
    max_pdf_exports_per_month integer NOT NULL,
    max_members integer DEFAULT 1,
    price_cents integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT plan_limits_pkey PRIMARY KEY (id),
    CONSTRAINT plan_limits_plan_name_key UNIQUE (plan_name)
);

CREATE TABLE schema_migrations (
    version varchar(255) NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    filename text NOT NULL,
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (version)
);

CREATE TABLE uploads (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    user_id uuid,
    vehicle_id uuid,
    kind text NOT NULL,
    storage_url text NOT NULL,
    mime_type text,
    bytes integer,
    captured_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uploads_pkey PRIMARY KEY (id),
    CONSTRAINT uploads_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT uploads_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT uploads_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT uploads_kind_check
    CHECK (kind IN ('odometer_photo', 'fuel_receipt', 'maintenance_doc', 'issue_photo', 'trip_csv'))
);

CREATE TABLE manual_events (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    source_upload_id uuid,
    event_type text NOT NULL,
    payload jsonb NOT NULL,
    confidence integer DEFAULT 80,
    verified_by_user boolean DEFAULT false,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT manual_events_pkey PRIMARY KEY (id),
    CONSTRAINT manual_events_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT manual_events_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT manual_events_source_upload_id_fkey
    FOREIGN KEY (source_upload_id) REFERENCES uploads (id) ON DELETE SET NULL,
    CONSTRAINT manual_events_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT manual_events_event_type_check
    CHECK (event_type IN ('odometer_reading', 'fuel_purchase', 'maintenance', 'issue_report', 'trip_batch')),
    CONSTRAINT manual_events_confidence_check CHECK (confidence BETWEEN 0 AND 100)
);

CREATE TABLE audit_log (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    table_name text NOT NULL,
    record_id uuid NOT NULL,
    action text NOT NULL,
    old_values jsonb,
    new_values jsonb,
    changed_by uuid,
    changed_at timestamptz NOT NULL DEFAULT now(),
    ip_address inet,
    user_agent text,
    request_id text,
    CONSTRAINT audit_log_pkey PRIMARY KEY (id),
    CONSTRAINT audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT audit_log_action_check CHECK (action IN ('INSERT', 'UPDATE', 'DELETE'))
);

CREATE TABLE explanations (
    id uuid NOT NULL DEFAULT extensions.uuid_generate_v4(),
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    question text NOT NULL,
    reasoning jsonb NOT NULL,
    confidence text NOT NULL,
    flag_types jsonb DEFAULT '[]',
    data_quality_score integer,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT explanations_pkey PRIMARY KEY (id),
    CONSTRAINT explanations_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT explanations_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT explanations_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT explanations_confidence_check CHECK (confidence IN ('high', 'medium', 'low')),
    CONSTRAINT explanations_confidence_valid CHECK (confidence IN ('high', 'medium', 'low')),
    CONSTRAINT explanations_data_quality_score_check
    CHECK (data_quality_score IS NULL OR data_quality_score BETWEEN 0 AND 100)
);

CREATE TABLE image_generation_queue (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    canonical_key text NOT NULL,
    priority integer DEFAULT 5,
    make text NOT NULL,
    model text NOT NULL,
    body_style text NOT NULL,
    generation text NOT NULL,
    color text DEFAULT 'neutral_silver',
    angles text[] DEFAULT ARRAY['front_3q']::text[],
    status text DEFAULT 'queued',
    attempts integer DEFAULT 0,
    max_attempts integer DEFAULT 3,
    error_message text,
    processing_started_at timestamptz,
    completed_at timestamptz,
    requested_by uuid,
    tenant_id uuid NOT NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CONSTRAINT image_generation_queue_pkey PRIMARY KEY (id),
    CONSTRAINT image_generation_queue_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users (id),
    CONSTRAINT image_generation_queue_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id),
    CONSTRAINT image_generation_queue_status_check
    CHECK (status IN ('queued', 'processing', 'completed', 'failed'))
);

CREATE TABLE provider_integrations (
    id uuid NOT NULL DEFAULT extensions.uuid_generate_v4(),
    tenant_id uuid NOT NULL,
    provider text NOT NULL,
    api_key_encrypted text,
    config jsonb DEFAULT '{}',
    is_active boolean DEFAULT true,
    last_sync_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT provider_integrations_pkey PRIMARY KEY (id),
    CONSTRAINT provider_integrations_tenant_id_provider_key UNIQUE (tenant_id, provider),
    CONSTRAINT provider_integrations_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT provider_integrations_provider_check
    CHECK (provider IN ('samsara', 'geotab', 'fleet_complete')),
    CONSTRAINT provider_integrations_provider_valid
    CHECK (provider IN ('samsara', 'geotab', 'fleet_complete'))
);

CREATE TABLE usage_counters (
    id bigserial,
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    explanations_count integer DEFAULT 0,
    pdf_exports_count integer DEFAULT 0,
    tokens_in integer DEFAULT 0,
    tokens_out integer DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT usage_counters_pkey PRIMARY KEY (id),
    CONSTRAINT usage_counters_tenant_id_day_key UNIQUE (tenant_id, day),
    CONSTRAINT usage_counters_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE vehicle_generations (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    make text NOT NULL,
    model text NOT NULL,
    body_style text NOT NULL,
    generation_name text NOT NULL,
    year_start integer NOT NULL,
    year_end integer NOT NULL,
    region text DEFAULT 'USDM',
    canonical_generation text NOT NULL,
    notes text,
    source text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CONSTRAINT vehicle_generations_pkey PRIMARY KEY (id),
    CONSTRAINT vehicle_generations_span_key
    UNIQUE (make, model, body_style, year_start, year_end, region)
);

CREATE TABLE vehicle_metrics (
    id bigserial,
    tenant_id uuid NOT NULL,
    vehicle_id uuid NOT NULL,
    metric_date date NOT NULL,
    period_type text DEFAULT 'daily',
    brake_wear_pct numeric(5, 2),
    fuel_efficiency_mpg numeric(5, 2),
    harsh_events integer DEFAULT 0,
    idle_minutes integer DEFAULT 0,
    miles_driven integer,
    last_service_date date,
    data_completeness_pct integer NOT NULL DEFAULT 0,
    source_latency_sec integer DEFAULT 0,
    sensor_presence jsonb DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT vehicle_metrics_pkey PRIMARY KEY (id),
    CONSTRAINT vehicle_metrics_period_key
    UNIQUE (tenant_id, vehicle_id, metric_date, period_type),
    CONSTRAINT vehicle_metrics_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT vehicle_metrics_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT vehicle_metrics_period_type_check CHECK (period_type IN ('daily', 'weekly', 'monthly')),
    CONSTRAINT vehicle_metrics_brake_wear_pct_check
    CHECK (brake_wear_pct IS NULL OR brake_wear_pct BETWEEN 0 AND 100),
    CONSTRAINT vehicle_metrics_fuel_efficiency_mpg_check
    CHECK (fuel_efficiency_mpg IS NULL OR fuel_efficiency_mpg > 0),
    CONSTRAINT vehicle_metrics_harsh_events_check CHECK (harsh_events >= 0),
    CONSTRAINT vehicle_metrics_idle_minutes_check CHECK (idle_minutes >= 0),
    CONSTRAINT vehicle_metrics_miles_driven_check CHECK (miles_driven IS NULL OR miles_driven >= 0),
    CONSTRAINT vehicle_metrics_data_completeness_pct_check
    CHECK (data_completeness_pct BETWEEN 0 AND 100)
);

CREATE TABLE vehicle_onboarding (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    vin varchar(17),
    step text NOT NULL,
    data jsonb DEFAULT '{}',
    time_spent_seconds integer,
    completed_at timestamptz,
    created_at timestamptz DEFAULT now(),
    CONSTRAINT vehicle_onboarding_pkey PRIMARY KEY (id),
    CONSTRAINT vehicle_onboarding_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);

CREATE TABLE vehicles_naming_backup (
    id uuid,
    label text,
    nickname text,
    display_name text,
    created_at timestamptz,
    backup_created_at timestamptz
);

CREATE TABLE vin_cache (
    vin varchar(17) NOT NULL,
    data jsonb NOT NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    CONSTRAINT vin_cache_pkey PRIMARY KEY (vin)
);
