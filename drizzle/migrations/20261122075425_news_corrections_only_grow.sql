-- What news said before it was corrected only grows.
REVOKE UPDATE, DELETE, TRUNCATE ON news_corrections FROM imbizo_app;
--> statement-breakpoint
CREATE TRIGGER news_corrections_only_grow BEFORE UPDATE OR DELETE ON news_corrections FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER news_corrections_not_emptied BEFORE TRUNCATE ON news_corrections FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
