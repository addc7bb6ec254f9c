-- What all migrations make together. A test writes this file from the server's catalogue: it is here to be read, and
-- so that a change of the schema shows in review. Nothing is ever made from it.

CREATE TABLE assessment (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    rubric_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    criterion_code text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT assessment_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT assessment_key UNIQUE (rubric_id, unit_id, criterion_code),
    CONSTRAINT assessment_pkey PRIMARY KEY (id),
    CONSTRAINT assessment_rubric_id_fkey FOREIGN KEY (rubric_id) REFERENCES scoring_rubric(id),
    CONSTRAINT assessment_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT assessment_version_check CHECK ((version > 0))
);

CREATE TABLE attachment (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid,
    unit_id uuid NOT NULL,
    report_id uuid,
    content_id uuid NOT NULL,
    content_kept boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    measurement_id uuid,
    carried_from_id uuid,
    document_id uuid,
    incoming_document_id uuid,
    CONSTRAINT attachment_campaign_check CHECK (((campaign_id IS NOT NULL) OR (num_nonnulls(document_id, incoming_document_id) = 1))),
    CONSTRAINT attachment_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT attachment_carried_from_id_fkey FOREIGN KEY (carried_from_id) REFERENCES attachment(id),
    CONSTRAINT attachment_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT attachment_incoming_document_id_fkey FOREIGN KEY (incoming_document_id) REFERENCES incoming_document(id),
    CONSTRAINT attachment_measurement_id_fkey FOREIGN KEY (measurement_id) REFERENCES measurement(id),
    CONSTRAINT attachment_owner_check CHECK ((num_nonnulls(report_id, measurement_id, document_id, incoming_document_id) = 1)),
    CONSTRAINT attachment_pkey PRIMARY KEY (id),
    CONSTRAINT attachment_report_id_fkey FOREIGN KEY (report_id) REFERENCES report(id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT attachment_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT attachment_version_check CHECK ((version > 0))
);

CREATE TABLE calendar_day (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    day date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT calendar_day_pkey PRIMARY KEY (id),
    CONSTRAINT calendar_day_version_check CHECK ((version > 0))
);

CREATE TABLE campaign (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    code text NOT NULL,
    issuer_unit_id uuid NOT NULL,
    coordinating_unit_id uuid NOT NULL,
    folded_title text NOT NULL,
    started_on date,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT campaign_code_key UNIQUE (code),
    CONSTRAINT campaign_coordinating_unit_id_fkey FOREIGN KEY (coordinating_unit_id) REFERENCES unit(id),
    CONSTRAINT campaign_issuer_unit_id_fkey FOREIGN KEY (issuer_unit_id) REFERENCES unit(id),
    CONSTRAINT campaign_pkey PRIMARY KEY (id),
    CONSTRAINT campaign_version_check CHECK ((version > 0))
);

CREATE TABLE consolidated_report (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    replaces_id uuid,
    supplements_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    kind text NOT NULL,
    CONSTRAINT consolidated_report_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT consolidated_report_pkey PRIMARY KEY (id),
    CONSTRAINT consolidated_report_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES consolidated_report(id),
    CONSTRAINT consolidated_report_supplements_id_fkey FOREIGN KEY (supplements_id) REFERENCES consolidated_report(id),
    CONSTRAINT consolidated_report_version_check CHECK ((version > 0))
);

CREATE TABLE delivery (
    dispatch_id uuid NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    orders integer NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    given_up_at timestamp with time zone,
    failure text,
    CONSTRAINT delivery_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT delivery_check CHECK (((delivered_at IS NULL) OR (given_up_at IS NULL))),
    CONSTRAINT delivery_dispatch_id_fkey FOREIGN KEY (dispatch_id) REFERENCES dispatch(id),
    CONSTRAINT delivery_pkey PRIMARY KEY (dispatch_id)
);

CREATE TABLE dispatch (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    report_id uuid NOT NULL,
    document_id uuid NOT NULL,
    channel text NOT NULL,
    decides boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    orders integer NOT NULL,
    CONSTRAINT dispatch_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT dispatch_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id),
    CONSTRAINT dispatch_pkey PRIMARY KEY (id),
    CONSTRAINT dispatch_report_id_fkey FOREIGN KEY (report_id) REFERENCES consolidated_report(id),
    CONSTRAINT dispatch_version_check CHECK ((version > 0))
);

CREATE TABLE document (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid,
    issuer_unit_id uuid NOT NULL,
    type text NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    issued_on date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    series_id uuid,
    folded_subject text NOT NULL,
    place bigint GENERATED ALWAYS AS ((((year)::bigint * 1000000) + number)) STORED NOT NULL,
    dispatch_due_before timestamp with time zone,
    shown_to uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT document_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT document_issuer_unit_id_fkey FOREIGN KEY (issuer_unit_id) REFERENCES unit(id),
    CONSTRAINT document_number_check CHECK ((number > 0)),
    CONSTRAINT document_number_key UNIQUE (issuer_unit_id, type, year, number),
    CONSTRAINT document_pkey PRIMARY KEY (id),
    CONSTRAINT document_series_id_fkey FOREIGN KEY (series_id) REFERENCES document_series(id),
    CONSTRAINT document_version_check CHECK ((version > 0))
);

CREATE TABLE document_series (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    issuer_unit_id uuid NOT NULL,
    type text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT document_series_issuer_unit_id_fkey FOREIGN KEY (issuer_unit_id) REFERENCES unit(id),
    CONSTRAINT document_series_pkey PRIMARY KEY (id),
    CONSTRAINT document_series_version_check CHECK ((version > 0))
);

CREATE TABLE event (
    id uuid NOT NULL,
    staged bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    object_type text NOT NULL,
    object_id uuid NOT NULL,
    object_version bigint NOT NULL,
    action text NOT NULL,
    campaign_id uuid,
    unit_id uuid,
    principal_id uuid NOT NULL,
    entry text NOT NULL,
    salt bytea NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT event_pkey PRIMARY KEY (id),
    CONSTRAINT event_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principal(id)
);

CREATE TABLE event_queue (
    event_id uuid NOT NULL,
    staged bigint NOT NULL,
    CONSTRAINT event_queue_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
    CONSTRAINT event_queue_pkey PRIMARY KEY (event_id)
);

CREATE TABLE gone_address (
    address text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT gone_address_pkey PRIMARY KEY (address)
);

CREATE TABLE idempotency (
    principal_id uuid NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    event_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT idempotency_fingerprint_check CHECK ((length(fingerprint) = 32)),
    CONSTRAINT idempotency_pkey PRIMARY KEY (principal_id, key),
    CONSTRAINT idempotency_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principal(id)
);

CREATE TABLE import (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid,
    unit_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT import_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT import_pkey PRIMARY KEY (id),
    CONSTRAINT import_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT import_version_check CHECK ((version > 0))
);

CREATE TABLE incoming_document (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    receiver_unit_id uuid NOT NULL,
    year integer NOT NULL,
    number integer NOT NULL,
    arrived_on date NOT NULL,
    dated_on date NOT NULL,
    folded_sender text NOT NULL,
    symbol text,
    folded_subject text NOT NULL,
    place bigint GENERATED ALWAYS AS ((((year)::bigint * 1000000) + number)) STORED NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT incoming_document_number_check CHECK ((number > 0)),
    CONSTRAINT incoming_document_number_key UNIQUE (receiver_unit_id, year, number),
    CONSTRAINT incoming_document_pkey PRIMARY KEY (id),
    CONSTRAINT incoming_document_receiver_unit_id_fkey FOREIGN KEY (receiver_unit_id) REFERENCES unit(id),
    CONSTRAINT incoming_document_version_check CHECK ((version > 0))
);

CREATE TABLE instance (
    singleton boolean DEFAULT true NOT NULL,
    cursor_key bytea DEFAULT sha256((((gen_random_uuid())::text || (gen_random_uuid())::text))::bytea) NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT instance_pkey PRIMARY KEY (singleton),
    CONSTRAINT instance_singleton_check CHECK (singleton)
);

CREATE TABLE log_entry (
    seq bigint NOT NULL,
    event_id uuid NOT NULL,
    leaf_hash bytea NOT NULL,
    sequenced_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT log_entry_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
    CONSTRAINT log_entry_event_key UNIQUE (event_id),
    CONSTRAINT log_entry_leaf_hash_check CHECK ((length(leaf_hash) = 32)),
    CONSTRAINT log_entry_pkey PRIMARY KEY (seq),
    CONSTRAINT log_entry_seq_check CHECK ((seq > 0))
);

CREATE TABLE mail (
    notification_id uuid NOT NULL,
    principal_id uuid NOT NULL,
    queued_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    failure text,
    CONSTRAINT mail_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT mail_check CHECK (((sent_at IS NULL) OR (given_up_at IS NULL))),
    CONSTRAINT mail_notification_id_fkey FOREIGN KEY (notification_id) REFERENCES notification(id) ON DELETE CASCADE,
    CONSTRAINT mail_pkey PRIMARY KEY (notification_id),
    CONSTRAINT mail_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principal(id)
);

CREATE TABLE mail_address (
    principal_id uuid NOT NULL,
    address text NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT mail_address_pkey PRIMARY KEY (principal_id),
    CONSTRAINT mail_address_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principal(id)
);

CREATE TABLE measurement (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    target_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    event_id uuid NOT NULL,
    as_of date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    CONSTRAINT measurement_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT measurement_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT measurement_event_key UNIQUE (event_id),
    CONSTRAINT measurement_pkey PRIMARY KEY (id),
    CONSTRAINT measurement_target_id_fkey FOREIGN KEY (target_id) REFERENCES target(id),
    CONSTRAINT measurement_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT measurement_version_check CHECK ((version = 1))
);

CREATE TABLE migration (
    name text NOT NULL,
    digest text NOT NULL,
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT migration_pkey PRIMARY KEY (name)
);

CREATE TABLE notification (
    id uuid NOT NULL,
    principal_id uuid NOT NULL,
    reminder_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT notification_pkey PRIMARY KEY (id),
    CONSTRAINT notification_principal_id_fkey FOREIGN KEY (principal_id) REFERENCES principal(id),
    CONSTRAINT notification_reminder_id_fkey FOREIGN KEY (reminder_id) REFERENCES reminder(id),
    CONSTRAINT notification_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE period (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    due_before timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT period_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT period_code_key UNIQUE (campaign_id, code),
    CONSTRAINT period_pkey PRIMARY KEY (id),
    CONSTRAINT period_version_check CHECK ((version > 0))
);

CREATE TABLE period_schedule (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT period_schedule_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT period_schedule_pkey PRIMARY KEY (id),
    CONSTRAINT period_schedule_version_check CHECK ((version > 0))
);

CREATE TABLE principal (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    title text,
    unit_id uuid,
    grants jsonb NOT NULL,
    disabled_at timestamp with time zone,
    not_before timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT principal_identity_key UNIQUE (issuer, subject),
    CONSTRAINT principal_pkey PRIMARY KEY (id),
    CONSTRAINT principal_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT principal_version_check CHECK ((version > 0))
);

CREATE TABLE registration (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    corrects_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT registration_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT registration_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES registration(id),
    CONSTRAINT registration_pkey PRIMARY KEY (id),
    CONSTRAINT registration_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT registration_version_check CHECK ((version > 0))
);

CREATE TABLE reminded_unit (
    reminder_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    rule_id uuid,
    subject_id uuid NOT NULL,
    due_before timestamp with time zone,
    CONSTRAINT reminded_unit_pkey PRIMARY KEY (reminder_id, unit_id),
    CONSTRAINT reminded_unit_reminder_id_fkey FOREIGN KEY (reminder_id) REFERENCES reminder(id),
    CONSTRAINT reminded_unit_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES reminder_rule(id),
    CONSTRAINT reminded_unit_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);

CREATE TABLE reminder (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT reminder_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT reminder_pkey PRIMARY KEY (id),
    CONSTRAINT reminder_version_check CHECK ((version > 0))
);

CREATE TABLE reminder_rule (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    code text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT reminder_rule_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT reminder_rule_code_key UNIQUE (campaign_id, code),
    CONSTRAINT reminder_rule_pkey PRIMARY KEY (id),
    CONSTRAINT reminder_rule_version_check CHECK ((version > 0))
);

CREATE TABLE report (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    period_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    corrects_id uuid,
    submitted_at timestamp with time zone,
    late boolean,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT report_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT report_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES report(id),
    CONSTRAINT report_period_id_fkey FOREIGN KEY (period_id) REFERENCES period(id),
    CONSTRAINT report_pkey PRIMARY KEY (id),
    CONSTRAINT report_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT report_version_check CHECK ((version > 0))
);

CREATE TABLE scoring_rubric (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT scoring_rubric_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT scoring_rubric_pkey PRIMARY KEY (id),
    CONSTRAINT scoring_rubric_version_check CHECK ((version > 0))
);

CREATE TABLE target (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    code text NOT NULL,
    task_code text,
    movement_code text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    current_id uuid,
    current_as_of date,
    current_value jsonb,
    measured_from date,
    reached_days datemultirange DEFAULT '{}'::datemultirange,
    project_code text,
    restricted boolean NOT NULL,
    CONSTRAINT target_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT target_code_key UNIQUE (campaign_id, unit_id, code),
    CONSTRAINT target_pkey PRIMARY KEY (id),
    CONSTRAINT target_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
    CONSTRAINT target_version_check CHECK ((version > 0))
);

CREATE TABLE unit (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    code text NOT NULL,
    type text NOT NULL,
    folded_name text NOT NULL,
    parent_id uuid,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    valid_from date NOT NULL,
    valid_before date,
    faces jsonb NOT NULL,
    heritage jsonb NOT NULL,
    CONSTRAINT unit_code_key UNIQUE (code),
    CONSTRAINT unit_lives CHECK ((valid_from < valid_before)),
    CONSTRAINT unit_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES unit(id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT unit_pkey PRIMARY KEY (id),
    CONSTRAINT unit_version_check CHECK ((version > 0))
);

CREATE TABLE validation_rule (
    id uuid NOT NULL,
    version bigint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid NOT NULL,
    code text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state jsonb NOT NULL,
    CONSTRAINT validation_rule_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaign(id),
    CONSTRAINT validation_rule_code_key UNIQUE (campaign_id, code),
    CONSTRAINT validation_rule_pkey PRIMARY KEY (id),
    CONSTRAINT validation_rule_version_check CHECK ((version > 0))
);

CREATE TABLE version (
    object_type text NOT NULL,
    object_id uuid NOT NULL,
    version bigint NOT NULL,
    event_id uuid NOT NULL,
    schema smallint NOT NULL,
    stage text NOT NULL,
    campaign_id uuid,
    unit_id uuid,
    state text NOT NULL,
    CONSTRAINT version_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT version_event_key UNIQUE (event_id),
    CONSTRAINT version_pkey PRIMARY KEY (object_type, object_id, version),
    CONSTRAINT version_version_check CHECK ((version > 0))
);

CREATE INDEX assessment_campaign_idx ON public.assessment USING btree (campaign_id);

CREATE INDEX assessment_rubric_idx ON public.assessment USING btree (rubric_id, id);

CREATE INDEX assessment_unit_idx ON public.assessment USING btree (unit_id, id);

CREATE INDEX attachment_campaign_idx ON public.attachment USING btree (campaign_id, id);

CREATE INDEX attachment_carried_from_idx ON public.attachment USING btree (carried_from_id);

CREATE INDEX attachment_content_idx ON public.attachment USING btree (content_id);

CREATE UNIQUE INDEX attachment_content_key ON public.attachment USING btree (content_id) WHERE (carried_from_id IS NULL);

CREATE INDEX attachment_document_idx ON public.attachment USING btree (document_id, id);

CREATE INDEX attachment_incoming_document_idx ON public.attachment USING btree (incoming_document_id, id);

CREATE INDEX attachment_measurement_idx ON public.attachment USING btree (measurement_id, id);

CREATE INDEX attachment_report_idx ON public.attachment USING btree (report_id, id);

CREATE UNIQUE INDEX attachment_signed_copy_key ON public.attachment USING btree (document_id) WHERE (stage = 'ATTACHED'::text);

CREATE INDEX attachment_unit_idx ON public.attachment USING btree (unit_id, id);

CREATE INDEX calendar_day_day_idx ON public.calendar_day USING btree (day);

CREATE UNIQUE INDEX calendar_day_key ON public.calendar_day USING btree (day) WHERE (stage = 'IN_FORCE'::text);

CREATE INDEX campaign_coordinating_idx ON public.campaign USING btree (coordinating_unit_id);

CREATE INDEX campaign_issuer_idx ON public.campaign USING btree (issuer_unit_id);

CREATE INDEX consolidated_report_campaign_idx ON public.consolidated_report USING btree (campaign_id, id);

CREATE INDEX consolidated_report_replaces_idx ON public.consolidated_report USING btree (replaces_id);

CREATE INDEX consolidated_report_supplements_idx ON public.consolidated_report USING btree (supplements_id);

CREATE INDEX delivery_waiting_idx ON public.delivery USING btree (next_attempt_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX dispatch_campaign_idx ON public.dispatch USING btree (campaign_id, id);

CREATE UNIQUE INDEX dispatch_decides_key ON public.dispatch USING btree (report_id) WHERE decides;

CREATE INDEX dispatch_document_idx ON public.dispatch USING btree (document_id);

CREATE INDEX dispatch_report_idx ON public.dispatch USING btree (report_id, id);

CREATE INDEX document_campaign_idx ON public.document USING btree (campaign_id, id);

CREATE INDEX document_place_idx ON public.document USING btree (place, id);

CREATE UNIQUE INDEX document_series_number_key ON public.document USING btree (series_id, year, number);

CREATE INDEX document_shown_to_idx ON public.document USING gin (shown_to);

CREATE UNIQUE INDEX document_series_active_key ON public.document_series USING btree (issuer_unit_id, COALESCE(type, ''::text)) WHERE (stage = 'ACTIVE'::text);

CREATE INDEX document_series_issuer_idx ON public.document_series USING btree (issuer_unit_id, id);

CREATE INDEX event_object_idx ON public.event USING btree (object_type, object_id, object_version);

CREATE INDEX event_principal_idx ON public.event USING btree (principal_id);

CREATE INDEX idempotency_age_idx ON public.idempotency USING btree (created_at);

CREATE INDEX import_campaign_idx ON public.import USING btree (campaign_id, id);

CREATE INDEX import_unit_idx ON public.import USING btree (unit_id, id);

CREATE INDEX incoming_document_place_idx ON public.incoming_document USING btree (place, id);

CREATE UNIQUE INDEX incoming_document_symbol_key ON public.incoming_document USING btree (receiver_unit_id, folded_sender, symbol, dated_on) WHERE (symbol IS NOT NULL);

CREATE INDEX mail_given_up_idx ON public.mail USING btree (notification_id) WHERE (given_up_at IS NOT NULL);

CREATE INDEX mail_principal_idx ON public.mail USING btree (principal_id);

CREATE INDEX mail_waiting_idx ON public.mail USING btree (next_attempt_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX measurement_campaign_idx ON public.measurement USING btree (campaign_id, id);

CREATE INDEX measurement_campaign_recorded_idx ON public.measurement USING btree (campaign_id, created_at);

CREATE INDEX measurement_target_day_idx ON public.measurement USING btree (target_id, as_of, id);

CREATE INDEX measurement_target_idx ON public.measurement USING btree (target_id, id);

CREATE INDEX measurement_unit_idx ON public.measurement USING btree (unit_id, id);

CREATE INDEX notification_age_idx ON public.notification USING btree (created_at);

CREATE INDEX notification_principal_idx ON public.notification USING btree (principal_id, id);

CREATE INDEX notification_reminder_idx ON public.notification USING btree (reminder_id);

CREATE INDEX notification_unit_idx ON public.notification USING btree (unit_id);

CREATE INDEX period_schedule_campaign_idx ON public.period_schedule USING btree (campaign_id, id);

CREATE INDEX principal_unit_idx ON public.principal USING btree (unit_id);

CREATE UNIQUE INDEX registration_accepted_key ON public.registration USING btree (campaign_id, unit_id) WHERE (stage = 'ACCEPTED'::text);

CREATE INDEX registration_campaign_idx ON public.registration USING btree (campaign_id, id);

CREATE INDEX registration_corrects_idx ON public.registration USING btree (corrects_id);

CREATE UNIQUE INDEX registration_open_key ON public.registration USING btree (campaign_id, unit_id) WHERE (stage = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'RETURNED'::text]));

CREATE INDEX registration_unit_idx ON public.registration USING btree (unit_id, id);

CREATE UNIQUE INDEX reminded_once_key ON public.reminded_unit USING btree (rule_id, subject_id, due_before, unit_id);

CREATE INDEX reminded_unit_unit_idx ON public.reminded_unit USING btree (unit_id);

CREATE INDEX reminder_campaign_idx ON public.reminder USING btree (campaign_id, id);

CREATE INDEX report_campaign_idx ON public.report USING btree (campaign_id, id);

CREATE UNIQUE INDEX report_correction_key ON public.report USING btree (period_id, unit_id) WHERE ((corrects_id IS NOT NULL) AND (stage = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'RETURNED'::text])));

CREATE INDEX report_corrects_idx ON public.report USING btree (corrects_id);

CREATE UNIQUE INDEX report_original_key ON public.report USING btree (period_id, unit_id) WHERE ((corrects_id IS NULL) AND (stage <> 'SUPERSEDED'::text));

CREATE UNIQUE INDEX report_own_number_key ON public.report USING btree (unit_id, ((state #>> '{ownNumber,symbol}'::text[])), "left"((state #>> '{ownNumber,issuedOn}'::text[]), 4));

CREATE INDEX report_period_idx ON public.report USING btree (period_id, id);

CREATE INDEX report_unit_idx ON public.report USING btree (unit_id, id);

CREATE UNIQUE INDEX scoring_rubric_active_key ON public.scoring_rubric USING btree (campaign_id) WHERE (stage = 'ACTIVE'::text);

CREATE INDEX scoring_rubric_campaign_idx ON public.scoring_rubric USING btree (campaign_id, created_at, id);

CREATE INDEX target_campaign_code_idx ON public.target USING btree (campaign_id, code);

CREATE INDEX target_read_alone_idx ON public.target USING btree (campaign_id) WHERE (reached_days IS NULL);

CREATE INDEX target_unit_idx ON public.target USING btree (unit_id, id);

CREATE INDEX unit_parent_idx ON public.unit USING btree (parent_id);

ALTER TABLE assessment ENABLE ROW LEVEL SECURITY;

ALTER TABLE attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE event ENABLE ROW LEVEL SECURITY;

ALTER TABLE import ENABLE ROW LEVEL SECURITY;

ALTER TABLE measurement ENABLE ROW LEVEL SECURITY;

ALTER TABLE notification ENABLE ROW LEVEL SECURITY;

ALTER TABLE registration ENABLE ROW LEVEL SECURITY;

ALTER TABLE reminded_unit ENABLE ROW LEVEL SECURITY;

ALTER TABLE report ENABLE ROW LEVEL SECURITY;

ALTER TABLE target ENABLE ROW LEVEL SECURITY;

ALTER TABLE version ENABLE ROW LEVEL SECURITY;

CREATE POLICY unit_scope ON assessment FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY shown_lock ON attachment FOR UPDATE TO public
    USING (((document_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM document d
  WHERE ((d.id = attachment.document_id) AND (d.shown_to && ( SELECT (
                CASE
                    WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
                    ELSE current_setting('app.scope'::text, true)
                END)::uuid[] AS current_setting)))))))
    WITH CHECK (false);

CREATE POLICY shown_scope ON attachment FOR SELECT TO public
    USING (((document_id IS NOT NULL) AND (EXISTS ( SELECT
   FROM document d
  WHERE ((d.id = attachment.document_id) AND (d.shown_to && ( SELECT (
                CASE
                    WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
                    ELSE current_setting('app.scope'::text, true)
                END)::uuid[] AS current_setting)))))));

CREATE POLICY unit_scope ON attachment FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON event FOR ALL TO public
    USING (((unit_id IS NULL) OR (object_type = ANY (ARRAY['unit'::text, 'principal'::text])) OR ( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON import FOR ALL TO public
    USING (((unit_id IS NULL) OR ( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON measurement FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON notification FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON registration FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON reminded_unit FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON report FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON target FOR ALL TO public
    USING ((( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE POLICY unit_scope ON version FOR ALL TO public
    USING (((unit_id IS NULL) OR (object_type = ANY (ARRAY['unit'::text, 'principal'::text])) OR ( SELECT (current_setting('app.scope'::text, true) = '*'::text)) OR (unit_id = ANY (( SELECT (
        CASE
            WHEN (current_setting('app.scope'::text, true) = ANY (ARRAY[''::text, '*'::text])) THEN '{}'::text
            ELSE current_setting('app.scope'::text, true)
        END)::uuid[] AS current_setting)::uuid[]))));

CREATE OR REPLACE FUNCTION public.forget_reached_days()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
BEGIN
    NEW.reached_days := CASE WHEN NEW.measured_from IS NULL THEN '{}'::datemultirange END;
    RETURN NEW;
END $function$
;

CREATE OR REPLACE FUNCTION public.incoming_number_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'an entry of the incoming register keeps its number and its book' USING ERRCODE = 'insufficient_privilege';
END $function$
;

CREATE OR REPLACE FUNCTION public.issued_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'what was issued is never changed' USING ERRCODE = 'insufficient_privilege';
END $function$
;

CREATE OR REPLACE FUNCTION public.measured_until(campaign uuid, codes text[], until date)
 RETURNS TABLE(unit_id uuid, target_code text, unit_type text, as_of date, value jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    SELECT t.unit_id, t.code, u.type, last.as_of, last.value
    FROM target t
    JOIN unit u ON u.id = t.unit_id
    CROSS JOIN LATERAL (
        SELECT m.as_of, m.state::jsonb -> 'value' AS value FROM measurement m
        WHERE m.target_id = t.id AND m.as_of <= until ORDER BY m.as_of DESC, m.id DESC LIMIT 1) AS last
    WHERE t.campaign_id = campaign AND t.stage = 'ACTIVE' AND t.code = ANY (codes)
$function$
;

CREATE OR REPLACE FUNCTION public.take_directory(exclusive boolean)
 RETURNS uuid
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE
    campaign uuid;
BEGIN
    IF NOT exclusive THEN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('directory', 0));
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('directory', 0));
    FOR campaign IN SELECT c.id FROM campaign c ORDER BY c.id LOOP
        PERFORM pg_advisory_xact_lock(hashtextextended(campaign::text, 0));
    END LOOP;
    RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.take_fence(kind text, object uuid, exclusive boolean)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
DECLARE
    campaign uuid;
BEGIN
    CASE kind
        WHEN 'campaign' THEN SELECT c.id INTO campaign FROM campaign c WHERE c.id = object;
        WHEN 'period' THEN SELECT p.campaign_id INTO campaign FROM period p WHERE p.id = object;
        WHEN 'registration' THEN SELECT r.campaign_id INTO campaign FROM registration r WHERE r.id = object;
        WHEN 'target' THEN SELECT t.campaign_id INTO campaign FROM target t WHERE t.id = object;
        WHEN 'measurement' THEN SELECT m.campaign_id INTO campaign FROM measurement m WHERE m.id = object;
        WHEN 'report' THEN SELECT r.campaign_id INTO campaign FROM report r WHERE r.id = object;
        WHEN 'attachment' THEN SELECT a.campaign_id INTO campaign FROM attachment a WHERE a.id = object;
        WHEN 'consolidatedReport' THEN
            SELECT r.campaign_id INTO campaign FROM consolidated_report r WHERE r.id = object;
        WHEN 'dispatch' THEN SELECT d.campaign_id INTO campaign FROM dispatch d WHERE d.id = object;
        WHEN 'document' THEN SELECT d.campaign_id INTO campaign FROM document d WHERE d.id = object;
        WHEN 'incomingDocument' THEN campaign := NULL;
    END CASE;
    IF campaign IS NULL THEN
        RETURN NULL;
    END IF;
    IF exclusive THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(campaign::text, 0));
    ELSE
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(campaign::text, 0));
    END IF;
    RETURN campaign;
END $function$
;

CREATE TRIGGER issued_stays BEFORE UPDATE ON public.document FOR EACH ROW WHEN ((((old.state - '{root,stage,affectedBy,signedCopy,shownTo}'::text[]) IS DISTINCT FROM (new.state - '{root,stage,affectedBy,signedCopy,shownTo}'::text[])) OR ((old.stage = 'DISPATCHED'::text) AND ((old.state -> 'signedCopy'::text) IS DISTINCT FROM (new.state -> 'signedCopy'::text))) OR (NOT (old.shown_to <@ new.shown_to)))) EXECUTE FUNCTION issued_stays();

CREATE TRIGGER incoming_number_stays BEFORE UPDATE ON public.incoming_document FOR EACH ROW WHEN ((((old.receiver_unit_id IS DISTINCT FROM new.receiver_unit_id) OR (old.year IS DISTINCT FROM new.year)) OR (old.number IS DISTINCT FROM new.number))) EXECUTE FUNCTION incoming_number_stays();

CREATE TRIGGER target_asks_anew BEFORE UPDATE OF state ON public.target FOR EACH ROW WHEN (((old.state -> 'measure'::text) IS DISTINCT FROM (new.state -> 'measure'::text))) EXECUTE FUNCTION forget_reached_days();

GRANT INSERT, SELECT, UPDATE ON assessment TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON attachment TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON calendar_day TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON campaign TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON consolidated_report TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON delivery TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON dispatch TO thidua_app;

GRANT INSERT, SELECT ON document TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON document_series TO thidua_app;

GRANT SELECT ON event TO thidua_app;

GRANT DELETE, INSERT, SELECT ON event_queue TO thidua_app;

GRANT DELETE, INSERT, SELECT ON gone_address TO thidua_app;

GRANT DELETE, INSERT, SELECT ON idempotency TO thidua_app;

GRANT INSERT, SELECT ON import TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON incoming_document TO thidua_app;

GRANT SELECT ON instance TO thidua_app;

GRANT SELECT ON log_entry TO thidua_app;

GRANT DELETE, INSERT, SELECT, UPDATE ON mail TO thidua_app;

GRANT DELETE, INSERT, SELECT, UPDATE ON mail_address TO thidua_app;

GRANT INSERT, SELECT ON measurement TO thidua_app;

GRANT SELECT ON migration TO thidua_app;

GRANT DELETE, INSERT, SELECT ON notification TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON period TO thidua_app;

GRANT INSERT, SELECT ON period_schedule TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON principal TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON registration TO thidua_app;

GRANT INSERT, SELECT ON reminded_unit TO thidua_app;

GRANT INSERT, SELECT ON reminder TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON reminder_rule TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON report TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON scoring_rubric TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON target TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON unit TO thidua_app;

GRANT INSERT, SELECT, UPDATE ON validation_rule TO thidua_app;

GRANT INSERT, SELECT ON version TO thidua_app;

GRANT UPDATE (version, stage, updated_at, state, shown_to) ON document TO thidua_app;

GRANT INSERT (id, object_type, object_id, object_version, action, campaign_id, unit_id, principal_id, entry, salt) ON event TO thidua_app;

GRANT INSERT (seq, event_id, leaf_hash) ON log_entry TO thidua_app;

GRANT UPDATE (read_at) ON notification TO thidua_app;

GRANT EXECUTE ON FUNCTION forget_reached_days TO PUBLIC;

GRANT EXECUTE ON FUNCTION incoming_number_stays TO PUBLIC;

GRANT EXECUTE ON FUNCTION issued_stays TO PUBLIC;

GRANT EXECUTE ON FUNCTION measured_until TO thidua_app;

GRANT EXECUTE ON FUNCTION take_directory TO thidua_app;

GRANT EXECUTE ON FUNCTION take_fence TO thidua_app;
