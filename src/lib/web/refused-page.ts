import { m, spokenNow, tagOf, tongueOf } from '../i18n/index.ts';

export const escape = (text: string) =>
	text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const danger = () => {
	const lang = tongueOf(m.emergency_danger);
	const words = m.emergency_danger().replace('[112]', '<a href="tel:112">112</a>');
	return `<p${lang ? ` lang="${lang}"` : ''}>${words}</p>`;
};

/** A page that needs nothing but itself, in the language spoken now. `body` is HTML of our own. */
export const barePage = (title: string, body: string) =>
	`<!doctype html><html lang="${tagOf(spokenNow())}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><body style="font:17px/1.55 system-ui,sans-serif;max-width:36em;margin:3rem auto;padding:0 1rem;color-scheme:light dark"><h1>${escape(title)}</h1>${body}${danger()}</body></html>`;

/** What was refused before any page was chosen: a closed door, a spoilt address. */
export const refusedPage = (status: number, message: string) =>
	new Response(
		barePage(
			message,
			`<p>${m.about_nothing_lost()}</p><p><a href="/sign-in">${m.sign_in_title()}</a> · <a href="/">${m.about_go_home()}</a></p>`
		),
		{
			status,
			headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' }
		}
	);
