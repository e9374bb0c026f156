CREATE TABLE "news" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"language" text NOT NULL,
	"title" text NOT NULL,
	"words" text NOT NULL,
	"topics" text[] DEFAULT '{}' NOT NULL,
	"ward_codes" text[] DEFAULT '{}' NOT NULL,
	"written_by" uuid NOT NULL,
	"written_by_name" text NOT NULL,
	"publish_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"corrected_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_why" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "news_municipalityId_number_unique" UNIQUE("municipality_id","number")
);
--> statement-breakpoint
CREATE TABLE "news_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"news_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"old_title" text NOT NULL,
	"old_words" text NOT NULL,
	"why" text NOT NULL,
	"by" uuid NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "news_corrections_newsId_seq_unique" UNIQUE("news_id","seq")
);
--> statement-breakpoint
ALTER TABLE "news" ADD CONSTRAINT "news_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "news_corrections" ADD CONSTRAINT "news_corrections_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "news_corrections" ADD CONSTRAINT "news_corrections_news_id_news_id_fk" FOREIGN KEY ("news_id") REFERENCES "public"."news"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "news_municipality_id_state_published_at_index" ON "news" USING btree ("municipality_id","state","published_at");--> statement-breakpoint
CREATE INDEX "news_state_publish_at_index" ON "news" USING btree ("state","publish_at");