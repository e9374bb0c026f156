-- What was said about an outage, and what was judged to be none, only grows.
REVOKE UPDATE, DELETE, TRUNCATE ON outage_events, outage_dismissals FROM imbizo_app;
--> statement-breakpoint
CREATE TRIGGER outage_events_only_grow BEFORE UPDATE OR DELETE ON outage_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER outage_events_not_emptied BEFORE TRUNCATE ON outage_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER outage_dismissals_only_grow BEFORE UPDATE OR DELETE ON outage_dismissals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER outage_dismissals_not_emptied BEFORE TRUNCATE ON outage_dismissals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What is public keeps what it was about: only drafts change or go.
CREATE FUNCTION outages_keep_their_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		RAISE EXCEPTION 'A public outage stays (%)', OLD.number;
	END IF;
	IF (NEW.municipality_id, NEW.number, NEW.planned, NEW.service_ids, NEW.area_desc, NEW.starts_at, NEW.published_at)
		IS DISTINCT FROM (OLD.municipality_id, OLD.number, OLD.planned, OLD.service_ids, OLD.area_desc, OLD.starts_at, OLD.published_at)
		OR NEW.state = 'draft' THEN
		RAISE EXCEPTION 'A public outage keeps what it is about (%)', OLD.number;
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER service_outages_keep_their_word BEFORE UPDATE OR DELETE ON service_outages FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION outages_keep_their_word();
