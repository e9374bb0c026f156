/**
 * The built server with our defaults. Behind a proxy it believes `x-forwarded-proto`;
 * with none in front it is plain HTTP, where SvelteKit would assume HTTPS and refuse every form.
 */
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { Front } from '#lib/web/front.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { direct, unproven } from '#lib/web/unproven.ts';

const config = readConfig();
process.env.HOST = config.HOST;
process.env.PORT = String(config.PORT);
// Five photos of 15 MB and the words beside them.
process.env.BODY_SIZE_LIMIT ??= '80M';
if (!config.ORIGIN) process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';

const progress = (words: string) => process.stdout.isTTY && console.log(words);
progress('Preparing the database; the first start takes about half a minute …');

const built = '../build/index.js';
const { server: http }: { server: Server } = (await import(built)).server;

/** A mail provider stops a message for somebody (RFC 8058): from its own machines, by a link nobody can guess. */
const oneClick = /^\/messages\/[\w-]{32}\/stop$/;

/** A gateway reports as a form, from its own machine; the secret in its address or header is its proof. */
const gateway = /^\/hooks\//;

const render = http.listeners('request') as RequestListener[];
http.removeAllListeners('request');
http.on('request', (request, response) => {
	tellOrigin(request);
	const pass = () => render.forEach((listener) => listener.call(http, request, response));
	const front = (globalThis as { [key: symbol]: Front | undefined })[Symbol.for('imbizo')];
	if (front) front.answer(request, response, pass);
	else pass();
});

/** What SvelteKit's check of a form's origin reads, for proxies and browsers that leave it out. */
function tellOrigin({ headers, url }: IncomingMessage) {
	delete headers[direct];
	if (!headers['x-forwarded-proto']) headers[direct] = '1';
	headers['x-forwarded-proto'] ??= 'http';
	delete headers[unproven];
	const own = config.ORIGIN ?? `${headers['x-forwarded-proto']}://${headers.host}`;
	if (oneClick.test(url ?? '') || gateway.test(url ?? '')) headers.origin = own;
	if (headers.origin || headers['sec-fetch-site']) return;
	headers.origin = refererOrigin(headers.referer);
	if (headers.origin) return;
	headers.origin = own;
	headers[unproven] = '1';
}

/**
 * Text browsers send no Origin; where they came from stands in Referer. They drop that too on an
 * address with a query: such a form has to carry the proof our own page gave it (`origin-proof.ts`).
 */
function refererOrigin(referer: string | undefined): string | undefined {
	if (!referer) return undefined;
	return URL.canParse(referer) ? new URL(referer).origin : undefined;
}

const where = `http://${config.HOST === '127.0.0.1' ? 'localhost' : config.HOST}:${config.PORT}`;
http.once('listening', () => announce());
if (http.listening) announce();

function announce() {
	console.log(`Imbizo is at ${config.ORIGIN ?? where}`);
	if (!config.DATABASE_URL && process.env.DEMO !== '0')
		console.log(`Sign in as anybody of the demo at ${where}/demo`);
}
