-- What happened to an alert, and which text was approved by whom, only grows.
REVOKE UPDATE, DELETE, TRUNCATE ON alert_events, alert_templates, alert_template_reviews FROM imbizo_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON alerts, incidents FROM imbizo_app;
--> statement-breakpoint
CREATE TRIGGER alert_events_only_grow BEFORE UPDATE OR DELETE ON alert_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER alert_templates_only_grow BEFORE UPDATE OR DELETE ON alert_templates FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER alert_template_reviews_only_grow BEFORE UPDATE OR DELETE ON alert_template_reviews FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- An exercise stays an exercise, and what is frozen stays as it was submitted, whatever the code does.
CREATE FUNCTION alerts_keep_their_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.cap_status <> OLD.cap_status OR NEW.municipality_id <> OLD.municipality_id OR NEW.incident_id <> OLD.incident_id THEN
		RAISE EXCEPTION 'the status and place of an alert never change';
	END IF;
	IF OLD.state IN ('rejected', 'superseded', 'retracted', 'cleared', 'expired') AND NEW.state <> OLD.state THEN
		RAISE EXCEPTION 'nothing leads out of %', OLD.state;
	END IF;
	IF OLD.state <> 'draft' AND NEW.state <> 'draft' AND
		(NEW.content IS DISTINCT FROM OLD.content OR NEW.content_hash IS DISTINCT FROM OLD.content_hash OR NEW.area IS DISTINCT FROM OLD.area) THEN
		RAISE EXCEPTION 'what was submitted is frozen';
	END IF;
	IF NEW.cap_status = 'actual' AND NEW.approved_by IS NOT NULL AND NEW.approved_by = NEW.submitted_by THEN
		RAISE EXCEPTION 'nobody approves what they submitted';
	END IF;
	IF NEW.break_glass_by IS NOT NULL AND NEW.approved_by IS NOT NULL THEN
		RAISE EXCEPTION 'released alone is not approved';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER alerts_keep_their_word BEFORE UPDATE ON alerts FOR EACH ROW EXECUTE FUNCTION alerts_keep_their_word();
