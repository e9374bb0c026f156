import pino from 'pino';

/** Fields that must never reach a log, wherever they turn up. */
const secret = [
	'password',
	'code',
	'token',
	'receipt',
	'phone',
	'email',
	'to',
	'cookie',
	'authorization'
];

/** Structured JSON on stdout. Personal words and addresses are never passed to it; these paths are a second net. */
export const log = pino({
	// A person at a terminal reads what `serve` says; everything else is for collectors.
	level:
		process.env.LOG_LEVEL ||
		(process.env.VITEST ? 'silent' : process.stdout.isTTY ? 'warn' : 'info'),
	redact: { paths: [...secret, ...secret.map((name) => `*.${name}`)], censor: '[not logged]' },
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime
});
