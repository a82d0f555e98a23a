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
    CONSTRAINT membership_role_enum CHECK (role IN ('owner', 'manager', 'viewer')),
    CONSTRAINT memberships_role_check CHECK (role IN ('owner', 'manager', 'viewer'))
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
    CONSTRAINT manual_events_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT manual_events_source_upload_id_fkey
    FOREIGN KEY (source_upload_id) REFERENCES uploads (id) ON DELETE SET NULL,
    CONSTRAINT manual_events_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT manual_events_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT manual_events_confidence_check CHECK (confidence >= 0 AND confidence <= 100),
    CONSTRAINT manual_events_event_type_check
    CHECK (event_type IN ('odometer_reading', 'fuel_purchase', 'maintenance', 'issue_report', 'trip_batch'))
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
    CONSTRAINT explanations_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT explanations_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT explanations_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT confidence_enum CHECK (confidence IN ('high', 'medium', 'low')),
    CONSTRAINT data_quality_score_range
    CHECK ((data_quality_score >= 0 AND data_quality_score <= 100) OR data_quality_score IS NULL),
    CONSTRAINT explanations_confidence_check CHECK (confidence IN ('high', 'medium', 'low'))
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
    CONSTRAINT provider_name_enum CHECK (provider IN ('samsara', 'geotab', 'fleet_complete'))
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
    CONSTRAINT vehicle_generations_make_model_body_style_year_start_year_e_key
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
    CONSTRAINT vehicle_metrics_tenant_id_vehicle_id_metric_date_period_typ_key
    UNIQUE (tenant_id, vehicle_id, metric_date, period_type),
    CONSTRAINT vehicle_metrics_tenant_id_fkey
    FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT vehicle_metrics_vehicle_id_fkey
    FOREIGN KEY (vehicle_id) REFERENCES vehicles (id) ON DELETE CASCADE,
    CONSTRAINT brake_wear_pct_range
    CHECK ((brake_wear_pct >= 0 AND brake_wear_pct <= 100) OR brake_wear_pct IS NULL),
    CONSTRAINT data_completeness_pct_range
    CHECK (data_completeness_pct >= 0 AND data_completeness_pct <= 100),
    CONSTRAINT fuel_efficiency_positive CHECK (fuel_efficiency_mpg > 0 OR fuel_efficiency_mpg IS NULL),
    CONSTRAINT harsh_events_non_negative CHECK (harsh_events >= 0),
    CONSTRAINT idle_minutes_non_negative CHECK (idle_minutes >= 0),
    CONSTRAINT miles_driven_non_negative CHECK (miles_driven >= 0 OR miles_driven IS NULL),
    CONSTRAINT vehicle_metrics_period_type_check CHECK (period_type IN ('daily', 'weekly', 'monthly'))
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

-- Their indexes beside those of the keys.

CREATE INDEX idx_audit_log_record_tracking ON audit_log (table_name, record_id, changed_at DESC);
CREATE INDEX idx_audit_log_tenant_table_time ON audit_log (tenant_id, table_name, changed_at DESC);

CREATE INDEX explanations_confidence_idx ON explanations (confidence);
CREATE INDEX explanations_created_idx ON explanations (tenant_id, created_at DESC);
CREATE INDEX explanations_tenant_created_idx ON explanations (tenant_id, created_at DESC);
CREATE INDEX explanations_tenant_vehicle_created_idx
ON explanations (tenant_id, vehicle_id, created_at DESC);

CREATE INDEX idx_image_queue_canonical_key ON image_generation_queue (canonical_key);
CREATE INDEX idx_image_queue_status_priority ON image_generation_queue (status, priority, created_at);

CREATE INDEX manual_events_tenant_created_idx ON manual_events (tenant_id, created_at DESC);
CREATE INDEX manual_events_tenant_vehicle_type_idx
ON manual_events (tenant_id, vehicle_id, event_type, created_at DESC);
CREATE INDEX manual_events_upload_idx ON manual_events (source_upload_id) WHERE source_upload_id IS NOT NULL;

CREATE INDEX provider_integrations_active_idx
ON provider_integrations (tenant_id, is_active)
WHERE is_active = TRUE;
CREATE INDEX provider_integrations_tenant_provider_idx ON provider_integrations (tenant_id, provider);

CREATE INDEX uploads_tenant_created_idx ON uploads (tenant_id, created_at DESC);
CREATE INDEX uploads_tenant_vehicle_kind_idx ON uploads (tenant_id, vehicle_id, kind, created_at DESC);

CREATE INDEX usage_counters_day_idx ON usage_counters (day DESC);
CREATE INDEX usage_counters_tenant_day_idx ON usage_counters (tenant_id, day DESC);

CREATE INDEX idx_vehicle_generations_canonical
ON vehicle_generations (make, model, body_style, canonical_generation);
CREATE INDEX idx_vehicle_generations_lookup
ON vehicle_generations (make, model, body_style, year_start, year_end);

CREATE INDEX vehicle_metrics_tenant_date_idx ON vehicle_metrics (tenant_id, metric_date DESC);
CREATE INDEX vehicle_metrics_tenant_vehicle_date_idx
ON vehicle_metrics (tenant_id, vehicle_id, metric_date DESC);

CREATE INDEX idx_vehicle_onboarding_created_at ON vehicle_onboarding (created_at);
CREATE INDEX idx_vehicle_onboarding_tenant_step ON vehicle_onboarding (tenant_id, step);

CREATE INDEX idx_vin_cache_created_at ON vin_cache (created_at);
