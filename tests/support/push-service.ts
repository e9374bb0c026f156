import { fork } from 'node:child_process';
import { once } from 'node:events';
import { makeCertificate } from './certificate.ts';

/** How one origin behaves. Shares lie between 0 and 1. */
export interface Faults {
	/** Answers other than 201, drawn anew for each request. */
	answers?: Array<{ share: number; status: number; retryAfter?: string }>;
	/** The share of phones that are gone for good: always 410. */
	gone?: number;
	/** The share of requests whose stream is reset instead of answered. */
	resets?: number;
	/** The share of requests at which the whole connection is cut. */
	cuts?: number;
	/** Says GOAWAY after so many requests of a connection. */
	goawayAfter?: number;
	/** Milliseconds before each answer. */
	latency?: number;
	/** Hears everything and says nothing. */
	stall?: boolean;
	/** Not even connections are answered. */
	blackHole?: boolean;
}

/** What an origin, or all of them together, saw since the last `reset`. */
export interface Counts {
	requests: number;
	/** Requests answered with 201, and how many subscriptions those were. */
	accepted: number;
	distinct: number;
	/** Accepted beyond the first time, over all subscriptions. */
	duplicates: number;
	/** Subscriptions that were told 410. */
	gone: number;
	byStatus: Record<string, number>;
	connections: number;
	topics: string[];
	/** Requests without our signature, a time to live or an urgency. */
	incomplete: number;
	/** Milliseconds of processor time of the whole service since its start. */
	cpuMs: number;
}

/** One request as it came. */
export interface Kept {
	origin: string;
	path: string;
	headers: Record<string, string>;
	/** base64 */
	body: string;
	status: number;
}

export interface PushService {
	/** `https://127.0.0.1:PORT`, one for each origin. */
	origins: string[];
	/** For `PUSH_ALLOW`. */
	allow: string;
	/** The certificate to trust, and its file for `NODE_EXTRA_CA_CERTS`. */
	ca: string;
	caFile: string;
	/** The address of subscription `n` (below 16 million), as long as those of Firebase are. */
	endpoint(n: number, origin?: number): string;
	/** Sets the faults of one origin, or of all. */
	set(faults: Faults, origin?: number): Promise<void>;
	/** Counts of one origin, or of all together. */
	counts(origin?: number): Promise<Counts>;
	/** What was kept, in the order in which it came. */
	kept(): Promise<Kept[]>;
	/** Forgets counts and what was kept. */
	reset(): Promise<void>;
	stop(): Promise<void>;
}

/** What the other process is told at its start. */
export interface Orders {
	key: string;
	cert: string;
	origins: number;
	/** How many requests are kept whole, and every which one. */
	keep: number;
	every: number;
	/** Only HTTP/1.1. */
	http1: boolean;
	/** Streams that a connection may have open. */
	streams: number;
}

export type Errand =
	| { set: Faults; origin?: number }
	| { counts: true; origin?: number }
	| { kept: true }
	| { reset: true };

const padding = 'APA91b'.padEnd(130, 'x0-Y_z');

/**
 * A push service in a process of its own: HTTP/2 over TLS on as many ports as there are origins. It
 * counts, keeps samples and fails as it is told, and costs little, for it shares the machine with what
 * it measures.
 */
export async function startPushService({
	origins = 1,
	keep = 50,
	every = 1,
	http1 = false,
	streams = 250
}: Partial<Omit<Orders, 'key' | 'cert'>> = {}): Promise<PushService> {
	const { key, cert, file, remove } = makeCertificate();
	const child = fork(new URL('./push-service-process.ts', import.meta.url), {
		execArgv: ['--max-semi-space-size=32']
	});
	await once(child, 'spawn');
	const brokeOff = once(child, 'exit').then((): never => {
		throw new Error('the push service broke off');
	});
	brokeOff.catch(() => {});
	let queue = Promise.resolve<unknown>(undefined);
	const ask = <Answer>(said: Orders | Errand): Promise<Answer> => {
		const answer = queue.then(async () => {
			const over = new AbortController();
			const heard = once(child, 'message', over);
			child.send(said);
			try {
				return (await Promise.race([heard, brokeOff]))[0] as Answer;
			} finally {
				over.abort();
				heard.catch(() => {});
			}
		});
		queue = answer.catch(() => {});
		return answer;
	};
	const ports = await ask<number[]>({ key, cert, origins, keep, every, http1, streams });
	const hosts = ports.map((port) => `127.0.0.1:${port}`);
	return {
		origins: hosts.map((host) => `https://${host}`),
		allow: hosts.join(),
		ca: cert,
		caFile: file,
		endpoint: (n, origin = n % ports.length) => `https://${hosts[origin]}/p/${n}/${padding}`,
		set: (faults, origin) => ask({ set: faults, origin }),
		counts: (origin) => ask({ counts: true, origin }),
		kept: () => ask({ kept: true }),
		reset: () => ask({ reset: true }),
		async stop() {
			child.kill();
			if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
			remove();
		}
	};
}
