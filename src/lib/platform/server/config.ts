import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { tileAddressFault } from '../tile-address.ts';

const flag = v.pipe(
	v.string(),
	v.transform((text) => text === '1' || text === 'true')
);
const number = (low: number, high: number) =>
	v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(low), v.maxValue(high));

/** `TILE_URL`, with the reason when it is none. */
const tileAddress = v.pipe(
	v.string(),
	v.rawCheck(({ dataset, addIssue }) => {
		const fault = dataset.typed ? tileAddressFault(dataset.value) : null;
		if (fault) addIssue({ message: fault });
	})
);

const schema = v.pipe(
	v.object({
		PORT: v.optional(number(0, 65535), '3000'),
		HOST: v.optional(v.string(), '127.0.0.1'),
		ORIGIN: v.optional(v.pipe(v.string(), v.url())),
		DATA_DIR: v.optional(v.pipe(v.string(), v.nonEmpty()), './data'),
		DATABASE_URL: v.optional(v.pipe(v.string(), v.url())),
		MIGRATE_DATABASE_URL: v.optional(v.pipe(v.string(), v.url())),
		DEFAULT_MUNICIPALITY: v.optional(v.string()),
		MASTER_KEY: v.optional(
			v.pipe(
				v.string(),
				v.regex(/^[0-9a-f]{64}$/i, 'MASTER_KEY must be 32 bytes, written as 64 hexadecimal digits')
			)
		),
		PROCESS: v.optional(v.picklist(['all', 'web', 'worker']), 'all'),
		DEMO: v.optional(flag),
		/** `today` leaves the demo's year untold: for tests and small machines. */
		DEMO_STORY: v.optional(v.picklist(['year', 'today']), 'year'),
		PUSH_ALLOW: v.optional(v.string(), ''),
		/** Other installations that may lie in our own network or speak without TLS, for tests: `127.0.0.1:PORT`. */
		PEER_ALLOW: v.optional(v.string(), ''),
		/** HTTP/2 to the push services written by hand: half the processor time, see docs/push.md. */
		PUSH_FRAMES: v.optional(flag),
		VAPID_PUBLIC_KEY: v.optional(v.string()),
		VAPID_PRIVATE_KEY: v.optional(v.string()),
		VAPID_SUBJECT: v.optional(v.string(), 'mailto:no-reply@localhost'),
		SMTP_URL: v.optional(v.pipe(v.string(), v.url())),
		MAIL_FROM: v.optional(v.string(), 'Imbizo <no-reply@localhost>'),
		/** Where mail that comes back is sent: `bounce@khanyisa.gov.za`, read by `/hooks/mail/bounce`. */
		MAIL_BOUNCE: v.optional(v.pipe(v.string(), v.email())),
		/** `DOMAIN SELECTOR FILE`: mail is signed with the private key in the file (DKIM, RFC 6376). */
		MAIL_DKIM: v.optional(
			v.pipe(
				v.string(),
				v.regex(/^\S+ \S+ \S.*$/, 'MAIL_DKIM: write domain, selector and key file')
			)
		),
		SMS_URL: v.optional(v.pipe(v.string(), v.url())),
		/** Further gateways, or ones with a form of their own: docs/messages.md. */
		SMS_GATEWAYS_FILE: v.optional(v.string()),
		/** The Weather Service's feed of warnings (RSS or Atom of CAP documents); unset, none are read. */
		WEATHER_FEED_URL: v.optional(v.pipe(v.string(), v.url())),
		/** A WebSub hub that is told when a feed of warnings changes, and named in it. */
		WEBSUB_HUB: v.optional(v.pipe(v.string(), v.url())),
		S3_URL: v.optional(v.pipe(v.string(), v.url())),
		/** Pictures of streets to lay under the map, with `{z}`, `{x}` and `{y}`; or a `.pmtiles` file of one's own. */
		TILE_URL: v.optional(tileAddress),
		TILES_FILE: v.optional(v.string()),
		/** Who made them, as text under the map. */
		TILE_CREDIT: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200))),
		/** The closest the tile server goes; closer in, those are enlarged. */
		TILE_MAX_ZOOM: v.optional(number(1, 22), '18'),
		/** How long a second factor counts as just shown, for weighty deeds. */
		RECENT_FACTOR_SECONDS: v.optional(number(5, 43_200), '900'),
		/** How long sign-in codes and ended sessions are kept, over the whole installation. */
		KEEP_SIGN_INS_DAYS: v.optional(number(1, 90), '1'),
		METRICS_TOKEN: v.optional(v.pipe(v.string(), v.minLength(16))),
		LOG_LEVEL: v.optional(
			v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
			'info'
		)
	}),
	// Who names only the owner means that database, not the embedded one.
	v.transform(({ DATABASE_URL, ...rest }) => ({
		...rest,
		DATABASE_URL: DATABASE_URL ?? rest.MIGRATE_DATABASE_URL
	})),
	v.check(
		({ TILE_URL, TILES_FILE }) => !(TILE_URL && TILES_FILE),
		'TILE_URL and TILES_FILE: set one of them, there is only one map under ours'
	),
	v.check(
		({ TILE_URL, TILE_CREDIT }) => !TILE_URL || Boolean(TILE_CREDIT),
		'TILE_CREDIT: say who made the tiles of TILE_URL, such as “© OpenStreetMap contributors”'
	),
	v.check(
		({ DATABASE_URL, PROCESS }) => Boolean(DATABASE_URL) || PROCESS === 'all',
		'The embedded database lives inside one process: set DATABASE_URL before running PROCESS=web or PROCESS=worker'
	)
);

export type Config = v.InferOutput<typeof schema>;

/** The settings of this process. Throws one sentence per wrong variable, naming it. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
	// A variable set to nothing is a variable not set: that is how compose files say "none".
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
	const read = v.safeParse(schema, given);
	if (read.success) return read.output;
	throw new Error(
		read.issues
			.map((issue) => `${v.getDotPath(issue) ?? 'environment'}: ${issue.message}`)
			.join('\n')
	);
}

/** The version in package.json, for logs, metrics and `/healthz`. */
export const version: string = JSON.parse(readFileSync('package.json', 'utf8')).version;
