/** What may wait on the phone until there is signal: each is one form that people post. */
export const verbs = ['report', 'note', 'answer', 'support', 'follow', 'check_in'] as const;
export type Verb = (typeof verbs)[number];

/** One field of a form, in its order: a text or a photo. */
export type Field = [name: string, value: string | File];

/** Something somebody sent without signal, as it lies on their phone. */
export interface Waiting {
	/** The deed's own id, which the server knows it by: sent twice, it happens once. */
	id: string;
	verb: Verb;
	/** Path and query it is posted to. */
	action: string;
	fields: Field[];
	/** Who was signed in here: the mark the server put on their pages, or nothing. */
	reader: string;
	/** By this phone's clock, in milliseconds: shown, never decided by. */
	madeAt: number;
	state: 'waiting' | 'refused' | 'sent';
	/** The server's own words about it. */
	said: string[];
	/** Where it stands now, once it was sent. */
	at: string;
}

const checkInPath = /^\/alerts\/[A-Z0-9]{3}-[A-Z0-9]{3}\/check-in$/i;
const issuePath = /^\/issues\/[A-Za-z]{2,5}-\d{2}-\w{4,12}$/;

/** Which of the things that can wait is posted there, or null. */
export function verbOf({ pathname, search }: Pick<URL, 'pathname' | 'search'>): Verb | null {
	if (pathname === '/report') return 'report';
	if (checkInPath.test(pathname)) return 'check_in';
	if (!issuePath.test(pathname)) return null;
	const deed = /^\?\/(\w+)/.exec(search)?.[1];
	return verbs.find((each) => each === deed && each !== 'report') ?? null;
}

/** The hidden field that carries the deed's own id. */
export const idField = (verb: Verb) => (verb === 'report' ? 'client_id' : 'deed');

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The text of a field, or nothing. */
export function textOf(fields: Field[], name: string): string {
	const value = fields.find(([each]) => each === name)?.[1];
	return typeof value === 'string' ? value : '';
}

/** The photos among the fields; a form sends an empty file where none was chosen. */
export const photosOf = (fields: Field[]) =>
	fields.flatMap(([, value]) => (typeof value === 'string' || value.size === 0 ? [] : [value]));

/**
 * A posted form as something that waits. A form that several pages share carries no id: it gets one
 * here, and keeps it for every try.
 */
export function waitingOf(
	verb: Verb,
	url: Pick<URL, 'pathname' | 'search'>,
	form: Iterable<[string, FormDataEntryValue]>,
	{ reader, madeAt }: Pick<Waiting, 'reader' | 'madeAt'>
): Waiting {
	const name = idField(verb);
	const fields = [...form].filter(
		([each, value]) => each !== name && (typeof value === 'string' || value.size > 0)
	);
	const sent = textOf([...form], name).toLowerCase();
	const id = uuid.test(sent) ? sent : crypto.randomUUID();
	return {
		id,
		verb,
		action: verb === 'report' ? '/report' : `${url.pathname}?/${verb}`,
		fields: [[name, id], ...fields],
		reader,
		madeAt,
		state: 'waiting',
		said: [],
		at: ''
	};
}

const sameFields = (a: Field[], b: Field[]) =>
	a.length === b.length &&
	a.every(([name, value], i) => {
		const [other, their] = b[i];
		if (name !== other) return false;
		return typeof value === 'string' || typeof their === 'string'
			? value === their
			: value.size === their.size && value.name === their.name;
	});

/**
 * A page brought back by the Back button posts other words under the id of the first: both are kept.
 * What was refused and is mended stays the same deed.
 */
export function apartFrom(fresh: Waiting, known: Waiting | undefined): Waiting {
	if (!known || known.state === 'refused' || sameFields(fresh.fields, known.fields)) return fresh;
	const id = crypto.randomUUID();
	return { ...fresh, id, fields: [[idField(fresh.verb), id], ...fresh.fields.slice(1)] };
}

/** How long it may travel, in milliseconds: for its words, and for its photos at 32 kbit/s. */
export const patienceFor = (fields: Field[]) =>
	fields.reduce(
		(sum, [, value]) => sum + (typeof value === 'string' ? value.length : value.size) / 4,
		20_000
	);

/** What can still be read: some browsers lose the bytes of a photo they kept. */
export async function readable(fields: Field[]): Promise<Field[]> {
	const each = await Promise.all(
		fields.map(async ([, value]) =>
			typeof value === 'string' ? true : value.arrayBuffer().then(Boolean, () => false)
		)
	);
	return fields.filter((_, i) => each[i]);
}

/** What is posted. Nobody is there to choose among open reports of the same: it goes as it is. */
export function bodyOf({ fields }: Pick<Waiting, 'fields'>): FormData {
	const body = new FormData();
	for (const [name, value] of fields)
		if (name !== 'check') {
			if (typeof value === 'string') body.append(name, value);
			else body.append(name, value, value.name);
		}
	return body;
}
