-- Search that forgives spelling. Words are read as people write them: without accents, `kerkstr` and
-- `Kerkstraat` as `kerk street`. Everything inside is named with its schema: indexes are rebuilt with
-- an empty search path.
CREATE FUNCTION search_words(input text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	t text := lower(left(coalesce(input, ''), 8000));
BEGIN
	t := translate(t, 'áàâäãåāéèêëēíìîïīóòôöõōúùûüūñçšḓḽṅṋṱýÿ', 'aaaaaaaeeeeeiiiiioooooouuuuuncsdlnntyy');
	t := regexp_replace(t, '[’''`´]', '', 'g');
	t := regexp_replace(t, '[^a-z0-9]+', ' ', 'g');
	t := regexp_replace(t, '([a-z]{3,})(straat|street|str)( |$)', '\1 street\3', 'g');
	t := regexp_replace(t, '(^| )(straat|str)( |$)', '\1street\3', 'g');
	t := regexp_replace(t, '([a-z]{3,})(weg|road)( |$)', '\1 road\3', 'g');
	t := regexp_replace(t, '(^| )(weg|rd)( |$)', '\1road\3', 'g');
	t := regexp_replace(t, '(^| )(laan|ave|av)( |$)', '\1avenue\3', 'g');
	RETURN pg_catalog.string_to_array(trim(t), ' ');
END $$;
--> statement-breakpoint
-- How a word sounds, roughly, in the languages spoken here: its consonants, each once in a row.
-- `patole` and `pothole` are both `ptl`. A word with digits stays as it is.
CREATE FUNCTION search_sound(word text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	s text := word;
BEGIN
	IF s ~ '[0-9]' THEN RETURN s; END IF;
	s := replace(replace(replace(s, 'ph', 'f'), 'ck', 'k'), 'gh', 'g');
	s := regexp_replace(s, 'c([eiy])', 's\1', 'g');
	s := translate(s, 'cqvzx', 'kkfss');
	s := translate(s, 'aeiouyh', '');
	RETURN regexp_replace(s, '(.)\1+', '\1', 'g');
END $$;
--> statement-breakpoint
-- What a text can be found by: each word, `~` its sound, `^` its consonants in the order of the alphabet
-- (letters that changed places), and each two neighbours as one word (`pot hole`).
CREATE FUNCTION search_terms(input text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
DECLARE
	words text[] := public.search_words(input);
	terms text[] := '{}';
	previous text := '';
	word text;
	sound text;
BEGIN
	FOREACH word IN ARRAY words LOOP
		CONTINUE WHEN word = '' OR length(word) > 40;
		sound := public.search_sound(word);
		terms := terms || word;
		IF length(sound) >= 2 THEN terms := terms || ('~' || sound); END IF;
		IF length(sound) >= 4 THEN
			terms := terms || ('^' || (SELECT string_agg(c, '' ORDER BY c COLLATE "C") FROM unnest(string_to_array(sound, NULL)) c));
		END IF;
		IF length(previous) >= 3 AND length(word) >= 3 AND length(previous) + length(word) <= 24 THEN
			terms := terms || (previous || word) || ('+' || public.search_sound(previous || word));
		END IF;
		previous := word;
	END LOOP;
	RETURN array_to_tsvector(terms);
END $$;
--> statement-breakpoint
CREATE INDEX issues_search_terms ON issues USING gin (search_terms(title || ' ' || coalesce(description, '') || ' ' || coalesce(place, '')));
--> statement-breakpoint
CREATE INDEX commitments_search_terms ON commitments USING gin (search_terms(what || ' ' || evidence));
--> statement-breakpoint
CREATE INDEX commitments_words_trgm ON commitments USING gin (lower(what || ' ' || evidence) gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX news_search_terms ON news USING gin (search_terms(title || ' ' || words));
--> statement-breakpoint
CREATE INDEX news_words_trgm ON news USING gin (lower(title || ' ' || words) gin_trgm_ops);
