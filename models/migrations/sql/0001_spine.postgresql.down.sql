DROP TABLE "account", "adoption", "agency", "appointment", "calendar_day", "calendar_version", "case", "case_document", "case_reader", "case_search", "clock", "code_series", "contact_round", "council", "council_session", "council_setup", "council_term", "document", "event", "idempotency", "link", "locality", "person", "person_data", "petition", "proposal", "referral", "regulation", "seal", "seal_entry", "session_date", "source_row", "taxon", "text_version", "time_limit", "token";

DROP FUNCTION refuse_change_of_history();
