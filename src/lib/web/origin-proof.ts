import { timingSafeEqual } from 'node:crypto';
import { fingerprint } from '../platform/server/keys.ts';

/** The query parameter a form's address carries for browsers that do not say where a form came from. */
export const parameter = 'from';

const dayOf = (now: Date) => Math.floor(now.getTime() / 86_400_000);
const proofOn = (device: string, day: number) =>
	fingerprint('form', `${device} ${day}`).slice(0, 32);

/** Proves that our own page gave this device the form: bound to its cookie, good for one to two days. */
export const proofFor = (device: string, now: Date) => proofOn(device, dayOf(now));

/** Whether an address carries the proof that was given to this device today or yesterday. */
export function isProven({ searchParams }: URL, device: string, now: Date): boolean {
	const given = Buffer.from(searchParams.get(parameter) ?? '');
	return [dayOf(now), dayOf(now) - 1].some((day) => {
		const right = Buffer.from(proofOn(device, day));
		return given.length === right.length && timingSafeEqual(given, right);
	});
}

/**
 * Writes the proof into the address of every posting form (and button with an address of its own) of a
 * page. Attributes only: a page that comes alive afterwards finds the elements it expects.
 */
export function signForms(html: string, search: string, proof: string): string {
	const here = new URLSearchParams(search);
	here.delete(parameter);
	const own = here.size ? `?${String(here).replaceAll('&', '&amp;')}` : '';
	const signed = (address: string) =>
		`${address}${address.includes('?') ? '&amp;' : '?'}${parameter}=${proof}`;
	return html
		.replace(/<form\b[^>]*\bmethod="post"[^>]*>/gi, (form) =>
			/\saction="/i.test(form)
				? form.replace(/(\saction=")([^"]*)"/i, (_, name, to) => `${name}${signed(to || own)}"`)
				: form.replace(/^<form/i, `<form action="${signed(own)}"`)
		)
		.replace(/(\sformaction=")([^"]*)"/gi, (_, name, to) => `${name}${signed(to)}"`);
}
