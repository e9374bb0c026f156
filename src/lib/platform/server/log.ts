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

/**
 * A fault without what people wrote: drivers repeat a statement's parameters in message, detail and
 * cause. What stays is the statement, the code and where it came from.
 */
export function fault(reason: unknown): Record<string, unknown> {
	if (!(reason instanceof Error)) return { message: 'not an error' };
	const { code, constraint, constraint_name, routine, table } = reason as unknown as Record<
		string,
		unknown
	>;
	const spoken =
		code !== undefined && routine !== undefined ? '' : reason.message.split('\nparams:')[0];
	return {
		type: reason.name,
		message: spoken,
		code,
		constraint: constraint ?? constraint_name,
		table,
		at: reason.stack
			?.split('\n')
			.filter((line) => line.startsWith('    at '))
			.slice(0, 12)
			.join('\n'),
		cause: reason.cause ? fault(reason.cause) : undefined
	};
}

/** Structured JSON on stdout. Personal words and addresses are never passed to it; these paths are a second net. */
export const log = pino({
	// A person at a terminal reads what `serve` says; everything else is for collectors.
	level:
		process.env.LOG_LEVEL ||
		(process.env.VITEST ? 'silent' : process.stdout.isTTY ? 'warn' : 'info'),
	redact: { paths: [...secret, ...secret.map((name) => `*.${name}`)], censor: '[not logged]' },
	serializers: { err: fault },
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime
});
