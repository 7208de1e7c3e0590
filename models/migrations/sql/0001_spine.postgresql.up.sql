CREATE TABLE seal (
    n SERIAL NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    cases INTEGER NOT NULL,
    events INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    previous VARCHAR(64) NOT NULL,
    signature VARCHAR(64) NOT NULL,
    CONSTRAINT pk_seal PRIMARY KEY (n)
);

CREATE TABLE job_run (
    job VARCHAR(40) NOT NULL,
    period VARCHAR(20) NOT NULL,
    lease_by VARCHAR(100) NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    attempts INTEGER NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR(10),
    said VARCHAR,
    CONSTRAINT pk_job_run PRIMARY KEY (job, period),
    CONSTRAINT ck_job_run_done_with_outcome CHECK ((outcome IS NULL) = (done_at IS NULL))
);

CREATE TABLE heartbeat (
    work VARCHAR(20) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    done INTEGER NOT NULL,
    CONSTRAINT pk_heartbeat PRIMARY KEY (work)
);

CREATE TABLE council (
    id UUID NOT NULL,
    code VARCHAR(12) NOT NULL,
    name VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    province VARCHAR,
    sample BOOLEAN NOT NULL,
    reference_version INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_council PRIMARY KEY (id),
    CONSTRAINT ck_council_level_known CHECK (level IN ('hamlet', 'commune', 'province', 'central')),
    CONSTRAINT uq_council_code UNIQUE (code)
);

CREATE TABLE taxon (
    scheme VARCHAR(20) NOT NULL,
    code VARCHAR(40) NOT NULL,
    name_vi VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    parent VARCHAR,
    aliases VARCHAR NOT NULL,
    CONSTRAINT pk_taxon PRIMARY KEY (scheme, code)
);

CREATE TABLE calendar_version (
    version VARCHAR(40) NOT NULL,
    first_year INTEGER NOT NULL,
    last_year INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_calendar_version PRIMARY KEY (version)
);

CREATE TABLE regulation (
    id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    version VARCHAR(20) NOT NULL,
    title VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    digest VARCHAR(64) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_regulation PRIMARY KEY (id),
    CONSTRAINT uq_regulation_code_version UNIQUE (code, version),
    CONSTRAINT ck_regulation_status_known CHECK (status IN ('in_force', 'sample', 'reference'))
);

CREATE TABLE seal_entry (
    seal_n INTEGER NOT NULL,
    case_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    head_hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_seal_entry PRIMARY KEY (seal_n, case_id),
    CONSTRAINT fk_seal_entry_seal_n FOREIGN KEY(seal_n) REFERENCES seal (n)
);

CREATE INDEX ix_seal_entry_case ON seal_entry (case_id, seq);

CREATE TABLE person_data (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    salt VARCHAR(64) NOT NULL,
    name VARCHAR,
    address VARCHAR,
    phone VARCHAR,
    erased_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_person_data PRIMARY KEY (id),
    CONSTRAINT fk_person_data_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE INDEX ix_person_data_council_id ON person_data (council_id);

CREATE TABLE agency (
    id UUID NOT NULL,
    council_id UUID,
    code VARCHAR(40) NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    aliases VARCHAR NOT NULL,
    valid_from DATE,
    valid_to DATE,
    successor_id UUID,
    contact VARCHAR,
    CONSTRAINT pk_agency PRIMARY KEY (id),
    CONSTRAINT uq_agency_council_id_code UNIQUE (council_id, code),
    CONSTRAINT ck_agency_kind_known CHECK (kind IN ('council', 'standing_body', 'council_office', 'council_committee', 'deputy_group', 'peoples_committee', 'specialized_agency', 'public_service_unit', 'vertical_agency', 'judicial', 'front', 'mass_organisation', 'enterprise', 'community', 'party', 'assembly_delegation', 'ministry')),
    CONSTRAINT ck_agency_level_known CHECK (level IN ('hamlet', 'commune', 'province', 'central')),
    CONSTRAINT ck_agency_valid_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to),
    CONSTRAINT fk_agency_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_agency_successor_id FOREIGN KEY(successor_id) REFERENCES agency (id)
);

CREATE INDEX ix_agency_council_id ON agency (council_id);

CREATE TABLE council_term (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    name VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE,
    CONSTRAINT pk_council_term PRIMARY KEY (id),
    CONSTRAINT uq_council_term_council_id_code UNIQUE (council_id, code),
    CONSTRAINT fk_council_term_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE TABLE locality (
    id UUID NOT NULL,
    council_id UUID,
    code VARCHAR(60) NOT NULL,
    name VARCHAR NOT NULL,
    aliases VARCHAR NOT NULL,
    CONSTRAINT pk_locality PRIMARY KEY (id),
    CONSTRAINT uq_locality_council_id_code UNIQUE (council_id, code),
    CONSTRAINT fk_locality_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE TABLE person (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    full_name VARCHAR NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT fk_person_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE INDEX ix_person_council_id ON person (council_id);

CREATE TABLE code_series (
    council_id UUID NOT NULL,
    prefix VARCHAR(8) NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT pk_code_series PRIMARY KEY (council_id, prefix, year),
    CONSTRAINT fk_code_series_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE TABLE calendar_day (
    version VARCHAR(40) NOT NULL,
    day DATE NOT NULL,
    kind VARCHAR NOT NULL,
    name_vi VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    enabled BOOLEAN NOT NULL,
    CONSTRAINT pk_calendar_day PRIMARY KEY (version, day),
    CONSTRAINT ck_calendar_day_kind_known CHECK (kind IN ('off', 'worked')),
    CONSTRAINT ck_calendar_day_status_known CHECK (status IN ('announced', 'provisional')),
    CONSTRAINT fk_calendar_day_version FOREIGN KEY(version) REFERENCES calendar_version (version)
);

CREATE TABLE time_limit (
    regulation_id UUID NOT NULL,
    code VARCHAR(60) NOT NULL,
    kind VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    effect VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    enabled BOOLEAN NOT NULL,
    citation VARCHAR NOT NULL,
    CONSTRAINT pk_time_limit PRIMARY KEY (regulation_id, code),
    CONSTRAINT ck_time_limit_effect_known CHECK (effect IN ('statutory', 'regulation', 'service')),
    CONSTRAINT ck_time_limit_status_known CHECK (status IN ('in_force', 'sample', 'reference')),
    CONSTRAINT fk_time_limit_regulation_id FOREIGN KEY(regulation_id) REFERENCES regulation (id)
);

CREATE TABLE agency_contact (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    place INTEGER NOT NULL,
    full_name VARCHAR NOT NULL,
    email VARCHAR(254),
    CONSTRAINT pk_agency_contact PRIMARY KEY (id),
    CONSTRAINT uq_agency_contact_council_id_agency_id_place UNIQUE (council_id, agency_id, place),
    CONSTRAINT ck_agency_contact_contact_or_deputy CHECK (place IN (1, 2)),
    CONSTRAINT fk_agency_contact_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_agency_contact_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE INDEX ix_agency_contact_agency_id ON agency_contact (agency_id);

CREATE TABLE council_setup (
    council_id UUID NOT NULL,
    standing_body_id UUID NOT NULL,
    office_id UUID NOT NULL,
    committee_id UUID,
    front_id UUID,
    explained_counts_as_resolved BOOLEAN NOT NULL,
    numbers_slips BOOLEAN NOT NULL,
    sitting_day INTEGER NOT NULL,
    reception_day INTEGER NOT NULL,
    CONSTRAINT pk_council_setup PRIMARY KEY (council_id),
    CONSTRAINT fk_council_setup_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_council_setup_standing_body_id FOREIGN KEY(standing_body_id) REFERENCES agency (id),
    CONSTRAINT fk_council_setup_office_id FOREIGN KEY(office_id) REFERENCES agency (id),
    CONSTRAINT fk_council_setup_committee_id FOREIGN KEY(committee_id) REFERENCES agency (id),
    CONSTRAINT fk_council_setup_front_id FOREIGN KEY(front_id) REFERENCES agency (id)
);

CREATE TABLE council_session (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    term_id UUID,
    code VARCHAR(40) NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    opening_on DATE,
    closing_on DATE,
    revision INTEGER NOT NULL,
    CONSTRAINT pk_council_session PRIMARY KEY (id),
    CONSTRAINT uq_council_session_council_id_code UNIQUE (council_id, code),
    CONSTRAINT uq_council_session_council_id_id UNIQUE (council_id, id),
    CONSTRAINT ck_council_session_kind_known CHECK (kind IN ('regular', 'thematic', 'extraordinary')),
    CONSTRAINT ck_council_session_dates_in_order CHECK (closing_on IS NULL OR opening_on IS NULL OR opening_on <= closing_on),
    CONSTRAINT fk_council_session_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_council_session_term_id FOREIGN KEY(term_id) REFERENCES council_term (id)
);

CREATE TABLE appointment (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    council_id UUID NOT NULL,
    role VARCHAR NOT NULL,
    capacity VARCHAR,
    valid_from DATE,
    valid_to DATE,
    CONSTRAINT pk_appointment PRIMARY KEY (id),
    CONSTRAINT ck_appointment_role_known CHECK (role IN ('clerk', 'officer', 'head', 'council_office', 'committee', 'standing_body', 'front', 'deputy', 'supervisor', 'auditor', 'administrator', 'public')),
    CONSTRAINT fk_appointment_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_appointment_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
    CONSTRAINT fk_appointment_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE INDEX ix_appointment_person ON appointment (person_id);

CREATE TABLE account (
    id UUID NOT NULL,
    login VARCHAR(120) NOT NULL,
    person_id UUID,
    operator BOOLEAN NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT uq_account_login UNIQUE (login),
    CONSTRAINT fk_account_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE TABLE document (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    type VARCHAR NOT NULL,
    number VARCHAR,
    number_key VARCHAR,
    issued_on DATE,
    issuer_id UUID,
    issuer_written VARCHAR,
    signer VARCHAR,
    signed_as VARCHAR,
    position VARCHAR,
    subject VARCHAR,
    recipients VARCHAR NOT NULL,
    secrecy VARCHAR NOT NULL,
    incoming_number VARCHAR,
    incoming_on DATE,
    replies_to UUID,
    created_by UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_type_known CHECK (type IN ('resolution', 'decision', 'directive', 'regulation', 'rules', 'communique', 'notice', 'guidance', 'programme', 'plan', 'scheme', 'design', 'project', 'report', 'minutes', 'submission', 'contract', 'official_letter', 'urgent_telegram', 'memorandum', 'agreement', 'authorisation', 'invitation', 'introduction', 'leave', 'dispatch_slip', 'transfer_slip', 'report_slip', 'public_letter', 'conclusion', 'other')),
    CONSTRAINT ck_document_signed_as_known CHECK (signed_as IN ('self', 'TM.', 'KT.', 'TL.', 'Q.', 'TUQ.')),
    CONSTRAINT ck_document_secrecy_known CHECK (secrecy IN ('none', 'confidential', 'secret', 'top_secret')),
    CONSTRAINT fk_document_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_document_issuer_id FOREIGN KEY(issuer_id) REFERENCES agency (id),
    CONSTRAINT fk_document_replies_to FOREIGN KEY(replies_to) REFERENCES document (id),
    CONSTRAINT fk_document_created_by FOREIGN KEY(created_by) REFERENCES account (id)
);

CREATE INDEX ix_document_number ON document (council_id, number_key, issued_on);

CREATE INDEX ix_document_replies_to ON document (replies_to);

CREATE TABLE stored_file (
    digest VARCHAR(64) NOT NULL,
    size INTEGER NOT NULL,
    media VARCHAR(100) NOT NULL,
    scan VARCHAR(20) NOT NULL,
    brought_by UUID NOT NULL,
    brought_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_stored_file PRIMARY KEY (digest),
    CONSTRAINT fk_stored_file_brought_by FOREIGN KEY(brought_by) REFERENCES account (id)
);

CREATE TABLE idempotency (
    account_id UUID NOT NULL,
    route VARCHAR(200) NOT NULL,
    key VARCHAR(200) NOT NULL,
    request_digest VARCHAR(64) NOT NULL,
    status INTEGER NOT NULL,
    body VARCHAR NOT NULL,
    headers VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (account_id, route, key),
    CONSTRAINT fk_idempotency_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_idempotency_created_at ON idempotency (created_at);

CREATE TABLE notice_choice (
    account_id UUID NOT NULL,
    email VARCHAR(254),
    digest_at TIME WITHOUT TIME ZONE NOT NULL,
    mail BOOLEAN NOT NULL,
    language VARCHAR(2) NOT NULL,
    redirect_to UUID,
    CONSTRAINT pk_notice_choice PRIMARY KEY (account_id),
    CONSTRAINT ck_notice_choice_language_known CHECK (language IN ('vi', 'en')),
    CONSTRAINT ck_notice_choice_redirected_to_another CHECK (redirect_to IS NULL OR redirect_to <> account_id),
    CONSTRAINT fk_notice_choice_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_notice_choice_redirect_to FOREIGN KEY(redirect_to) REFERENCES account (id)
);

CREATE TABLE message (
    id UUID NOT NULL,
    account_id UUID,
    contact_id UUID,
    channel VARCHAR(10) NOT NULL,
    digest_on DATE NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state VARCHAR(10) NOT NULL,
    attempts INTEGER NOT NULL,
    first_try_at TIMESTAMP WITH TIME ZONE,
    lease_by VARCHAR(100),
    lease_until TIMESTAMP WITH TIME ZONE,
    in_doubt BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    trouble VARCHAR(20),
    error VARCHAR(500),
    CONSTRAINT pk_message PRIMARY KEY (id),
    CONSTRAINT ck_message_state_known CHECK (state IN ('waiting', 'sent', 'dropped', 'dead')),
    CONSTRAINT ck_message_channel_known CHECK (channel IN ('email')),
    CONSTRAINT ck_message_trouble_known CHECK (trouble IN ('deferred', 'refused', 'unreachable', 'too_slow', 'broken_off', 'unreadable', 'no_address', 'empty')),
    CONSTRAINT ck_message_to_one_person CHECK ((account_id IS NULL) <> (contact_id IS NULL)),
    CONSTRAINT ck_message_sent_at_an_instant CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CONSTRAINT ck_message_ended_for_a_reason CHECK (state NOT IN ('dead', 'dropped') OR trouble IS NOT NULL),
    CONSTRAINT ck_message_held_by_somebody_until CHECK ((lease_by IS NULL) = (lease_until IS NULL)),
    CONSTRAINT fk_message_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_message_contact_id FOREIGN KEY(contact_id) REFERENCES agency_contact (id)
);

CREATE INDEX ix_message_dead ON message (id) WHERE state = 'dead';

CREATE INDEX ix_message_waiting ON message (channel, next_at, id) WHERE state = 'waiting';

CREATE UNIQUE INDEX uq_message_digest ON message (coalesce(account_id, contact_id), channel, digest_on);

CREATE TABLE question_group (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    session_id UUID NOT NULL,
    agency_id UUID,
    field VARCHAR(40),
    state VARCHAR(10) NOT NULL,
    reason VARCHAR,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_question_group PRIMARY KEY (id),
    CONSTRAINT ck_question_group_state_known CHECK (state IN ('open', 'taken', 'declined', 'lapsed')),
    CONSTRAINT ck_question_group_of_one_agency_or_field CHECK ((agency_id IS NULL) <> (field IS NULL)),
    CONSTRAINT ck_question_group_declined_has_reason CHECK ((state = 'declined') = (reason IS NOT NULL)),
    CONSTRAINT fk_question_group_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_question_group_session_id FOREIGN KEY(session_id) REFERENCES council_session (id),
    CONSTRAINT fk_question_group_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
    CONSTRAINT fk_question_group_decided_by FOREIGN KEY(decided_by) REFERENCES account (id)
);

CREATE INDEX ix_question_group_council ON question_group (council_id, state);

CREATE UNIQUE INDEX uq_question_group ON question_group (session_id, coalesce(CAST(agency_id AS VARCHAR), field));

CREATE TABLE "case" (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    code VARCHAR(40) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    seq INTEGER NOT NULL,
    head_hash VARCHAR(64) NOT NULL,
    received_on DATE,
    confidentiality VARCHAR NOT NULL,
    level VARCHAR,
    field VARCHAR,
    locality VARCHAR,
    session_id UUID,
    round_id UUID,
    holder_id UUID,
    assignee_id UUID,
    next_due_on DATE,
    result_claimed VARCHAR,
    result_judged VARCHAR,
    petitioner_verdict VARCHAR,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_case PRIMARY KEY (id),
    CONSTRAINT uq_case_council_id_id UNIQUE (council_id, id),
    CONSTRAINT fk_case_session_of_its_council FOREIGN KEY(council_id, session_id) REFERENCES council_session (council_id, id),
    CONSTRAINT fk_case_round_of_its_council FOREIGN KEY(council_id, round_id) REFERENCES "case" (council_id, id),
    CONSTRAINT ck_case_confidentiality_known CHECK (confidentiality IN ('public', 'internal', 'restricted', 'secret')),
    CONSTRAINT ck_case_level_known CHECK (level IN ('hamlet', 'commune', 'province', 'central')),
    CONSTRAINT ck_case_result_claimed_known CHECK (result_claimed IN ('resolved', 'explained', 'roadmap', 'in_progress', 'not_yet', 'noted')),
    CONSTRAINT ck_case_result_judged_known CHECK (result_judged IN ('resolved', 'explained', 'roadmap', 'in_progress', 'not_yet', 'noted')),
    CONSTRAINT ck_case_petitioner_verdict_known CHECK (petitioner_verdict IN ('satisfied', 'needs_clarification', 'disagrees')),
    CONSTRAINT ck_case_petition_state_and_result CHECK (kind <> 'petition' OR (result_judged IS NOT NULL AND ((state = 'judged' AND result_judged IN ('in_progress', 'not_yet', 'roadmap')) OR (state = 'closed' AND result_judged IN ('explained', 'noted', 'resolved')))) OR (result_judged IS NULL AND state IN ('recorded', 'explained_at_meeting', 'compiled', 'screened', 'with_authority', 'forwarded_higher', 'answered', 'diverted', 'withdrawn', 'merged', 'voided'))),
    CONSTRAINT fk_case_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT uq_case_code UNIQUE (code),
    CONSTRAINT fk_case_holder_id FOREIGN KEY(holder_id) REFERENCES agency (id),
    CONSTRAINT fk_case_assignee_id FOREIGN KEY(assignee_id) REFERENCES account (id)
);

CREATE INDEX ix_case_council_assignee ON "case" (council_id, assignee_id, next_due_on, id);

CREATE INDEX ix_case_council_due ON "case" (council_id, next_due_on, id);

CREATE INDEX ix_case_council_field ON "case" (council_id, field, id);

CREATE INDEX ix_case_council_holder ON "case" (council_id, holder_id, next_due_on, id);

CREATE INDEX ix_case_council_kind_state ON "case" (council_id, kind, state, next_due_on, id);

CREATE INDEX ix_case_council_locality ON "case" (council_id, locality, id);

CREATE INDEX ix_case_due ON "case" (next_due_on, id);

CREATE TABLE session_date (
    session_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    opening_on DATE,
    closing_on DATE,
    reason VARCHAR NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_session_date PRIMARY KEY (session_id, revision),
    CONSTRAINT fk_session_date_session_id FOREIGN KEY(session_id) REFERENCES council_session (id),
    CONSTRAINT fk_session_date_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id)
);

CREATE TABLE token (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    digest VARCHAR(64) NOT NULL,
    name VARCHAR NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_token PRIMARY KEY (id),
    CONSTRAINT fk_token_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT uq_token_digest UNIQUE (digest)
);

CREATE INDEX ix_token_account_id ON token (account_id);

CREATE TABLE job (
    id UUID NOT NULL,
    council_id UUID,
    kind VARCHAR(40) NOT NULL,
    parameters VARCHAR NOT NULL,
    once VARCHAR(80),
    requested_by UUID NOT NULL,
    state VARCHAR(10) NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER,
    result VARCHAR,
    error_code VARCHAR(60),
    error_vi VARCHAR,
    error_en VARCHAR,
    flow_run_id UUID,
    lease_by VARCHAR(120),
    lease_until TIMESTAMP WITH TIME ZONE,
    attempts INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_job PRIMARY KEY (id),
    CONSTRAINT ck_job_state_known CHECK (state IN ('queued', 'running', 'done', 'failed')),
    CONSTRAINT ck_job_running_is_leased CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CONSTRAINT ck_job_lease_has_a_holder CHECK ((lease_until IS NULL) = (lease_by IS NULL)),
    CONSTRAINT ck_job_finished_has_an_instant CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
    CONSTRAINT ck_job_failed_has_a_reason CHECK (state <> 'failed' OR error_code IS NOT NULL),
    CONSTRAINT ck_job_counts_are_not_negative CHECK (done >= 0 AND total >= 0),
    CONSTRAINT fk_job_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT uq_job_once UNIQUE (once),
    CONSTRAINT fk_job_requested_by FOREIGN KEY(requested_by) REFERENCES account (id)
);

CREATE INDEX ix_job_council ON job (council_id, id);

CREATE INDEX ix_job_open ON job (id) WHERE state = 'queued' OR state = 'running';

CREATE INDEX ix_job_requested_by ON job (requested_by, id);

CREATE TABLE job_file (
    digest VARCHAR(64) NOT NULL,
    account_id UUID NOT NULL,
    size INTEGER NOT NULL,
    brought_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_job_file PRIMARY KEY (digest, account_id),
    CONSTRAINT fk_job_file_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_job_file_brought_at ON job_file (brought_at);

CREATE TABLE adoption (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    regulation_id UUID NOT NULL,
    precedence VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE,
    enabled_limits VARCHAR NOT NULL,
    recorded_by UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_adoption PRIMARY KEY (id),
    CONSTRAINT uq_adoption_council_id_regulation_id_from_on UNIQUE (council_id, regulation_id, from_on),
    CONSTRAINT ck_adoption_basis_known CHECK (basis IN ('received', 'started')),
    CONSTRAINT ck_adoption_precedence_known CHECK (precedence IN ('province', 'council', 'sample', 'reference')),
    CONSTRAINT ck_adoption_dates_in_order CHECK (to_on IS NULL OR from_on <= to_on),
    CONSTRAINT fk_adoption_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_adoption_regulation_id FOREIGN KEY(regulation_id) REFERENCES regulation (id),
    CONSTRAINT fk_adoption_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id)
);

CREATE INDEX ix_adoption_council_id ON adoption (council_id);

CREATE TABLE case_document (
    case_id UUID NOT NULL,
    document_id UUID NOT NULL,
    CONSTRAINT pk_case_document PRIMARY KEY (case_id, document_id),
    CONSTRAINT fk_case_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_case_document_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE INDEX ix_case_document_document ON case_document (document_id);

CREATE TABLE document_row (
    document_id UUID NOT NULL,
    act VARCHAR(40) NOT NULL,
    ordinal INTEGER NOT NULL,
    case_id UUID NOT NULL,
    event_seq INTEGER NOT NULL,
    CONSTRAINT pk_document_row PRIMARY KEY (document_id, act, ordinal, case_id),
    CONSTRAINT fk_document_row_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_document_row_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_document_row_case ON document_row (case_id);

CREATE TABLE document_file (
    document_id UUID NOT NULL,
    digest VARCHAR(64) NOT NULL,
    name VARCHAR(200) NOT NULL,
    added_by UUID NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_document_file PRIMARY KEY (document_id, digest),
    CONSTRAINT fk_document_file_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_document_file_digest FOREIGN KEY(digest) REFERENCES stored_file (digest),
    CONSTRAINT fk_document_file_added_by FOREIGN KEY(added_by) REFERENCES account (id)
);

CREATE INDEX ix_document_file_digest ON document_file (digest);

CREATE TABLE slip_number (
    council_id UUID NOT NULL,
    series VARCHAR(20) NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    document_id UUID,
    given_by UUID NOT NULL,
    given_at TIMESTAMP WITH TIME ZONE NOT NULL,
    void_reason VARCHAR,
    voided_by UUID,
    voided_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_slip_number PRIMARY KEY (council_id, series, year, number),
    CONSTRAINT ck_slip_number_void_has_reason CHECK ((voided_at IS NULL) = (void_reason IS NULL)),
    CONSTRAINT fk_slip_number_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_slip_number_document_id FOREIGN KEY(document_id) REFERENCES document (id),
    CONSTRAINT fk_slip_number_given_by FOREIGN KEY(given_by) REFERENCES account (id),
    CONSTRAINT fk_slip_number_voided_by FOREIGN KEY(voided_by) REFERENCES account (id)
);

CREATE TABLE letter_template (
    council_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    version INTEGER NOT NULL,
    digest VARCHAR(64),
    uploaded_by UUID NOT NULL,
    uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_letter_template PRIMARY KEY (council_id, kind, version),
    CONSTRAINT fk_letter_template_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_letter_template_digest FOREIGN KEY(digest) REFERENCES stored_file (digest),
    CONSTRAINT fk_letter_template_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES account (id)
);

CREATE TABLE event (
    case_id UUID NOT NULL,
    seq INTEGER NOT NULL,
    act VARCHAR(10) NOT NULL,
    trigger VARCHAR(40) NOT NULL,
    from_state VARCHAR(40),
    to_state VARCHAR(40) NOT NULL,
    referral_id UUID,
    referral_from VARCHAR(40),
    referral_to VARCHAR(40),
    milestones VARCHAR NOT NULL,
    given VARCHAR,
    corrects_seq INTEGER,
    undoes_seq INTEGER,
    part_of_seq INTEGER,
    occurred_on DATE,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by UUID,
    decided_person UUID,
    decided_capacity VARCHAR,
    recorded_by UUID NOT NULL,
    document_id UUID,
    reason_id UUID,
    schema_number INTEGER NOT NULL,
    payload VARCHAR NOT NULL,
    previous_hash VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    CONSTRAINT pk_event PRIMARY KEY (case_id, seq),
    CONSTRAINT uq_event_state UNIQUE (case_id, seq, to_state),
    CONSTRAINT uq_event_referral_state UNIQUE (case_id, seq, referral_id, referral_to),
    CONSTRAINT ck_event_act_known CHECK (act IN ('move', 'reckon', 'amend', 'correct', 'void', 'undo')),
    CONSTRAINT ck_event_only_the_first_has_no_previous CHECK ((seq = 1) = (previous_hash = '')),
    CONSTRAINT ck_event_part_of_an_earlier_event CHECK (part_of_seq < seq),
    CONSTRAINT ck_event_correction_names_an_event CHECK ((act IN ('correct')) = (corrects_seq IS NOT NULL)),
    CONSTRAINT fk_event_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_event_decided_by FOREIGN KEY(decided_by) REFERENCES agency (id),
    CONSTRAINT fk_event_recorded_by FOREIGN KEY(recorded_by) REFERENCES account (id),
    CONSTRAINT fk_event_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE INDEX ix_event_document ON event (document_id) WHERE document_id IS NOT NULL;

CREATE INDEX ix_event_recorded ON event (recorded_at);

CREATE TABLE notice (
    cause VARCHAR(160) NOT NULL,
    council_id UUID,
    case_id UUID,
    clock_id UUID,
    revision INTEGER,
    rung INTEGER,
    kind VARCHAR(12) NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    audience VARCHAR,
    sentence_vi VARCHAR,
    sentence_en VARCHAR,
    resolved_at TIMESTAMP WITH TIME ZONE,
    outcome VARCHAR(10),
    why_vi VARCHAR,
    why_en VARCHAR,
    CONSTRAINT pk_notice PRIMARY KEY (cause),
    CONSTRAINT ck_notice_kind_known CHECK (kind IN ('rung', 'withdrawal', 'duty', 'alarm')),
    CONSTRAINT ck_notice_outcome_known CHECK (outcome IN ('told', 'dropped', 'untold')),
    CONSTRAINT ck_notice_resolved_with_outcome CHECK ((resolved_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT fk_notice_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_notice_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_notice_case ON notice (case_id);

CREATE INDEX ix_notice_open ON notice (due_at, cause) WHERE resolved_at IS NULL;

CREATE INDEX ix_notice_untold ON notice (resolved_at) WHERE outcome = 'untold';

CREATE TABLE link (
    case_id UUID NOT NULL,
    kind VARCHAR(40) NOT NULL,
    other_id UUID NOT NULL,
    event_seq INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_link PRIMARY KEY (case_id, kind, other_id),
    CONSTRAINT ck_link_kind_known CHECK (kind IN ('repeats', 'merged_into', 'split_from', 'arises_from', 'raised_in', 'committed_in', 'answered_together', 'escalated_to', 'supersedes')),
    CONSTRAINT fk_link_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_link_other_id FOREIGN KEY(other_id) REFERENCES "case" (id)
);

CREATE INDEX ix_link_other ON link (other_id);

CREATE TABLE text_version (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    event_seq INTEGER NOT NULL,
    field VARCHAR(40) NOT NULL,
    salt VARCHAR(64) NOT NULL,
    body VARCHAR,
    erased_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_text_version PRIMARY KEY (id),
    CONSTRAINT fk_text_version_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_text_version_case ON text_version (case_id, field, event_seq);

CREATE TABLE case_reader (
    case_id UUID NOT NULL,
    account_id UUID NOT NULL,
    CONSTRAINT pk_case_reader PRIMARY KEY (case_id, account_id),
    CONSTRAINT fk_case_reader_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_case_reader_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE case_search (
    case_id UUID NOT NULL,
    exact VARCHAR NOT NULL,
    folded VARCHAR NOT NULL,
    text_key VARCHAR(64) NOT NULL,
    CONSTRAINT pk_case_search PRIMARY KEY (case_id),
    CONSTRAINT fk_case_search_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_case_search_text_key ON case_search (text_key);

CREATE TABLE proposal (
    id UUID NOT NULL,
    council_id UUID NOT NULL,
    case_id UUID NOT NULL,
    trigger VARCHAR(40) NOT NULL,
    other_id UUID,
    referral_id UUID,
    clock_id UUID,
    cause VARCHAR(200) NOT NULL,
    sentence_vi VARCHAR NOT NULL,
    sentence_en VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR,
    decided_by UUID,
    decided_body UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_proposal PRIMARY KEY (id),
    CONSTRAINT uq_proposal_cause UNIQUE (cause),
    CONSTRAINT ck_proposal_state_known CHECK (state IN ('open', 'taken', 'declined', 'lapsed')),
    CONSTRAINT ck_proposal_declined_has_reason CHECK ((state = 'declined') = (reason IS NOT NULL) OR state = 'lapsed'),
    CONSTRAINT fk_proposal_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_proposal_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_proposal_other_id FOREIGN KEY(other_id) REFERENCES "case" (id),
    CONSTRAINT fk_proposal_decided_by FOREIGN KEY(decided_by) REFERENCES account (id),
    CONSTRAINT fk_proposal_decided_body FOREIGN KEY(decided_body) REFERENCES agency (id)
);

CREATE INDEX ix_proposal_case ON proposal (case_id, state);

CREATE INDEX ix_proposal_clock ON proposal (clock_id) WHERE state = 'open';

CREATE INDEX ix_proposal_open ON proposal (council_id, id) WHERE state = 'open';

CREATE TABLE source_row (
    council_id UUID NOT NULL,
    fingerprint VARCHAR(64) NOT NULL,
    case_id UUID NOT NULL,
    origin VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,
    code_in_source VARCHAR(200),
    imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_source_row PRIMARY KEY (council_id, fingerprint),
    CONSTRAINT fk_source_row_council_id FOREIGN KEY(council_id) REFERENCES council (id),
    CONSTRAINT fk_source_row_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE INDEX ix_source_row_case_id ON source_row (case_id);

CREATE INDEX ix_source_row_code ON source_row (council_id, origin, code_in_source);

CREATE TABLE petition (
    case_id UUID NOT NULL,
    nature VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    round_kind VARCHAR,
    agency_written VARCHAR,
    suggested_id UUID,
    source VARCHAR,
    petitioner_id UUID,
    times_raised INTEGER NOT NULL,
    topic_id UUID,
    CONSTRAINT pk_petition PRIMARY KEY (case_id),
    CONSTRAINT ck_petition_nature_known CHECK (nature IN ('opinion', 'request')),
    CONSTRAINT ck_petition_channel_known CHECK (channel IN ('conference', 'reception', 'letter', 'hotline', 'portal', 'collected', 'other')),
    CONSTRAINT ck_petition_round_kind_known CHECK (round_kind IN ('before_session', 'after_session', 'thematic', 'extraordinary', 'none', 'outside_unit', 'residence', 'workplace', 'audience')),
    CONSTRAINT fk_petition_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_petition_suggested_id FOREIGN KEY(suggested_id) REFERENCES agency (id),
    CONSTRAINT fk_petition_petitioner_id FOREIGN KEY(petitioner_id) REFERENCES person_data (id),
    CONSTRAINT fk_petition_topic_id FOREIGN KEY(topic_id) REFERENCES "case" (id)
);

CREATE INDEX ix_petition_topic ON petition (topic_id) WHERE topic_id IS NOT NULL;

CREATE TABLE contact_round (
    deputies_assigned INTEGER,
    deputies_present INTEGER,
    attendance_count INTEGER,
    speaker_count INTEGER,
    opinion_count INTEGER,
    answered_count INTEGER,
    satisfactory_count INTEGER,
    judged_by VARCHAR,
    forwarded_count INTEGER,
    diverted_count INTEGER,
    noted_count INTEGER,
    case_id UUID NOT NULL,
    name VARCHAR NOT NULL,
    round_kind VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    mode VARCHAR,
    theme VARCHAR,
    first_day DATE,
    last_day DATE,
    meetings INTEGER,
    CONSTRAINT pk_contact_round PRIMARY KEY (case_id),
    CONSTRAINT ck_contact_round_round_kind_known CHECK (round_kind IN ('before_session', 'after_session', 'thematic', 'extraordinary', 'none', 'outside_unit', 'residence', 'workplace', 'audience')),
    CONSTRAINT ck_contact_round_form_known CHECK (form IN ('conference', 'individual', 'collection')),
    CONSTRAINT ck_contact_round_mode_known CHECK (mode IN ('in_person', 'online', 'mixed')),
    CONSTRAINT ck_contact_round_judged_by_known CHECK (judged_by IN ('front', 'deputy_group', 'both')),
    CONSTRAINT fk_contact_round_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE TABLE commitment (
    case_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    office_holder VARCHAR,
    due_words VARCHAR,
    measure VARCHAR,
    occasion VARCHAR NOT NULL,
    place VARCHAR,
    times_extended INTEGER NOT NULL,
    CONSTRAINT pk_commitment PRIMARY KEY (case_id),
    CONSTRAINT ck_commitment_occasion_known CHECK (occasion IN ('answer', 'session', 'sitting', 'reception', 'contact', 'conclusion')),
    CONSTRAINT fk_commitment_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_commitment_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE INDEX ix_commitment_agency ON commitment (agency_id, case_id);

CREATE TABLE supervision (
    case_id UUID NOT NULL,
    form VARCHAR NOT NULL,
    supervisor VARCHAR NOT NULL,
    body_id UUID,
    leader VARCHAR,
    planned_from DATE,
    planned_to DATE,
    planned_visits INTEGER,
    held_visits INTEGER NOT NULL,
    ended_on DATE,
    binding_force VARCHAR,
    recommendations INTEGER,
    CONSTRAINT pk_supervision PRIMARY KEY (case_id),
    CONSTRAINT ck_supervision_form_known CHECK (form IN ('thematic', 'regular', 'survey', 'again')),
    CONSTRAINT ck_supervision_supervisor_known CHECK (supervisor IN ('council', 'standing_body', 'committee', 'deputies', 'higher', 'front')),
    CONSTRAINT ck_supervision_binding_force_known CHECK (binding_force IN ('resolution', 'conclusion', 'report')),
    CONSTRAINT fk_supervision_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_supervision_body_id FOREIGN KEY(body_id) REFERENCES agency (id)
);

CREATE TABLE recommendation (
    case_id UUID NOT NULL,
    supervisor VARCHAR NOT NULL,
    binding_force VARCHAR,
    place VARCHAR,
    due_words VARCHAR,
    outcome VARCHAR,
    times_extended INTEGER NOT NULL,
    times_asked INTEGER NOT NULL,
    CONSTRAINT pk_recommendation PRIMARY KEY (case_id),
    CONSTRAINT ck_recommendation_supervisor_known CHECK (supervisor IN ('council', 'standing_body', 'committee', 'deputies', 'higher', 'front')),
    CONSTRAINT ck_recommendation_binding_force_known CHECK (binding_force IN ('resolution', 'conclusion', 'report')),
    CONSTRAINT ck_recommendation_outcome_known CHECK (outcome IN ('done', 'partly', 'not_done', 'below_request', 'not_carried_out')),
    CONSTRAINT fk_recommendation_case_id FOREIGN KEY(case_id) REFERENCES "case" (id)
);

CREATE TABLE question (
    case_id UUID NOT NULL,
    deputy VARCHAR NOT NULL,
    deputy_group_id UUID,
    agency_id UUID NOT NULL,
    office_holder VARCHAR,
    sitting_on DATE,
    topic VARCHAR,
    criterion VARCHAR,
    slips INTEGER NOT NULL,
    times_asked INTEGER NOT NULL,
    times_live INTEGER NOT NULL,
    written_reason VARCHAR,
    reply_via_id UUID,
    study_agency_id UUID,
    study_head VARCHAR,
    study_pending BOOLEAN NOT NULL,
    dispute_asks VARCHAR,
    times_urged INTEGER NOT NULL,
    CONSTRAINT pk_question PRIMARY KEY (case_id),
    CONSTRAINT ck_question_criterion_known CHECK (criterion IN ('burning', 'sign_of_violation', 'still_disputed', 'other')),
    CONSTRAINT ck_question_written_reason_known CHECK (written_reason IN ('not_in_group', 'needs_verification', 'not_reached')),
    CONSTRAINT ck_question_dispute_asks_known CHECK (dispute_asks IN ('debate', 'responsibility')),
    CONSTRAINT fk_question_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_question_deputy_group_id FOREIGN KEY(deputy_group_id) REFERENCES agency (id),
    CONSTRAINT fk_question_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
    CONSTRAINT fk_question_reply_via_id FOREIGN KEY(reply_via_id) REFERENCES agency (id),
    CONSTRAINT fk_question_study_agency_id FOREIGN KEY(study_agency_id) REFERENCES agency (id)
);

CREATE INDEX ix_question_agency ON question (agency_id, case_id);

CREATE TABLE meeting (
    case_id UUID NOT NULL,
    meeting_kind VARCHAR NOT NULL,
    planned_on DATE,
    month VARCHAR,
    held_on DATE,
    place VARCHAR,
    chair VARCHAR,
    agency_id UUID,
    invited INTEGER,
    members_present INTEGER,
    guests_present INTEGER,
    agencies_present INTEGER,
    matters INTEGER,
    speeches INTEGER,
    questions INTEGER,
    people_received INTEGER,
    letters_received INTEGER,
    nobody_came BOOLEAN NOT NULL,
    report VARCHAR,
    votes_for INTEGER,
    members INTEGER,
    tasks INTEGER NOT NULL,
    orientations INTEGER NOT NULL,
    CONSTRAINT pk_meeting PRIMARY KEY (case_id),
    CONSTRAINT ck_meeting_meeting_kind_known CHECK (meeting_kind IN ('standing_sitting', 'giao_ban', 'joint_conference', 'questioning_sitting', 'explanation_hearing', 'reception')),
    CONSTRAINT ck_meeting_report_known CHECK (report IN ('drafted', 'adopted', 'sent')),
    CONSTRAINT fk_meeting_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_meeting_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE TABLE task (
    case_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    product VARCHAR,
    due_words VARCHAR,
    line INTEGER,
    times_extended INTEGER NOT NULL,
    CONSTRAINT pk_task PRIMARY KEY (case_id),
    CONSTRAINT fk_task_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_task_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE INDEX ix_task_agency ON task (agency_id, case_id);

CREATE TABLE contact_meeting (
    deputies_assigned INTEGER,
    deputies_present INTEGER,
    attendance_count INTEGER,
    speaker_count INTEGER,
    opinion_count INTEGER,
    answered_count INTEGER,
    satisfactory_count INTEGER,
    judged_by VARCHAR,
    forwarded_count INTEGER,
    diverted_count INTEGER,
    noted_count INTEGER,
    case_id UUID NOT NULL,
    venue VARCHAR,
    planned_on DATE,
    form VARCHAR NOT NULL,
    mode VARCHAR,
    chair VARCHAR,
    leaders VARCHAR,
    group_id UUID,
    deputies VARCHAR,
    CONSTRAINT pk_contact_meeting PRIMARY KEY (case_id),
    CONSTRAINT ck_contact_meeting_form_known CHECK (form IN ('conference', 'individual', 'collection')),
    CONSTRAINT ck_contact_meeting_mode_known CHECK (mode IN ('in_person', 'online', 'mixed')),
    CONSTRAINT ck_contact_meeting_judged_by_known CHECK (judged_by IN ('front', 'deputy_group', 'both')),
    CONSTRAINT fk_contact_meeting_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_contact_meeting_group_id FOREIGN KEY(group_id) REFERENCES agency (id)
);

CREATE INDEX ix_contact_meeting_group ON contact_meeting (group_id, case_id);

CREATE TABLE deputy_opinion (
    case_id UUID NOT NULL,
    group_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    deputy VARCHAR,
    about VARCHAR,
    CONSTRAINT pk_deputy_opinion PRIMARY KEY (case_id),
    CONSTRAINT fk_deputy_opinion_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_deputy_opinion_group_id FOREIGN KEY(group_id) REFERENCES agency (id),
    CONSTRAINT fk_deputy_opinion_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE INDEX ix_deputy_opinion_agency ON deputy_opinion (agency_id, case_id);

CREATE TABLE topic (
    case_id UUID NOT NULL,
    agency_id UUID,
    CONSTRAINT pk_topic PRIMARY KEY (case_id),
    CONSTRAINT fk_topic_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_topic_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
);

CREATE TABLE resolution_follow_up (
    case_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    number VARCHAR NOT NULL,
    issued_on DATE,
    indicators VARCHAR,
    expires_on DATE,
    committee_id UUID,
    lead_id UUID,
    due_words VARCHAR,
    replaced_by VARCHAR,
    times_checked INTEGER NOT NULL,
    CONSTRAINT pk_resolution_follow_up PRIMARY KEY (case_id),
    CONSTRAINT fk_resolution_follow_up_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_resolution_follow_up_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
    CONSTRAINT fk_resolution_follow_up_committee_id FOREIGN KEY(committee_id) REFERENCES agency (id),
    CONSTRAINT fk_resolution_follow_up_lead_id FOREIGN KEY(lead_id) REFERENCES agency (id)
);

CREATE INDEX ix_resolution_follow_up_agency ON resolution_follow_up (agency_id, case_id);

CREATE INDEX ix_resolution_follow_up_committee ON resolution_follow_up (committee_id, case_id);

CREATE TABLE citizen_letter (
    case_id UUID NOT NULL,
    classification VARCHAR,
    fault VARCHAR,
    channel VARCHAR NOT NULL,
    signers INTEGER,
    source VARCHAR,
    diverted_to VARCHAR,
    petitioner_id UUID,
    CONSTRAINT pk_citizen_letter PRIMARY KEY (case_id),
    CONSTRAINT ck_citizen_letter_classification_known CHECK (classification IN ('complaint', 'feedback', 'denunciation', 'several')),
    CONSTRAINT ck_citizen_letter_fault_known CHECK (fault IN ('not_signed', 'no_name', 'unclear', 'handled', 'other')),
    CONSTRAINT ck_citizen_letter_channel_known CHECK (channel IN ('conference', 'reception', 'letter', 'hotline', 'portal', 'collected', 'other')),
    CONSTRAINT fk_citizen_letter_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_citizen_letter_petitioner_id FOREIGN KEY(petitioner_id) REFERENCES person_data (id)
);

CREATE TABLE session_document (
    case_id UUID NOT NULL,
    ordinal INTEGER,
    file_kind VARCHAR NOT NULL,
    agency_id UUID NOT NULL,
    presenter VARCHAR,
    committee_id UUID,
    CONSTRAINT pk_session_document PRIMARY KEY (case_id),
    CONSTRAINT ck_session_document_file_kind_known CHECK (file_kind IN ('draft_resolution', 'report', 'notice', 'other')),
    CONSTRAINT fk_session_document_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_session_document_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
    CONSTRAINT fk_session_document_committee_id FOREIGN KEY(committee_id) REFERENCES agency (id)
);

CREATE INDEX ix_session_document_agency ON session_document (agency_id, case_id);

CREATE TABLE inbox_item (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    cause VARCHAR(160) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_inbox_item PRIMARY KEY (account_id, cause),
    CONSTRAINT fk_inbox_item_account_id FOREIGN KEY(account_id) REFERENCES account (id),
    CONSTRAINT fk_inbox_item_cause FOREIGN KEY(cause) REFERENCES notice (cause)
);

CREATE INDEX ix_inbox_item_cause ON inbox_item (cause);

CREATE UNIQUE INDEX uq_inbox_item_account ON inbox_item (account_id, id);

CREATE TABLE message_item (
    message_id UUID NOT NULL,
    cause VARCHAR(160) NOT NULL,
    left_out VARCHAR(20),
    CONSTRAINT pk_message_item PRIMARY KEY (message_id, cause),
    CONSTRAINT ck_message_item_left_out_known CHECK (left_out IN ('settled', 'withdrawn', 'covered', 'hidden', 'mail_off')),
    CONSTRAINT fk_message_item_message_id FOREIGN KEY(message_id) REFERENCES message (id),
    CONSTRAINT fk_message_item_cause FOREIGN KEY(cause) REFERENCES notice (cause)
);

CREATE INDEX ix_message_item_cause ON message_item (cause);

CREATE TABLE referral (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    agency_id UUID NOT NULL,
    state VARCHAR(40) NOT NULL,
    event_seq INTEGER NOT NULL,
    lead_id UUID,
    internal_due_on DATE,
    incoming_number VARCHAR,
    asked_by DATE,
    result_claimed VARCHAR,
    times_urged INTEGER NOT NULL,
    received BOOLEAN NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id),
    CONSTRAINT fk_referral_state_has_its_event FOREIGN KEY(case_id, event_seq, id, state) REFERENCES event (case_id, seq, referral_id, referral_to) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_referral_result_claimed_known CHECK (result_claimed IN ('resolved', 'explained', 'roadmap', 'in_progress', 'not_yet', 'noted')),
    CONSTRAINT fk_referral_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_referral_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
    CONSTRAINT fk_referral_lead_id FOREIGN KEY(lead_id) REFERENCES agency (id)
);

CREATE INDEX ix_referral_agency ON referral (agency_id, state);

CREATE INDEX ix_referral_case ON referral (case_id);

CREATE INDEX ix_referral_lead ON referral (lead_id);

CREATE TABLE clock (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    referral_id UUID,
    regulation_id UUID NOT NULL,
    calendar_version VARCHAR(40) NOT NULL,
    limit_code VARCHAR(60) NOT NULL,
    role VARCHAR(40) NOT NULL,
    effect VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    start_seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    provisional BOOLEAN NOT NULL,
    calendar_provisional BOOLEAN NOT NULL,
    occurrence INTEGER NOT NULL,
    anchor_on DATE NOT NULL,
    started_on DATE,
    raw_due_on DATE,
    due_on DATE,
    due_without_options_on DATE,
    consumed_days INTEGER NOT NULL,
    running_since DATE,
    paused_since DATE,
    extended_to DATE,
    met_on DATE,
    met_seq INTEGER,
    cancelled_on DATE,
    cancelled_seq INTEGER,
    cause_vi VARCHAR,
    cause_en VARCHAR,
    superseded_seq INTEGER,
    superseded_reason VARCHAR,
    CONSTRAINT pk_clock PRIMARY KEY (id),
    CONSTRAINT ck_clock_state_known CHECK (state IN ('running', 'paused', 'met', 'cancelled', 'superseded')),
    CONSTRAINT ck_clock_effect_known CHECK (effect IN ('statutory', 'regulation', 'service')),
    CONSTRAINT ck_clock_status_known CHECK (status IN ('in_force', 'sample', 'reference')),
    CONSTRAINT ck_clock_superseded_by_an_event CHECK ((state = 'superseded') = (superseded_seq IS NOT NULL)),
    CONSTRAINT ck_clock_met_by_an_event CHECK (state <> 'met' OR met_seq IS NOT NULL),
    CONSTRAINT fk_clock_starts_with_an_event FOREIGN KEY(case_id, start_seq) REFERENCES event (case_id, seq) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_clock_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_clock_regulation_id FOREIGN KEY(regulation_id) REFERENCES regulation (id),
    CONSTRAINT fk_clock_calendar_version FOREIGN KEY(calendar_version) REFERENCES calendar_version (version)
);

CREATE INDEX ix_clock_case ON clock (case_id);

CREATE INDEX ix_clock_due ON clock (due_on, id) WHERE state = 'running';

CREATE UNIQUE INDEX uq_clock_live ON clock (case_id, limit_code, regulation_id, start_seq, coalesce(referral_id, case_id)) WHERE state <> 'superseded';

CREATE TABLE clock_rung (
    clock_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    rung INTEGER NOT NULL,
    case_id UUID NOT NULL,
    council_id UUID NOT NULL,
    deed VARCHAR(10) NOT NULL,
    at TIMESTAMP WITH TIME ZONE,
    on_day DATE,
    state VARCHAR(10) NOT NULL,
    armed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    fired_at TIMESTAMP WITH TIME ZONE,
    ended_seq INTEGER,
    CONSTRAINT pk_clock_rung PRIMARY KEY (clock_id, revision, rung),
    CONSTRAINT ck_clock_rung_state_known CHECK (state IN ('armed', 'passed', 'inherited', 'fired', 'silenced', 'withdrawn')),
    CONSTRAINT ck_clock_rung_deed_known CHECK (deed IN ('remind', 'alert', 'propose')),
    CONSTRAINT ck_clock_rung_instant_of_its_day CHECK ((at IS NULL) = (on_day IS NULL)),
    CONSTRAINT ck_clock_rung_fired_at_an_instant CHECK ((state IN ('fired', 'withdrawn')) = (fired_at IS NOT NULL)),
    CONSTRAINT ck_clock_rung_ended_by_an_event CHECK ((state IN ('silenced', 'withdrawn')) = (ended_seq IS NOT NULL)),
    CONSTRAINT fk_clock_rung_clock_id FOREIGN KEY(clock_id) REFERENCES clock (id),
    CONSTRAINT fk_clock_rung_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_clock_rung_council_id FOREIGN KEY(council_id) REFERENCES council (id)
);

CREATE INDEX ix_clock_rung_armed ON clock_rung (at, clock_id, rung) WHERE state = 'armed';

CREATE INDEX ix_clock_rung_case ON clock_rung (case_id);

CREATE TABLE question_group_case (
    group_id UUID NOT NULL,
    case_id UUID NOT NULL,
    clock_id UUID NOT NULL,
    CONSTRAINT pk_question_group_case PRIMARY KEY (group_id, case_id),
    CONSTRAINT fk_question_group_case_group_id FOREIGN KEY(group_id) REFERENCES question_group (id),
    CONSTRAINT fk_question_group_case_case_id FOREIGN KEY(case_id) REFERENCES "case" (id),
    CONSTRAINT fk_question_group_case_clock_id FOREIGN KEY(clock_id) REFERENCES clock (id)
);

CREATE INDEX ix_question_group_case_case ON question_group_case (case_id);

ALTER TABLE "case" ADD CONSTRAINT fk_case_state_has_its_event FOREIGN KEY(id, seq, state) REFERENCES event (case_id, seq, to_state) DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX ix_case_search_exact_words ON case_search USING gin (to_tsvector('simple', exact));

CREATE INDEX ix_case_search_folded_words ON case_search USING gin (to_tsvector('simple', folded));

CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER "event_append_only" BEFORE UPDATE OR DELETE ON "event"
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "event_append_only_truncate" BEFORE TRUNCATE ON "event"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "seal_append_only" BEFORE UPDATE OR DELETE ON "seal"
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "seal_append_only_truncate" BEFORE TRUNCATE ON "seal"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "seal_entry_append_only" BEFORE UPDATE OR DELETE ON "seal_entry"
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "seal_entry_append_only_truncate" BEFORE TRUNCATE ON "seal_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "session_date_append_only" BEFORE UPDATE OR DELETE ON "session_date"
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER "session_date_append_only_truncate" BEFORE TRUNCATE ON "session_date"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
