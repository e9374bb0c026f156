CREATE TABLE "stock_counts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"counted" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"counted_by" uuid NOT NULL,
	CONSTRAINT "one_count_a_moment" UNIQUE("store_id","lot_id","at"),
	CONSTRAINT "counted_something" CHECK (counted >= 0)
);
--> statement-breakpoint
CREATE TABLE "stock_donations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"donor" text NOT NULL,
	"reference" text DEFAULT '' NOT NULL,
	"received_by" uuid NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_items_eventId_name_unique" UNIQUE("event_id","name")
);
--> statement-breakpoint
CREATE TABLE "stock_loss_decisions" (
	"loss_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"agreed" boolean NOT NULL,
	"decided_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_losses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"said_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "lost_something" CHECK (quantity > 0)
);
--> statement-breakpoint
CREATE TABLE "stock_lots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"donation_id" uuid NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"expires_on" date
);
--> statement-breakpoint
CREATE TABLE "stock_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"from_id" uuid,
	"to_id" uuid,
	"outside" text,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"moved_by" uuid NOT NULL,
	"custodian" text DEFAULT '' NOT NULL,
	"waybill_id" uuid,
	"count_id" uuid,
	"loss_id" uuid,
	CONSTRAINT "one_row_a_loss" UNIQUE("loss_id","count_id"),
	CONSTRAINT "moved_something" CHECK (quantity > 0),
	CONSTRAINT "two_ends" CHECK (num_nonnulls(from_id, to_id, outside) = 2)
);
--> statement-breakpoint
CREATE TABLE "stock_stores" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_stores_eventId_name_unique" UNIQUE("event_id","name")
);
--> statement-breakpoint
CREATE TABLE "stock_waybill_receipts" (
	"waybill_id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"received_by" uuid NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "received_something" CHECK (quantity >= 0)
);
--> statement-breakpoint
CREATE TABLE "stock_waybills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"municipality_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"number" text NOT NULL,
	"from_id" uuid NOT NULL,
	"vehicle_id" uuid NOT NULL,
	"to_id" uuid NOT NULL,
	"carrier" text NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" integer NOT NULL,
	"sent_by" uuid NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_waybills_municipalityId_number_unique" UNIQUE("municipality_id","number"),
	CONSTRAINT "sent_something" CHECK (quantity > 0),
	CONSTRAINT "somewhere_else" CHECK (from_id <> to_id and vehicle_id <> from_id and vehicle_id <> to_id)
);
--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_store_id_stock_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_lot_id_stock_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."stock_lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_counted_by_people_id_fk" FOREIGN KEY ("counted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_donations" ADD CONSTRAINT "stock_donations_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_donations" ADD CONSTRAINT "stock_donations_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_donations" ADD CONSTRAINT "stock_donations_received_by_people_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_items" ADD CONSTRAINT "stock_items_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_items" ADD CONSTRAINT "stock_items_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_items" ADD CONSTRAINT "stock_items_added_by_people_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_loss_decisions" ADD CONSTRAINT "stock_loss_decisions_loss_id_stock_losses_id_fk" FOREIGN KEY ("loss_id") REFERENCES "public"."stock_losses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_loss_decisions" ADD CONSTRAINT "stock_loss_decisions_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_loss_decisions" ADD CONSTRAINT "stock_loss_decisions_decided_by_people_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_losses" ADD CONSTRAINT "stock_losses_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_losses" ADD CONSTRAINT "stock_losses_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_losses" ADD CONSTRAINT "stock_losses_store_id_stock_stores_id_fk" FOREIGN KEY ("store_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_losses" ADD CONSTRAINT "stock_losses_lot_id_stock_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."stock_lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_losses" ADD CONSTRAINT "stock_losses_said_by_people_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_lots" ADD CONSTRAINT "stock_lots_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_lots" ADD CONSTRAINT "stock_lots_item_id_stock_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."stock_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_lots" ADD CONSTRAINT "stock_lots_donation_id_stock_donations_id_fk" FOREIGN KEY ("donation_id") REFERENCES "public"."stock_donations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_lot_id_stock_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."stock_lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_from_id_stock_stores_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_to_id_stock_stores_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_moved_by_people_id_fk" FOREIGN KEY ("moved_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_waybill_id_stock_waybills_id_fk" FOREIGN KEY ("waybill_id") REFERENCES "public"."stock_waybills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_count_id_stock_counts_id_fk" FOREIGN KEY ("count_id") REFERENCES "public"."stock_counts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_moves" ADD CONSTRAINT "stock_moves_loss_id_stock_losses_id_fk" FOREIGN KEY ("loss_id") REFERENCES "public"."stock_losses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_stores" ADD CONSTRAINT "stock_stores_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_stores" ADD CONSTRAINT "stock_stores_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_stores" ADD CONSTRAINT "stock_stores_site_id_aid_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."aid_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybill_receipts" ADD CONSTRAINT "stock_waybill_receipts_waybill_id_stock_waybills_id_fk" FOREIGN KEY ("waybill_id") REFERENCES "public"."stock_waybills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybill_receipts" ADD CONSTRAINT "stock_waybill_receipts_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybill_receipts" ADD CONSTRAINT "stock_waybill_receipts_received_by_people_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_municipality_id_municipalities_id_fk" FOREIGN KEY ("municipality_id") REFERENCES "public"."municipalities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_event_id_aid_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."aid_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_from_id_stock_stores_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_vehicle_id_stock_stores_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_to_id_stock_stores_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."stock_stores"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_lot_id_stock_lots_id_fk" FOREIGN KEY ("lot_id") REFERENCES "public"."stock_lots"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_waybills" ADD CONSTRAINT "stock_waybills_sent_by_people_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stock_donations_event_id_index" ON "stock_donations" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "stock_loss_decisions_municipality_id_index" ON "stock_loss_decisions" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "stock_losses_event_id_index" ON "stock_losses" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "stock_lots_item_id_index" ON "stock_lots" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "stock_lots_donation_id_index" ON "stock_lots" USING btree ("donation_id");--> statement-breakpoint
CREATE INDEX "stock_moves_event_id_index" ON "stock_moves" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "stock_moves_from_id_lot_id_at_index" ON "stock_moves" USING btree ("from_id","lot_id","at");--> statement-breakpoint
CREATE INDEX "stock_moves_to_id_lot_id_at_index" ON "stock_moves" USING btree ("to_id","lot_id","at");--> statement-breakpoint
CREATE INDEX "stock_stores_site_id_index" ON "stock_stores" USING btree ("site_id");--> statement-breakpoint
CREATE INDEX "stock_waybill_receipts_municipality_id_index" ON "stock_waybill_receipts" USING btree ("municipality_id");--> statement-breakpoint
CREATE INDEX "stock_waybills_event_id_index" ON "stock_waybills" USING btree ("event_id");--> statement-breakpoint
-- Balances are derived, so every row that makes them only grows.
REVOKE UPDATE, DELETE, TRUNCATE ON stock_moves, stock_counts, stock_waybills, stock_waybill_receipts, stock_losses, stock_loss_decisions, stock_lots, stock_donations FROM imbizo_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON stock_items, stock_stores FROM imbizo_app;
--> statement-breakpoint
CREATE TRIGGER stock_moves_only_grow BEFORE UPDATE OR DELETE ON stock_moves FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_moves_not_emptied BEFORE TRUNCATE ON stock_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_counts_only_grow BEFORE UPDATE OR DELETE ON stock_counts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_counts_not_emptied BEFORE TRUNCATE ON stock_counts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_waybills_only_grow BEFORE UPDATE OR DELETE ON stock_waybills FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_waybill_receipts_only_grow BEFORE UPDATE OR DELETE ON stock_waybill_receipts FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_losses_only_grow BEFORE UPDATE OR DELETE ON stock_losses FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_loss_decisions_only_grow BEFORE UPDATE OR DELETE ON stock_loss_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_donations_only_grow BEFORE UPDATE OR DELETE ON stock_donations FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_lots_only_grow BEFORE UPDATE OR DELETE ON stock_lots FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Both ends of a waybill, and both who say that goods are gone, are two people: all their accounts are one.
CREATE FUNCTION stock_takes_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	first uuid;
	second uuid;
BEGIN
	IF TG_TABLE_NAME = 'stock_waybill_receipts' THEN
		second := NEW.received_by;
		SELECT sent_by INTO first FROM public.stock_waybills WHERE id = NEW.waybill_id;
	ELSE
		second := NEW.decided_by;
		SELECT said_by INTO first FROM public.stock_losses WHERE id = NEW.loss_id;
	END IF;
	IF first = ANY (public.aid_accounts(second)) THEN
		PERFORM public.aid_refuse('aid_two_people');
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER stock_waybill_receipts_take_two BEFORE INSERT ON stock_waybill_receipts FOR EACH ROW EXECUTE FUNCTION stock_takes_two();
--> statement-breakpoint
CREATE TRIGGER stock_loss_decisions_take_two BEFORE INSERT ON stock_loss_decisions FOR EACH ROW EXECUTE FUNCTION stock_takes_two();
--> statement-breakpoint
-- Goods leave for a loss only once a second person agreed to it, and only as it was said.
CREATE FUNCTION stock_losses_are_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.outside IN ('loss', 'damage', 'expiry') AND NOT EXISTS (
		SELECT FROM public.stock_losses o JOIN public.stock_loss_decisions d ON d.loss_id = o.id AND d.agreed
		WHERE o.id = NEW.loss_id AND o.store_id = NEW.from_id AND o.lot_id = NEW.lot_id AND o.quantity = NEW.quantity AND o.kind = NEW.outside
	) THEN
		PERFORM public.aid_refuse('aid_two_people');
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER stock_moves_losses_agreed BEFORE INSERT ON stock_moves FOR EACH ROW EXECUTE FUNCTION stock_losses_are_agreed();
--> statement-breakpoint
-- A loss is written down once.
CREATE UNIQUE INDEX stock_moves_one_loss ON stock_moves (loss_id) WHERE loss_id IS NOT NULL;
