CREATE TABLE "audit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"deed" text NOT NULL,
	"thing" text NOT NULL,
	"thing_id" text NOT NULL,
	"details" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entries_municipalityId_seq_unique" UNIQUE("municipality_id","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"municipality_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid,
	"actor_role" text NOT NULL,
	"channel" text DEFAULT 'web' NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"deed_id" uuid NOT NULL,
	"policy_version" integer DEFAULT 1 NOT NULL,
	"visibility" text NOT NULL,
	"state_from" text,
	"state_to" text,
	"facts" jsonb NOT NULL,
	"text_hash" text DEFAULT '' NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "case_events_caseId_seq_unique" UNIQUE("case_id","seq"),
	CONSTRAINT "case_events_caseId_deedId_unique" UNIQUE("case_id","deed_id")
);
--> statement-breakpoint
CREATE TABLE "case_viewers" (
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"municipality_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_viewers_case_id_person_id_pk" PRIMARY KEY("case_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "case_words" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"text" text,
	"shown_text" text,
	"hidden" boolean DEFAULT false NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"salt" "bytea",
	"erased_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"track" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"service_id" uuid,
	"priority" text DEFAULT 'normal' NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	"reason" text,
	"department_id" uuid,
	"assignee_id" uuid,
	"ward_code" text,
	"current_ward_code" text,
	"version" integer NOT NULL,
	"last_hash" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"first_reply_at" timestamp with time zone,
	"claimed_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"verified_at" timestamp with time zone,
	"reopened_count" integer DEFAULT 0 NOT NULL,
	"last_event_at" timestamp with time zone NOT NULL,
	"councillor_asked_at" timestamp with time zone,
	"councillor_answered_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"merged_into_id" uuid,
	"hidden" boolean DEFAULT false NOT NULL,
	"private" boolean DEFAULT false NOT NULL,
	CONSTRAINT "cases_subjectId_unique" UNIQUE("subject_id"),
	CONSTRAINT "cases_reference_unique" UNIQUE("reference")
);
--> statement-breakpoint
CREATE TABLE "confirmations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"claim_event_id" uuid NOT NULL,
	"by_whom" text NOT NULL,
	"as" text NOT NULL,
	"fixed" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "confirmations_claimEventId_byWhom_unique" UNIQUE("claim_event_id","by_whom")
);
--> statement-breakpoint
CREATE TABLE "reply_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"department_id" uuid,
	"service_id" uuid,
	"state" text,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"active" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "commitment_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"commitment_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"deed_id" uuid NOT NULL,
	CONSTRAINT "commitment_events_commitmentId_seq_unique" UNIQUE("commitment_id","seq"),
	CONSTRAINT "commitment_events_commitmentId_deedId_unique" UNIQUE("commitment_id","deed_id")
);
--> statement-breakpoint
CREATE TABLE "commitment_issues" (
	"municipality_id" uuid NOT NULL,
	"commitment_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	CONSTRAINT "commitment_issues_commitment_id_issue_id_pk" PRIMARY KEY("commitment_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "commitments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"ward_code" text,
	"promised_by" uuid NOT NULL,
	"promised_by_name" text NOT NULL,
	"department_id" uuid,
	"what" text NOT NULL,
	"evidence" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"first_due_at" timestamp with time zone NOT NULL,
	"slips" integer DEFAULT 0 NOT NULL,
	"promised_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"follower_count" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "commitments_municipalityId_number_unique" UNIQUE("municipality_id","number")
);
--> statement-breakpoint
CREATE TABLE "followings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text NOT NULL,
	"person_id" uuid,
	"contact_point_id" uuid,
	"channel" text NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"because" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "followings_subject_subjectId_personId_contactPointId_channel_unique" UNIQUE NULLS NOT DISTINCT("subject","subject_id","person_id","contact_point_id","channel")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"person_id" uuid,
	"contact_point_id" uuid,
	"channel" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text NOT NULL,
	"template" text NOT NULL,
	"language" text NOT NULL,
	"urgency" text DEFAULT 'normal' NOT NULL,
	"title" text NOT NULL,
	"text_sealed" "bytea",
	"path" text DEFAULT '/' NOT NULL,
	"dedupe_key" text NOT NULL,
	"not_before" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"outcome" text,
	"outcome_at" timestamp with time zone,
	"gateway_ref" text,
	"fault" text,
	CONSTRAINT "messages_dedupeKey_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "preferences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid,
	"contact_point_id" uuid,
	"language" text DEFAULT 'en' NOT NULL,
	"quiet_from" integer DEFAULT 1260 NOT NULL,
	"quiet_to" integer DEFAULT 390 NOT NULL,
	"opted_out" text[] DEFAULT '{}' NOT NULL,
	"digest" text DEFAULT 'none' NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "preferences_personId_contactPointId_unique" UNIQUE NULLS NOT DISTINCT("person_id","contact_point_id")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid,
	"endpoint_index" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "push_subscriptions_endpointIndex_unique" UNIQUE("endpoint_index")
);
--> statement-breakpoint
CREATE TABLE "boundary_sets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL,
	"file_hash" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"valid_to" timestamp with time zone,
	"simplified" boolean DEFAULT false NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "boundary_sets_fileHash_unique" UNIQUE("file_hash")
);
--> statement-breakpoint
CREATE TABLE "features" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"geojson" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"point" geometry(Point,4326),
	"ward_code" text,
	"source" text NOT NULL,
	CONSTRAINT "places_municipalityId_kind_name_unique" UNIQUE("municipality_id","kind","name")
);
--> statement-breakpoint
CREATE TABLE "ward_committee" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"ward_code" text NOT NULL,
	"person_id" uuid,
	"name" text NOT NULL,
	"interest" text DEFAULT '' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "wards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"boundary_set_id" uuid NOT NULL,
	"code" text NOT NULL,
	"number" integer NOT NULL,
	"areas" text[] DEFAULT '{}' NOT NULL,
	"voters" integer,
	"geom" geometry(MultiPolygon,4326) NOT NULL,
	"repaired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "wards_boundarySetId_code_unique" UNIQUE("boundary_set_id","code")
);
--> statement-breakpoint
CREATE TABLE "contact_points" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"value_sealed" "bytea",
	"value_index" text,
	"masked" text NOT NULL,
	"verified_at" timestamp with time zone,
	"bounced_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_points_valueIndex_unique" UNIQUE("value_index")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"from_person_id" uuid NOT NULL,
	"to_person_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"created_by" uuid NOT NULL,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"kind" text DEFAULT 'department' NOT NULL,
	"parent_id" uuid,
	"email" text,
	"phone" text,
	"hours" text,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "departments_municipalityId_code_unique" UNIQUE("municipality_id","code")
);
--> statement-breakpoint
CREATE TABLE "factor_resets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"requested_by" uuid NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"approved" boolean
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"ward_code" text,
	"department_id" uuid,
	"term" text,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"granted_by" uuid,
	"stands_in_for" uuid
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"municipality_id" uuid NOT NULL,
	"key" text NOT NULL,
	"reply" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_municipality_id_key_pk" PRIMARY KEY("municipality_id","key")
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid,
	"contact_point_id" uuid,
	"name" text DEFAULT '' NOT NULL,
	"grants" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"token_hash" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "municipalities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"mdb_code" text,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"district_id" uuid,
	"active" boolean DEFAULT false NOT NULL,
	"timezone" text DEFAULT 'Africa/Johannesburg' NOT NULL,
	"hosts" text[] DEFAULT '{}' NOT NULL,
	"languages" text[] DEFAULT '{en}' NOT NULL,
	"emergency_numbers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"contact" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"bounds" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "municipalities_code_unique" UNIQUE("code"),
	CONSTRAINT "municipalities_mdbCode_unique" UNIQUE("mdb_code")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"home_municipality_id" uuid,
	"demo_handle" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "people_demoHandle_unique" UNIQUE("demo_handle")
);
--> statement-breakpoint
CREATE TABLE "person_contacts" (
	"person_id" uuid NOT NULL,
	"contact_point_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"basis" text NOT NULL,
	"notice_version" text NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "person_contacts_person_id_contact_point_id_purpose_pk" PRIMARY KEY("person_id","contact_point_id","purpose")
);
--> statement-breakpoint
CREATE TABLE "privacy_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"person_id" uuid,
	"contact_point_id" uuid,
	"kind" text NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"channel" text DEFAULT 'web' NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"outcome" text,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "private_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"viewer_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"person_id" uuid,
	"field" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"code_index" text NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "retention_rules" (
	"municipality_id" uuid NOT NULL,
	"class" text NOT NULL,
	"months" integer NOT NULL,
	"changed_by" uuid,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "retention_rules_municipality_id_class_pk" PRIMARY KEY("municipality_id","class")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"second_factor_at" timestamp with time zone,
	"device" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_point_id" uuid NOT NULL,
	"code_index" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "totp_secrets" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"secret_sealed" "bytea" NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watched_wards" (
	"person_id" uuid NOT NULL,
	"municipality_id" uuid NOT NULL,
	"ward_code" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "watched_wards_person_id_ward_code_pk" PRIMARY KEY("person_id","ward_code")
);
--> statement-breakpoint
CREATE TABLE "bans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"what" text NOT NULL,
	"reason" text NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "bans_municipalityId_what_unique" UNIQUE("municipality_id","what")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"by_whom" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"upheld" boolean,
	CONSTRAINT "flags_subjectId_byWhom_unique" UNIQUE("subject_id","by_whom")
);
--> statement-breakpoint
CREATE TABLE "import_findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"source_ref" text,
	"rejected" boolean NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"kind" text NOT NULL,
	"service_id" uuid,
	"title" text NOT NULL,
	"description" text,
	"language" text DEFAULT 'en' NOT NULL,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"place" text,
	"point" geometry(Point,4326),
	"accuracy" integer,
	"located" text NOT NULL,
	"ward_code" text,
	"current_ward_code" text,
	"maybe_ward_codes" text[] DEFAULT '{}' NOT NULL,
	"boundary_set_id" uuid,
	"reporter_id" uuid,
	"contact_point_id" uuid,
	"captured_by" uuid,
	"channel" text DEFAULT 'web' NOT NULL,
	"reporter_name" text,
	"show_name" boolean DEFAULT false NOT NULL,
	"anonymous" boolean DEFAULT false NOT NULL,
	"receipt_index" text,
	"device_index" text,
	"private" boolean DEFAULT false NOT NULL,
	"hidden" boolean DEFAULT false NOT NULL,
	"client_id" uuid NOT NULL,
	"support_count" integer DEFAULT 0 NOT NULL,
	"household_count" integer DEFAULT 1 NOT NULL,
	"follower_count" integer DEFAULT 0 NOT NULL,
	"photo_count" integer DEFAULT 0 NOT NULL,
	"source" text,
	"source_ref" text,
	"created_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"erased_at" timestamp with time zone,
	CONSTRAINT "issues_reference_unique" UNIQUE("reference"),
	CONSTRAINT "issues_receiptIndex_unique" UNIQUE("receipt_index"),
	CONSTRAINT "issues_municipalityId_clientId_unique" UNIQUE("municipality_id","client_id"),
	CONSTRAINT "issues_municipalityId_source_sourceRef_unique" UNIQUE("municipality_id","source","source_ref")
);
--> statement-breakpoint
CREATE TABLE "moderations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"action" text NOT NULL,
	"reason" text NOT NULL,
	"original" text,
	"by" uuid,
	"at" timestamp with time zone NOT NULL,
	"objection" text,
	"objected_at" timestamp with time zone,
	"answer" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "request_imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"file" text NOT NULL,
	"file_hash" text NOT NULL,
	"map" jsonb NOT NULL,
	"total" integer NOT NULL,
	"accepted" integer NOT NULL,
	"flagged" integer NOT NULL,
	"rejected" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"code" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"question" text NOT NULL,
	"hint" text DEFAULT '' NOT NULL,
	"datatype" text NOT NULL,
	"required" boolean DEFAULT false NOT NULL,
	"values" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "service_questions_serviceId_code_unique" UNIQUE("service_id","code")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"group" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"keywords" text[] DEFAULT '{}' NOT NULL,
	"icon" text DEFAULT 'report' NOT NULL,
	"department_id" uuid,
	"priority" text DEFAULT 'normal' NOT NULL,
	"private" boolean DEFAULT false NOT NULL,
	"anonymous_allowed" boolean DEFAULT true NOT NULL,
	"stop_advice" text,
	"duplicate_metres" integer DEFAULT 50 NOT NULL,
	"duplicate_days" integer DEFAULT 14 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "services_municipalityId_code_unique" UNIQUE("municipality_id","code")
);
--> statement-breakpoint
CREATE TABLE "supports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"by_whom" text NOT NULL,
	"person_id" uuid,
	"address" text,
	"verified" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "supports_issueId_byWhom_unique" UNIQUE("issue_id","by_whom")
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"issue_id" uuid,
	"event_id" uuid,
	"position" integer DEFAULT 0 NOT NULL,
	"alt" text DEFAULT '' NOT NULL,
	"storage_key" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"private" boolean DEFAULT false NOT NULL,
	"removed" boolean DEFAULT false NOT NULL,
	"redactions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"redacted_key" text,
	"uploaded_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"erased_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_viewers" ADD CONSTRAINT "case_viewers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_words" ADD CONSTRAINT "case_words_event_id_case_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."case_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_words" ADD CONSTRAINT "case_words_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_templates" ADD CONSTRAINT "reply_templates_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_events" ADD CONSTRAINT "commitment_events_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_events" ADD CONSTRAINT "commitment_events_commitment_id_commitments_id_fk" FOREIGN KEY ("commitment_id") REFERENCES "public"."commitments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_issues" ADD CONSTRAINT "commitment_issues_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitment_issues" ADD CONSTRAINT "commitment_issues_commitment_id_commitments_id_fk" FOREIGN KEY ("commitment_id") REFERENCES "public"."commitments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_promised_by_people_id_fk" FOREIGN KEY ("promised_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commitments" ADD CONSTRAINT "commitments_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "followings" ADD CONSTRAINT "followings_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "followings" ADD CONSTRAINT "followings_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "followings" ADD CONSTRAINT "followings_contact_point_id_contact_points_id_fk" FOREIGN KEY ("contact_point_id") REFERENCES "public"."contact_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_contact_point_id_contact_points_id_fk" FOREIGN KEY ("contact_point_id") REFERENCES "public"."contact_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "features" ADD CONSTRAINT "features_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "places" ADD CONSTRAINT "places_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ward_committee" ADD CONSTRAINT "ward_committee_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wards" ADD CONSTRAINT "wards_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wards" ADD CONSTRAINT "wards_boundary_set_id_boundary_sets_id_fk" FOREIGN KEY ("boundary_set_id") REFERENCES "public"."boundary_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_person_id_people_id_fk" FOREIGN KEY ("from_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_person_id_people_id_fk" FOREIGN KEY ("to_person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "departments" ADD CONSTRAINT "departments_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factor_resets" ADD CONSTRAINT "factor_resets_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factor_resets" ADD CONSTRAINT "factor_resets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_contact_point_id_contact_points_id_fk" FOREIGN KEY ("contact_point_id") REFERENCES "public"."contact_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_home_municipality_id_municipalities_id_fk" FOREIGN KEY ("home_municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_contacts" ADD CONSTRAINT "person_contacts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_contacts" ADD CONSTRAINT "person_contacts_contact_point_id_contact_points_id_fk" FOREIGN KEY ("contact_point_id") REFERENCES "public"."contact_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_contact_point_id_contact_points_id_fk" FOREIGN KEY ("contact_point_id") REFERENCES "public"."contact_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "private_views" ADD CONSTRAINT "private_views_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_rules" ADD CONSTRAINT "retention_rules_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_people_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD CONSTRAINT "sign_in_codes_contact_point_id_contact_points_id_fk" FOREIGN KEY ("contact_point_id") REFERENCES "public"."contact_points"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "totp_secrets" ADD CONSTRAINT "totp_secrets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watched_wards" ADD CONSTRAINT "watched_wards_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watched_wards" ADD CONSTRAINT "watched_wards_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_findings" ADD CONSTRAINT "import_findings_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_findings" ADD CONSTRAINT "import_findings_import_id_request_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."request_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_reporter_id_people_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderations" ADD CONSTRAINT "moderations_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderations" ADD CONSTRAINT "moderations_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_imports" ADD CONSTRAINT "request_imports_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_questions" ADD CONSTRAINT "service_questions_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_questions" ADD CONSTRAINT "service_questions_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_department_id_departments_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."departments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supports" ADD CONSTRAINT "supports_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "supports" ADD CONSTRAINT "supports_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_events_municipality_id_occurred_at_index" ON "case_events" USING btree ("municipality_id","occurred_at");--> statement-breakpoint
CREATE INDEX "cases_municipality_id_department_id_state_index" ON "cases" USING btree ("municipality_id","department_id","state");--> statement-breakpoint
CREATE INDEX "cases_municipality_id_current_ward_code_state_index" ON "cases" USING btree ("municipality_id","current_ward_code","state");--> statement-breakpoint
CREATE INDEX "cases_municipality_id_state_opened_at_index" ON "cases" USING btree ("municipality_id","state","opened_at");--> statement-breakpoint
CREATE INDEX "cases_municipality_id_assignee_id_index" ON "cases" USING btree ("municipality_id","assignee_id");--> statement-breakpoint
CREATE INDEX "confirmations_municipality_id_case_id_index" ON "confirmations" USING btree ("municipality_id","case_id");--> statement-breakpoint
CREATE INDEX "reply_templates_municipality_id_index" ON "reply_templates" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "commitment_issues_issue_id_index" ON "commitment_issues" USING btree ("issue_id");--> statement-breakpoint
CREATE INDEX "commitments_municipality_id_ward_code_state_index" ON "commitments" USING btree ("municipality_id","ward_code","state");--> statement-breakpoint
CREATE INDEX "commitments_promised_by_index" ON "commitments" USING btree ("promised_by");--> statement-breakpoint
CREATE INDEX "followings_municipality_id_subject_subject_id_index" ON "followings" USING btree ("municipality_id","subject","subject_id");--> statement-breakpoint
CREATE INDEX "followings_person_id_index" ON "followings" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "messages_municipality_id_created_at_index" ON "messages" USING btree ("municipality_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_person_id_index" ON "messages" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "messages_outcome_not_before_index" ON "messages" USING btree ("outcome","not_before");--> statement-breakpoint
CREATE INDEX "push_subscriptions_person_id_index" ON "push_subscriptions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "features_municipality_id_index" ON "features" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "places_name_trgm" ON "places" USING gin (lower("name") gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "ward_committee_municipality_id_ward_code_index" ON "ward_committee" USING btree ("municipality_id","ward_code");--> statement-breakpoint
CREATE INDEX "wards_municipality_id_number_index" ON "wards" USING btree ("municipality_id","number");--> statement-breakpoint
CREATE INDEX "wards_code_index" ON "wards" USING btree ("code");--> statement-breakpoint
CREATE INDEX "wards_geom_index" ON "wards" USING gist ("geom");--> statement-breakpoint
CREATE INDEX "delegations_municipality_id_from_person_id_index" ON "delegations" USING btree ("municipality_id","from_person_id");--> statement-breakpoint
CREATE INDEX "grants_person_id_index" ON "grants" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "grants_municipality_id_role_ward_code_index" ON "grants" USING btree ("municipality_id","role","ward_code");--> statement-breakpoint
CREATE INDEX "invitations_municipality_id_created_at_index" ON "invitations" USING btree ("municipality_id","created_at");--> statement-breakpoint
CREATE INDEX "municipalities_district_id_index" ON "municipalities" USING btree ("district_id");--> statement-breakpoint
CREATE INDEX "person_contacts_contact_point_id_index" ON "person_contacts" USING btree ("contact_point_id");--> statement-breakpoint
CREATE INDEX "privacy_requests_municipality_id_due_at_index" ON "privacy_requests" USING btree ("municipality_id","due_at");--> statement-breakpoint
CREATE INDEX "private_views_municipality_id_subject_id_index" ON "private_views" USING btree ("municipality_id","subject_id");--> statement-breakpoint
CREATE INDEX "private_views_person_id_index" ON "private_views" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "recovery_codes_person_id_index" ON "recovery_codes" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id_index" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_codes_contact_point_id_created_at_index" ON "sign_in_codes" USING btree ("contact_point_id","created_at");--> statement-breakpoint
CREATE INDEX "flags_municipality_id_decided_at_index" ON "flags" USING btree ("municipality_id","decided_at");--> statement-breakpoint
CREATE INDEX "import_findings_import_id_row_index" ON "import_findings" USING btree ("import_id","row");--> statement-breakpoint
CREATE INDEX "issues_municipality_id_created_at_index" ON "issues" USING btree ("municipality_id","created_at");--> statement-breakpoint
CREATE INDEX "issues_municipality_id_current_ward_code_created_at_index" ON "issues" USING btree ("municipality_id","current_ward_code","created_at");--> statement-breakpoint
CREATE INDEX "issues_municipality_id_service_id_index" ON "issues" USING btree ("municipality_id","service_id");--> statement-breakpoint
CREATE INDEX "issues_reporter_id_index" ON "issues" USING btree ("reporter_id");--> statement-breakpoint
CREATE INDEX "issues_contact_point_id_index" ON "issues" USING btree ("contact_point_id");--> statement-breakpoint
CREATE INDEX "issues_point_index" ON "issues" USING gist ("point");--> statement-breakpoint
CREATE INDEX "issues_words_trgm" ON "issues" USING gin (lower("title" || ' ' || coalesce("description", '') || ' ' || coalesce("place", '')) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "moderations_municipality_id_issue_id_index" ON "moderations" USING btree ("municipality_id","issue_id");--> statement-breakpoint
CREATE INDEX "supports_municipality_id_issue_id_index" ON "supports" USING btree ("municipality_id","issue_id");--> statement-breakpoint
CREATE INDEX "supports_person_id_index" ON "supports" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "photos_municipality_id_issue_id_index" ON "photos" USING btree ("municipality_id","issue_id");--> statement-breakpoint
CREATE INDEX "photos_event_id_index" ON "photos" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "photos_expires_at_index" ON "photos" USING btree ("expires_at");