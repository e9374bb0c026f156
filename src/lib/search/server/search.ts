import { sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { searchPlaces } from '../../geography/server/index.ts';
import { isPublic } from '../../issues/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { commitments } from '../../commitments/server/schema.ts';
import { issues } from '../../issues/server/schema.ts';
import { news } from '../../noticeboard/server/schema.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { isAsked, readQuestion, tsqueryOf, wordsThatMatter, type Freedom } from '../question.ts';

export type HitKind = 'issue' | 'suggestion' | 'commitment' | 'news';

export interface Hit {
	kind: HitKind;
	/** The reference of an issue, the number of a promise or of news. */
	name: string;
	title: string;
	/** Where it is, or when. */
	place: string | null;
	wardCode: string | null;
	language: string;
	state: string;
	at: Date;
	/** When a promise is due. */
	due: Date | null;
}

export interface PlaceHit {
	name: string;
	kind: string;
	wardCodes: string[];
}

export interface Found {
	question: string;
	/** What holds the words as they were typed. */
	hits: Hit[];
	/** What holds words that sound like them or are spelt nearly like them, most likely first: a guess. */
	perhaps: Hit[];
	places: PlaceHit[];
}

const perKind = 8;
/** Of many that fit, so many of the newest are compared. */
const compared = 100;
const enough = 3;
const mostGuesses = 8;
const nearlyLike = 0.42;
const mostlyLike = 0.6;

/** What is found in one kind of thing: its rows that everyone may see, its words, and what is shown of it. */
interface Shelf {
	kinds: HitKind[];
	table: PgTable;
	/** What else is needed to know and show it. */
	join?: SQL;
	isPublic?: SQL;
	words: SQL;
	title: SQL;
	shown: SQL;
}

// The expressions are those of the indexes (migration `search_words`), letter by letter.
const shelves: Shelf[] = [
	{
		kinds: ['issue', 'suggestion'],
		table: issues,
		join: sql`join ${cases} on ${cases.subjectId} = ${issues.id}`,
		isPublic,
		words: sql`${issues.title} || ' ' || coalesce(${issues.description}, '') || ' ' || coalesce(${issues.place}, '')`,
		title: sql`${issues.title}`,
		shown: sql`${issues.kind} as kind, ${issues.reference} as name, ${issues.place} as place, ${issues.currentWardCode} as ward, 'en' as language, ${cases.state} as state, ${issues.createdAt} as at, null::timestamptz as due`
	},
	{
		kinds: ['commitment'],
		table: commitments,
		words: sql`${commitments.what} || ' ' || ${commitments.evidence}`,
		title: sql`${commitments.what}`,
		shown: sql`'commitment' as kind, ${commitments.number}::text as name, ${commitments.promisedByName} as place, ${commitments.wardCode} as ward, 'en' as language, ${commitments.state} as state, ${commitments.promisedAt} as at, ${commitments.dueAt} as due`
	},
	{
		kinds: ['news'],
		table: news,
		isPublic: sql`${news.state} = 'published'`,
		words: sql`${news.title} || ' ' || ${news.words}`,
		title: sql`${news.title}`,
		shown: sql`'news' as kind, ${news.number}::text as name, null as place, null as ward, ${news.language} as language, ${news.state} as state, ${news.publishedAt} as at, null::timestamptz as due`
	}
];

type Instant = string | Date;
type Row = Omit<Hit, 'wardCode' | 'at' | 'due'> & {
	ward: string | null;
	at: Instant;
	due: Instant | null;
};

const hitOf = ({ ward, at, due, ...row }: Row): Hit => ({
	...row,
	wardCode: ward,
	at: new Date(at),
	due: due ? new Date(due) : null
});

/**
 * Everything public of a municipality that fits what somebody typed or spoke: as it is written; and where
 * that is little, as a guess, as it sounds and whatever is spelt nearly like it. Private, held and hidden
 * things are never found, whoever asks. At most `longestQuestion` characters are read.
 */
export async function search(
	db: Db,
	municipalityId: string,
	typed: string,
	now = new Date()
): Promise<Found> {
	const question = readQuestion(typed);
	if (!isAsked(question)) return { question, hits: [], perhaps: [], places: [] };
	const { words, queries } = await hear(db, question);
	const places = await placesNamed(db, municipalityId, question, words, now);
	if (!words.length) return { question, hits: [], perhaps: [], places };

	const hits = await matching(db, municipalityId, queries.exact, words);
	let perhaps: Hit[] = [];
	if (hits.length < enough)
		perhaps = notAmong(hits, await matching(db, municipalityId, queries.sound, words));
	if (hits.length + perhaps.length < enough)
		perhaps = [
			...perhaps,
			...notAmong([...hits, ...perhaps], await nearly(db, municipalityId, queries.near, words))
		];
	if (!hits.length && !perhaps.length) perhaps = await mostLetters(db, municipalityId, words);
	return { question, hits, perhaps: perhaps.slice(0, mostGuesses), places };
}

/** The words of a question as the database reads them, and the queries they make. */
async function hear(db: Db, question: string) {
	const [{ words: read }] = await rows<{ words: string[] }>(
		db,
		sql`select search_words(${question}) as words`
	);
	const words = wordsThatMatter(read);
	const pairs = words.slice(1).map((word, at) => words[at] + word);
	const sounds = await rows<{ word: string; sound: string }>(
		db,
		sql`select word, search_sound(word) as sound from json_array_elements_text(${JSON.stringify([...words, ...pairs])}::json) with ordinality as t(word, n) order by n`
	);
	const [heard, joined] = [sounds.slice(0, words.length), sounds.slice(words.length)];
	const query = (freedom: Freedom) => (words.length ? tsqueryOf(heard, joined, freedom) : '');
	return { words, queries: { exact: query('exact'), sound: query('sound'), near: query('near') } };
}

/**
 * What fits, the newest first. The inner question stands alone (`offset 0`):
 * planned together with the order it would read row after row by date and take each text apart.
 */
const fitting = (
	{ table, join = sql``, isPublic = sql`true`, words, shown, title }: Shelf,
	municipalityId: string,
	fits: SQL,
	fit: SQL,
	most: number
) => sql`
	select newest.*, (${fit})::float8 as fit from (
		select ${shown}, ${title} as title, lower(${words}) as text
		from (
			select * from ${table}
			where municipality_id = ${municipalityId}::uuid and ${fits}
			offset 0
		) ${table} ${join}
		where ${isPublic}
		order by at desc limit ${most}
	) newest`;

async function matching(db: Db, municipalityId: string, query: string, typed: string[]) {
	const found = [];
	const holds = (text: SQL) =>
		sql.join(
			typed.map((word) => sql`(position(${word} in ${text}) > 0)::int`),
			sql` + `
		);
	const fit = sql`(${holds(sql`lower(newest.title)`)}) * 2 + ${holds(sql`newest.text`)}`;
	for (const shelf of shelves)
		found.push(
			await rows<Row>(
				db,
				sql`select * from (
					select one.*, row_number() over (partition by kind order by fit desc, at desc) as nth
					from (${fitting(shelf, municipalityId, holding(shelf, query), fit, compared * shelf.kinds.length)}) one
				) ranked where nth <= ${perKind} order by fit desc, at desc`
			)
		);
	return found.flat().map(hitOf);
}

const holding = ({ words }: Shelf, query: string) =>
	sql`search_terms(${words}) @@ ${query}::tsquery`;

/** Whatever holds words that sound nearly like these and are spelt nearly like them. */
const nearly = (db: Db, municipalityId: string, query: string, words: string[]) =>
	alike(db, municipalityId, words, (shelf) => holding(shelf, query));

/** The last resort: words of which most letters stand in the same order, whatever they sound like. */
const mostLetters = (db: Db, municipalityId: string, words: string[]) =>
	db.transaction(async (tx) => {
		await tx.execute(sql.raw(`set local pg_trgm.word_similarity_threshold = ${mostlyLike}`));
		return alike(tx, municipalityId, words, (shelf) => {
			const like = words
				.filter((word) => word.length >= 6)
				.map((word) => sql`${word} <% lower(${shelf.words})`);
			return like.length ? sql`(${sql.join(like, sql` or `)})` : sql`false`;
		});
	});

async function alike(
	db: Db,
	municipalityId: string,
	words: string[],
	fits: (shelf: Shelf) => SQL
): Promise<Hit[]> {
	const long = words.filter((word) => word.length >= 4);
	if (!long.length) return [];
	const found = [];
	const fit = sql.join(
		long.map((word) => sql`word_similarity(${word}, newest.text)`),
		sql` + `
	);
	for (const shelf of shelves)
		found.push(
			...(await rows<Row & { fit: number }>(
				db,
				fitting(shelf, municipalityId, fits(shelf), fit, compared)
			))
		);
	const best = Math.max(0, ...found.map(({ fit }) => fit));
	return found
		.filter(({ fit }) => fit >= best * 0.8 && fit >= nearlyLike * long.length)
		.sort((a, b) => b.fit - a.fit)
		.slice(0, mostGuesses)
		.map(hitOf);
}

const keyOf = ({ kind, name }: Hit) => `${kind}/${name}`;

/** What of `more` is not among what is known. */
function notAmong(known: Hit[], more: Hit[]): Hit[] {
	const names = new Set(known.map(keyOf));
	return more.filter((hit) => !names.has(keyOf(hit)));
}

async function placesNamed(
	db: Db,
	municipalityId: string,
	question: string,
	words: string[],
	now: Date
): Promise<PlaceHit[]> {
	const found = new Map<string, PlaceHit>();
	for (const text of new Set([question, words.join(' ')]))
		for (const { name, kind, wardCodes } of await searchPlaces(db, municipalityId, text, {
			now,
			limit: 5
		}))
			found.set(`${kind}/${name}`, { name, kind, wardCodes });
	return [...found.values()].slice(0, 6);
}
