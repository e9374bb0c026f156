import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Config } from '../../../../platform/server/config.ts';
import { presets } from './presets.ts';
import type { Gateway, HttpGateway, HttpShape, SmppGateway } from './shape.ts';

const words = v.record(v.string(), v.string());
const word = v.nullable(v.string());
const expression = v.nullable(v.pipe(v.string(), v.check(compiles, 'is no expression')));

const shape = {
	method: v.optional(v.picklist(['GET', 'POST'])),
	body: v.optional(v.picklist(['json', 'form'])),
	fields: v.optional(words),
	always: v.optional(words),
	whenUcs2: v.optional(words),
	headers: v.optional(words),
	number: v.optional(v.picklist(['plus', 'bare'])),
	ucs2: v.optional(v.picklist(['utf8', 'utf16be'])),
	longest: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
	answer: v.optional(
		v.partial(
			v.strictObject({
				at: word,
				taken: expression,
				never: expression,
				gone: expression,
				idAt: word
			})
		)
	),
	receipt: v.optional(
		v.partial(
			v.strictObject({
				id: v.string(),
				status: v.string(),
				outcomes: v.record(v.string(), v.picklist(['accepted', 'delivered', 'failed', 'gone']))
			})
		)
	),
	incoming: v.optional(
		v.partial(
			v.strictObject({
				id: v.string(),
				from: v.string(),
				to: v.string(),
				text: v.string(),
				charset: word
			})
		)
	)
};

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(120_000));

const entry = v.strictObject({
	name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,30}$/, 'use small letters, digits and hyphens')),
	url: v.pipe(v.string(), v.url()),
	from: v.optional(v.string()),
	timeout: v.optional(milliseconds),
	enquire: v.optional(milliseconds),
	window: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500))),
	long: v.optional(v.picklist(['parts', 'payload'])),
	...shape
});

type Entry = v.InferOutput<typeof entry>;

const file = v.pipe(
	v.array(entry),
	v.maxLength(5),
	v.check(
		(all) => new Set(all.map(({ name }) => name)).size === all.length,
		'every gateway needs a name of its own'
	)
);

function compiles(text: string) {
	try {
		return Boolean(new RegExp(text));
	} catch {
		return false;
	}
}

/**
 * The SMS gateways of the settings, the preferred one first: `SMS_URL`, then those of `SMS_GATEWAYS_FILE`.
 * @throws with one sentence per wrong setting
 */
export function readGateways({ SMS_URL, SMS_GATEWAYS_FILE }: Partial<Config>): Gateway[] {
	const first: unknown[] = SMS_URL ? [{ name: 'main', url: SMS_URL }] : [];
	const more: unknown = SMS_GATEWAYS_FILE ? readJson(SMS_GATEWAYS_FILE) : [];
	const read = v.safeParse(file, Array.isArray(more) ? [...first, ...more] : more);
	if (!read.success)
		throw new Error(
			read.issues
				.map((issue) => `SMS gateways: ${v.getDotPath(issue) ?? 'the file'} ${issue.message}`)
				.join('\n')
		);
	return read.output.map(gatewayOf);
}

function readJson(path: string): unknown {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		throw new Error(`SMS_GATEWAYS_FILE: ${path} cannot be read, or is no JSON`);
	}
}

/** `smpp:`, `smpps:`, `https:` in our own form, or `PRESET+https:`. */
function gatewayOf(given: Entry): Gateway {
	const scheme = /^([a-z]+\+)?(https?|smpps?):/.exec(given.url);
	if (!scheme) throw new Error(`SMS gateway ${given.name}: ${given.url.split(':')[0]}: is unknown`);
	const [, preset = 'own+', protocol] = scheme;
	const url = new URL(given.url.slice(scheme[1]?.length ?? 0).replace(/^smpp/, 'http'));
	return protocol.startsWith('smpp')
		? smppOf(given, url, protocol === 'smpps')
		: httpOf(given, url, preset.slice(0, -1));
}

const secretsOf = ({ username, password }: URL) => ({
	user: decodeURIComponent(username),
	password: decodeURIComponent(password)
});

function smppOf(given: Entry, url: URL, tls: boolean): SmppGateway {
	const { user, password } = secretsOf(url);
	if (user.length > 15 || password.length > 8)
		throw new Error(
			`SMS gateway ${given.name}: SMPP allows a name of 15 and a password of 8 characters`
		);
	return {
		kind: 'smpp',
		name: given.name,
		host: url.hostname,
		port: Number(url.port) || (tls ? 3550 : 2775),
		tls,
		user,
		password,
		from: given.from ?? url.searchParams.get('from') ?? '',
		long: given.long ?? 'parts',
		window: given.window ?? 10,
		timeout: given.timeout ?? 10_000,
		enquire: given.enquire ?? 30_000
	};
}

function httpOf(given: Entry, url: URL, preset: string): HttpGateway {
	if (!Object.hasOwn(presets, preset))
		throw new Error(
			`SMS gateway ${given.name}: there is no preset ${preset}; take one of ${Object.keys(presets).join(', ')}`
		);
	const usual = presets[preset];
	const { user, password } = secretsOf(url);
	const from = given.from ?? url.searchParams.get('from') ?? '';
	url.username = url.password = '';
	url.searchParams.delete('from');
	const { answer, receipt, incoming, ...top } = shapeOf(given);
	return {
		...usual,
		...top,
		answer: { ...usual.answer, ...answer },
		receipt: { ...usual.receipt, ...receipt },
		incoming: { ...usual.incoming, ...incoming },
		kind: 'http',
		name: given.name,
		url: url.href,
		user,
		password,
		from,
		timeout: given.timeout ?? 10_000
	} as HttpGateway;
}

const shapeOf = (given: Entry) =>
	Object.fromEntries(
		Object.keys(shape).flatMap((key) => {
			const value = given[key as keyof Entry];
			return value === undefined ? [] : [[key, value]];
		})
	) as Partial<HttpShape>;
