DROP TABLE case_fts;

DROP VIEW case_fts_source;

DROP TABLE case_fts_key;

DROP TABLE "account";

DROP TABLE "adoption";

DROP TABLE "agency";

DROP TABLE "agency_contact";

DROP TABLE "appointment";

DROP TABLE "calendar_day";

DROP TABLE "calendar_version";

DROP TABLE "case";

DROP TABLE "case_document";

DROP TABLE "case_reader";

DROP TABLE "case_search";

DROP TABLE "citizen_letter";

DROP TABLE "clock";

DROP TABLE "clock_rung";

DROP TABLE "code_series";

DROP TABLE "commitment";

DROP TABLE "contact_meeting";

DROP TABLE "contact_round";

DROP TABLE "council";

DROP TABLE "council_session";

DROP TABLE "council_setup";

DROP TABLE "council_term";

DROP TABLE "deputy_opinion";

DROP TABLE "document";

DROP TABLE "document_file";

DROP TABLE "document_row";

DROP TABLE "event";

DROP TABLE "heartbeat";

DROP TABLE "idempotency";

DROP TABLE "inbox_item";

DROP TABLE "job";

DROP TABLE "job_file";

DROP TABLE "job_run";

DROP TABLE "letter_template";

DROP TABLE "link";

DROP TABLE "locality";

DROP TABLE "meeting";

DROP TABLE "message";

DROP TABLE "message_item";

DROP TABLE "notice";

DROP TABLE "notice_choice";

DROP TABLE "person";

DROP TABLE "person_data";

DROP TABLE "petition";

DROP TABLE "proposal";

DROP TABLE "question";

DROP TABLE "question_group";

DROP TABLE "question_group_case";

DROP TABLE "recommendation";

DROP TABLE "referral";

DROP TABLE "regulation";

DROP TABLE "resolution_follow_up";

DROP TABLE "seal";

DROP TABLE "seal_entry";

DROP TABLE "session_date";

DROP TABLE "session_document";

DROP TABLE "slip_number";

DROP TABLE "source_row";

DROP TABLE "stored_file";

DROP TABLE "supervision";

DROP TABLE "task";

DROP TABLE "taxon";

DROP TABLE "text_version";

DROP TABLE "time_limit";

DROP TABLE "token";

DROP TABLE "topic";
