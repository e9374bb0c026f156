import { randomBytes } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';

const year = 60 * 60 * 24 * 400;
const options = (url: URL) => ({
	path: '/',
	httpOnly: true,
	sameSite: 'lax' as const,
	secure: url.protocol === 'https:',
	maxAge: year
});

/** A receipt code as it travels: 26 characters, from the same careful alphabet as references. */
const receipt = /^[23456789BCDFGHJKMNPQRSTVWXYZ]{26}$/;
const mostReceipts = 30;

/** The receipt codes this device was given: each makes it the reporter of one issue. */
export const readReceipts = ({ cookies }: Pick<RequestEvent, 'cookies'>) =>
	(cookies.get('receipts') ?? '')
		.split('.')
		.filter((code) => receipt.test(code))
		.slice(0, mostReceipts);

/** Keeps one more receipt on this device, newest first. A fresh one is shown once, on its issue's page. */
export function keepReceipt(
	{ cookies, url, locals }: Pick<RequestEvent, 'cookies' | 'url' | 'locals'>,
	code: string,
	{ fresh = true } = {}
) {
	if (fresh) cookies.set('fresh', code, { ...options(url), maxAge: 600 });
	locals.receipts = [code, ...locals.receipts.filter((each) => each !== code)].slice(
		0,
		mostReceipts
	);
	cookies.set('receipts', locals.receipts.join('.'), options(url));
}

/** The receipt that was just given, once: asking for it uses it up. */
export function takeFreshReceipt({
	cookies,
	url
}: Pick<RequestEvent, 'cookies' | 'url'>): string | null {
	const code = cookies.get('fresh');
	if (!code || !receipt.test(code)) return null;
	cookies.delete('fresh', options(url));
	return code;
}

/** Forgets what was reported on this device: for a phone that is shared. */
export function forgetReceipts({
	cookies,
	url,
	locals
}: Pick<RequestEvent, 'cookies' | 'url' | 'locals'>) {
	locals.receipts = [];
	cookies.delete('receipts', options(url));
}

/** The random name of this device, made when it first sends something. Reading a page makes none. */
export function readDevice({
	cookies,
	url,
	request
}: Pick<RequestEvent, 'cookies' | 'url' | 'request'>): string {
	const known = cookies.get('device');
	if (known && /^[\w-]{22}$/.test(known)) return known;
	const fresh = randomBytes(16).toString('base64url');
	if (request.method === 'POST') cookies.set('device', fresh, options(url));
	return fresh;
}

/** Keeps this device's name already when it is only shown a form: the form's proof is bound to it. */
export function keepDevice({
	cookies,
	url,
	locals
}: Pick<RequestEvent, 'cookies' | 'url' | 'locals'>) {
	if (cookies.get('device') !== locals.device) cookies.set('device', locals.device, options(url));
}
