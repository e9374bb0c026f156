ALTER TABLE "alert_seals" ADD COLUMN "cap_parts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- Who read the register of those who need a hand stays known.
CREATE TRIGGER alert_hand_openings_only_grow BEFORE UPDATE OR DELETE ON alert_hand_openings FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER alert_hand_openings_not_emptied BEFORE TRUNCATE ON alert_hand_openings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
